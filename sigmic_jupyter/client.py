"""The notebook user's entry: plain calls that create tasks and show them."""

from __future__ import annotations

import inspect
import math
import os
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, get_args

from sigmic_jupyter.follow import Transport
from sigmic_jupyter.kernel import background
from sigmic_jupyter.service import (
    DEFAULT_BASE_URL,
    SHARED_MASK,
    ApiKey,
    AsyncClient,
    ConfigurationError,
    Secrets,
    close_shared_http,
    shared_http,
)
from sigmic_jupyter.widget import TaskWidget, policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sigmic_jupyter.service import FileLike, Http, Task, TaskPage
    from sigmic_jupyter.widget import Decider, Policy

__all__ = ["Client", "attach", "run"]


# Polling is for the service to bear, too.
SHORTEST_INTERVAL_S = 0.1


class FollowOptions(TypedDict, total=False):
    """How a task is followed."""

    policy: Policy | None
    interval: float | None
    transport: Transport


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

    Args:
        api_key: `sigmic_` and 64 hex digits, or a token of the widget token endpoint; without it
            the environment variable SIGMIC_API_KEY.
        base_url: Where the service is; without it SIGMIC_BASE_URL, then the public service.
        timeout: Limit for one answer of the service, in seconds.
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
        timeout: float = 30.0,
        policy: Policy | None = None,
    ) -> None:
        try:
            key = ApiKey(api_key) if api_key is not None else ApiKey.from_environment()
        finally:
            del api_key  # a traceback may print locals
        loop = background()
        loop.on_stop(close_shared_http)
        self._policy = policy
        self._service = AsyncClient(
            key,
            base_url=base_url or os.environ.get("SIGMIC_BASE_URL") or DEFAULT_BASE_URL,
            timeout_s=timeout,
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
        transport: Transport = "auto",
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
            interval: Seconds between two polls, at least 0.1; without it they follow what happens,
                from 0.4 to 5 s.
            transport: `"auto"` follows by the event stream where it works and polls where it does
                not; `"stream"` and `"poll"` force one.

        Returns:
            The task, already followed; last in a cell it shows itself.

        Raises:
            ConfigurationError: The policy is none. Nothing was created.
            ValidationError: An argument is not acceptable. Nothing was created.
            APIError: The service did not take the task.
        """
        try:
            hidden = Secrets(secrets)
        finally:
            del secrets  # a traceback may print locals
        decider = self._decider(policy)
        following = _checked(interval=interval, transport=transport)
        created = background().run(
            self._service.create_task(
                message,
                files=files,
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
        transport: Transport = "auto",
    ) -> TaskWidget:
        """Follow a task that exists. A problem, such as an unknown id, shows in the widget.

        Args:
            task_id: The task.
            policy: As for `run`.
            interval: As for `run`.
            transport: As for `run`.
        """
        following = _checked(interval=interval, transport=transport)
        return TaskWidget(self._service, task_id, decider=self._decider(policy), **following)

    def tasks(self, limit: int = 50, offset: int = 0) -> TaskPage:
        """List tasks, newest activity first, at most 100 at a time."""
        return background().run(self._service.list_tasks(limit=limit, offset=offset))

    def get(self, task_id: str) -> Task:
        """Fetch a task as it is now, without following it."""
        return background().run(self._service.get_task(task_id))

    def _decider(self, policy: Policy | None) -> Decider | None:
        return policy_of(self._policy if policy is None else policy)


class _Following(TypedDict):
    interval: float | None
    transport: Transport


def _checked(*, interval: float | None, transport: Transport) -> _Following:
    if interval is not None and not (
        isinstance(interval, int | float) and SHORTEST_INTERVAL_S <= interval < math.inf
    ):
        raise ConfigurationError(
            f"interval is {interval!r}",
            hint=f"Give a number of seconds, at least {SHORTEST_INTERVAL_S}, or leave it out.",
        )
    if transport not in get_args(Transport):
        names = ", ".join(map(repr, get_args(Transport)))
        raise ConfigurationError(f"transport is {transport!r}", hint=f"Give one of {names}.")
    return {"interval": interval, "transport": transport}


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


def _show_arguments_of(method: Callable[..., Any], function: Callable[..., Any]) -> None:
    """Let Shift+Tab in a notebook name the arguments instead of `**options`."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    vars(function)["__signature__"] = inspect.Signature(parameters)


_show_arguments_of(Client.run, run)
_show_arguments_of(Client.attach, attach)
