"""The notebook user's entry: plain calls that create tasks and show them."""

from __future__ import annotations

import inspect
import warnings
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sigmic_jupyter.follow import now
from sigmic_jupyter.kernel import background
from sigmic_jupyter.service import (
    SHARED_MASK,
    AsyncClient,
    Secrets,
    check_files,
    close_shared_http,
    shared_http,
)
from sigmic_jupyter.settings import check_interval, check_transport, settings_for
from sigmic_jupyter.widget import TaskWidget, policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sigmic_jupyter.follow import Transport
    from sigmic_jupyter.pages import TaskPage
    from sigmic_jupyter.service import FileLike, Http, Task
    from sigmic_jupyter.widget import Decider, Policy
    from sigmic_jupyter.widget.browse import TaskBrowser

__all__ = ["Client", "attach", "browse", "run"]


class FollowOptions(TypedDict, total=False):
    """How a task is followed."""

    policy: Policy | None
    interval: float | None
    transport: Transport | None


class RunOptions(FollowOptions, total=False):
    """How a task is created and followed."""

    files: Iterable[FileLike]
    env: Mapping[str, str] | None
    secrets: Mapping[str, str] | None
    system_prompt: str | None
    auto_execute: bool
    show_in_history: bool


class Client:
    """Creates, follows and lists tasks of the Sigmic service.

    What is not given comes from `configure`, the environment (SIGMIC_API_KEY, SIGMIC_BASE_URL, …),
    the config file or the keyring; `configure()` shows from where.

    Args:
        api_key: `sigmic_` and 64 hex digits, or a token of the widget token endpoint.
        base_url: Where the service is; by default the public service.
        timeout: Limit for one answer of the service, in seconds; by default 30.
        policy: Decides on calls that wait, for all tasks that have no policy of their own.

    Raises:
        ConfigurationError: The key is missing or malformed, or the address is not to be trusted
            with it. Nothing was sent.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float | None = None,
        policy: Policy | None = None,
    ) -> None:
        try:
            settings = settings_for(api_key=api_key, base_url=base_url, timeout=timeout)
        finally:
            del api_key, base_url  # a traceback may print locals
        for warning in settings.warnings:
            warnings.warn(warning, stacklevel=2)
        settings.check()
        self._settings = settings
        loop = background()
        loop.on_stop(close_shared_http)
        self._policy = policy
        self._service = AsyncClient(
            settings.api_key,
            base_url=settings.base_url,
            timeout_s=settings.timeout,
            http=loop.run(_http_of_loop()),
        )

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self._service.base_url

    def __repr__(self) -> str:
        service = vars(self).get("_service")  # a traceback may show one that was not made
        return f"<Client {service.base_url} {service.api_key}>" if service else "<Client>"

    def run(
        self,
        message: str,
        *,
        files: Iterable[FileLike] = (),
        env: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        system_prompt: str | None = None,
        auto_execute: bool = True,
        show_in_history: bool = True,
        policy: Policy | None = None,
        interval: float | None = None,
        transport: Transport | None = None,
    ) -> TaskWidget:
        """Create a task and follow it.

        Args:
            message: The instruction.
            files: Up to 20 paths, or pairs of a name and bytes, of at most 50 MB each; they are
                saved under `uploads/`, and exclude `env` and `secrets`.
            env: Environment of the sandbox; stored with the task.
            secrets: Environment that is never stored or returned. Values of 8 characters or more
                are masked in whatever is received, by any client of this process.
            system_prompt: Prepended to the instruction.
            auto_execute: False lets every tool call wait for approval.
            show_in_history: Whether the task is listed in the service's history.
            policy: Decides on calls that wait: a callable that gets the call, or a mapping of
                tool-name patterns, to `"once"`, `"always"`, `"reject"` or None (ask the person).
            interval: Seconds between two polls, at least 0.1; without it, and where none is
                configured, they follow what happens, from 0.4 to 5 s.
            transport: `"auto"`, the default unless configured otherwise, follows by the event
                stream where it works and polls where it does not; `"stream"` and `"poll"` force
                one.

        Returns:
            The task, already followed; last in a cell it shows itself.

        Raises:
            ConfigurationError: `policy`, `interval` or `transport` cannot work. Nothing was
                created.
            ValidationError: An argument is not acceptable. Nothing was created.
            APIError: The service did not take the task.
        """
        try:
            hidden = Secrets(secrets)
        finally:
            del secrets  # a traceback may print locals
        decider = self._decider(policy)
        uploads = check_files(files)
        following = self._following(interval, transport)
        created = background().run(
            self._service.create_task(
                message,
                files=uploads,
                env=env,
                secrets=hidden,
                system_prompt=system_prompt,
                auto_execute=auto_execute,
                show_in_history=show_in_history,
            )
        )
        return TaskWidget(
            self._service,
            created.id,
            message=SHARED_MASK.text(message),
            created=created,
            uploads=uploads,
            decider=decider,
            **following,
            secret_names=hidden,
        )

    def attach(
        self,
        task_id: str,
        *,
        policy: Policy | None = None,
        interval: float | None = None,
        transport: Transport | None = None,
    ) -> TaskWidget:
        """Follow a task that exists. A problem, such as an unknown id, shows in the widget.

        Args:
            task_id: The task.
            policy: As for `run`.
            interval: As for `run`.
            transport: As for `run`.

        Returns:
            The task, already followed; last in a cell it shows itself.

        Raises:
            ConfigurationError: `policy`, `interval` or `transport` cannot work.
        """
        following = self._following(interval, transport)
        return TaskWidget(self._service, task_id, decider=self._decider(policy), **following)

    def tasks(self, limit: int = 50, offset: int = 0) -> TaskPage:
        """List tasks, newest activity first. The page iterates over all that follow, too.

        Args:
            limit: How many on a page, 1 to 100.
            offset: How many to skip.

        Raises:
            ValidationError: `limit` or `offset` is out of its range. Nothing was asked.
            APIError: The service did not answer, or refuses.
        """
        from sigmic_jupyter.pages import TaskPage  # noqa: PLC0415 - the import is to be quick

        listed = background().run(self._service.list_tasks(limit=limit, offset=offset))
        return TaskPage(
            listed.tasks, listed.total, limit, offset, listed.has_more, now(), self.tasks
        )

    def browse(self) -> TaskBrowser:
        """Show recent tasks as a widget: to look for one, and to open it in place."""
        from sigmic_jupyter.widget.browse import TaskBrowser  # noqa: PLC0415 - the import is to be quick

        return TaskBrowser(self._service.list_tasks, self.attach)

    def get(self, task_id: str) -> Task:
        """Fetch a task as it is now, without following it.

        Raises:
            NotFoundError: There is no such task.
            APIError: The service did not answer, or refuses.
        """
        return background().run(self._service.get_task(task_id))

    def _decider(self, policy: Policy | None) -> Decider | None:
        return policy_of(self._policy if policy is None else policy)

    def _following(self, interval: float | None, transport: Transport | None) -> _Following:
        settings = self._settings
        return {
            "interval": settings.interval if interval is None else check_interval(interval),
            "transport": settings.transport if transport is None else check_transport(transport),
        }


class _Following(TypedDict):
    interval: float | None
    transport: Transport


async def _http_of_loop() -> Http:
    return shared_http()


def run(message: str, **options: Unpack[RunOptions]) -> TaskWidget:
    """Create a task with a default `Client`; the arguments are those of `Client.run`."""
    if "secrets" in options:
        options["secrets"] = Secrets(options.pop("secrets"))  # a traceback may print locals
    return Client().run(message, **options)


def attach(task_id: str, **options: Unpack[FollowOptions]) -> TaskWidget:
    """Follow a task with a default `Client`; the arguments are those of `Client.attach`."""
    return Client().attach(task_id, **options)


def browse(client: Client | None = None) -> TaskBrowser:
    """Show recent tasks as a widget: to look for one, and to open it in place.

    A problem, such as no connection, shows in the widget, with what to do.

    Args:
        client: Whose tasks; without it those of a default `Client`.

    Raises:
        ConfigurationError: There is no client, and the key is missing or malformed.
    """
    return (Client() if client is None else client).browse()


def _show_arguments_of(method: Callable[..., Any], function: Callable[..., Any]) -> None:
    """Let Shift+Tab in a notebook name the arguments instead of `**options`."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    vars(function)["__signature__"] = inspect.Signature(parameters)


_show_arguments_of(Client.run, run)
_show_arguments_of(Client.attach, attach)
