"""The notebook user's entry: plain calls that create tasks and show them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sigmic_jupyter.kernel import background
from sigmic_jupyter.service import DEFAULT_BASE_URL, AsyncClient, close_shared_http, shared_http
from sigmic_jupyter.widget import TaskWidget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sigmic_jupyter.service import FileLike, Task, TaskPage

__all__ = ["Client", "attach", "run"]


class Client:
    """Creates, follows and lists tasks of the Sigmic service.

    Args:
        api_key: `sigmic_` and 64 hex digits, or a token of the widget token endpoint; without it
            the environment variable SIGMIC_API_KEY.
        base_url: Where the service is; without it SIGMIC_BASE_URL, then the public service.
        timeout: Limit for one answer of the service, in seconds.

    Raises:
        ConfigurationError: The key is missing or malformed, or the address is not to be trusted
            with it. Nothing was sent.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float = 30.0,
    ) -> None:
        self._service = AsyncClient(
            ApiKey.parse(api_key or os.environ.get("SIGMIC_API_KEY")),
            base_url=base_url or os.environ.get("SIGMIC_BASE_URL") or DEFAULT_BASE_URL,
            timeout_s=timeout,
            http=_http(),
        )

    def __repr__(self) -> str:
        return f"<Client {self._service.base_url} {self._service.api_key}>"

    def run(
        self,
        message: str,
        *,
        files: Sequence[FileLike] = (),
        env: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        system_prompt: str | None = None,
        auto_execute: bool = True,
        show_in_history: bool = True,
        interval: float | None = None,
    ) -> TaskWidget:
        """Create a task and follow it.

        Args:
            message: The instruction.
            files: Up to 20 paths, or pairs of a name and bytes, of at most 50 MB each; they are
                saved under `uploads/`, and exclude `env` and `secrets`.
            env: Environment of the sandbox; stored with the task.
            secrets: Environment that is never stored or returned.
            system_prompt: Prepended to the instruction.
            auto_execute: False lets every tool call wait for approval.
            show_in_history: Whether the task is listed in the service's history.
            interval: Seconds between two polls; without it they follow what happens, 0.4 to 5 s.

        Returns:
            The task, already followed; last in a cell it shows itself.

        Raises:
            ValidationError: An argument is not acceptable. Nothing was created.
            APIError: The service did not take the task.
        """
        created = background().run(
            self._service.create_task(
                message,
                files=files,
                env=env,
                secrets=secrets,
                system_prompt=system_prompt,
                auto_execute=auto_execute,
                show_in_history=show_in_history,
            )
        )
        return TaskWidget(
            self._service,
            created.id,
            message=message,
            created=True,
            interval=interval,
            secret_names=secrets or (),
        )

    def attach(self, task_id: str, *, interval: float | None = None) -> TaskWidget:
        """Follow a task that exists. A problem, such as an unknown id, shows in the widget.

        Args:
            task_id: The task.
            interval: As for `run`.
        """
        return TaskWidget(self._service, task_id, interval=interval)

    def tasks(self, limit: int = 50, offset: int = 0) -> TaskPage:
        """List tasks, newest activity first, at most 100 at a time."""
        return background().run(self._service.list_tasks(limit=limit, offset=offset))

    def get(self, task_id: str) -> Task:
        """Fetch a task as it is now, without following it."""
        return background().run(self._service.get_task(task_id))


def run(message: str, **options: Any) -> TaskWidget:
    """Create a task with a default `Client` and follow it; the arguments are those of `Client.run`."""
    return Client().run(message, **options)


def attach(task_id: str, **options: Any) -> TaskWidget:
    """Follow a task with a default `Client`; the arguments are those of `Client.attach`."""
    return Client().attach(task_id, **options)
