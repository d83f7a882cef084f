"""`%%sigmic` and `%sigmic`: tasks without a line of Python."""

from __future__ import annotations

import copy
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from sigmic_jupyter.client import Client
from sigmic_jupyter.magics.filling import filled
from sigmic_jupyter.magics.options import MESSAGE, command_of, parse, words
from sigmic_jupyter.service import Secrets, SigmicError
from sigmic_jupyter.settings import configure

if TYPE_CHECKING:
    from argparse import Namespace

    from IPython.core.interactiveshell import InteractiveShell

    from sigmic_jupyter.client import RunOptions
    from sigmic_jupyter.pages import TaskPage
    from sigmic_jupyter.settings import Settings
    from sigmic_jupyter.widget import TaskWidget

__all__ = ["SigmicMagics"]


@magics_class
class SigmicMagics(Magics):
    """The magic; `%load_ext sigmic_jupyter` registers it."""

    @no_var_expand
    @line_cell_magic
    def sigmic(self, line: str, cell: str | None = None) -> TaskWidget | TaskPage | Settings | None:
        """Run a Sigmic agent task: the text of the cell is the message.

            %%sigmic [options]            create a task and show it
            %sigmic attach ID [options]   follow a task that exists
            %sigmic list [options]        list tasks, newest activity first
            %sigmic                       show how it is configured, and from where

        Options of %%sigmic; those with * are options of attach, too:

            --files PATH …       upload files with the message
            --approve            let every tool call wait for your approval
            --system TEXT        what the agent is told before the message
            --as NAME *          the variable that the task is kept in
            --wait *             hold the cell until the task has ended
            --fill               fill {expressions} into the message and TEXT; {{ and }} are braces
            --policy VARIABLE *  decides on calls that wait: a function, or a dict of tool names
            --env VARIABLE       a dict: the sandbox's environment, stored with the task
            --secrets VARIABLE   a dict: the same, never stored and never shown
            --no-history         keep the task out of the service's history
            --interval SECONDS * between two polls
            --transport HOW *    auto, stream or poll
            --client VARIABLE *  the Client to use, instead of the configured one

        Options of list: --limit COUNT, --offset COUNT, --client VARIABLE.

        Tab completes options and what they take.
        """
        try:
            return self._line(line) if cell is None else self._message(line, cell)
        except (SigmicError, KeyboardInterrupt) as error:
            failure = copy.copy(error)  # it may be raised again elsewhere, with its traceback
        raise _in_one_line(failure)

    def _message(self, line: str, cell: str) -> TaskWidget | None:
        options = parse(MESSAGE, words(line))
        message, system = cell.strip(), options.system
        if not message:
            raise UsageError("The cell has no message: write it below %%sigmic.")
        if options.fill:
            message = filled(message, self._shell.ev)
            system = system and filled(system, self._shell.ev)
        arguments: RunOptions = {
            "files": options.files,
            "env": self._variable("--env", options.env),
            "secrets": Secrets(self._variable("--secrets", options.secrets)),
            "system_prompt": system,
            "auto_execute": not options.approve,
            "show_in_history": not options.no_history,
            "policy": self._variable("--policy", options.policy),
            "interval": options.interval,
            "transport": options.transport,
        }
        return self._keep(self._client(options).run(message, **arguments), options)

    def _line(self, line: str) -> TaskWidget | TaskPage | Settings | None:
        given = words(line)
        if not given:
            return configure()
        command = command_of(given[0])
        options = parse(command, given[1:])
        if command == "list":
            return self._client(options).tasks(limit=options.limit, offset=options.offset)
        task = self._client(options).attach(
            options.task_id,
            policy=self._variable("--policy", options.policy),
            interval=options.interval,
            transport=options.transport,
        )
        return self._keep(task, options)

    def _keep(self, task: TaskWidget, options: Namespace) -> TaskWidget | None:
        """Bind a task to its name, and return it to be shown, or show it and wait."""
        if options.name is not None:
            self._shell.user_ns[options.name] = task
        if not options.wait:
            return task
        task.show()
        task.wait()
        return None

    def _client(self, options: Namespace) -> Client:
        client = self._variable("--client", options.client)
        if client is None:
            return Client()
        if isinstance(client, Client):
            return client
        raise UsageError(f"--client: {options.client} is a {type(client).__name__}, not a Client.")

    def _variable(self, option: str, name: str | None) -> Any:
        if name is None or name in self._shell.user_ns:
            return name and self._shell.user_ns[name]
        close = get_close_matches(name, self._shell.user_ns, n=1)
        guess = f": did you mean {close[0]}?" if close else "."
        raise UsageError(f"{option}: there is no variable {name}{guess}")

    @property
    def _shell(self) -> InteractiveShell:
        return cast("InteractiveShell", self.shell)


def _in_one_line(error: BaseException) -> BaseException:
    """Let IPython show an error by its type and text alone."""
    text = f"{type(error).__name__}: {str(error) or 'a task that runs goes on'}"
    vars(error)["_render_traceback_"] = partial(str.splitlines, text)
    return error
