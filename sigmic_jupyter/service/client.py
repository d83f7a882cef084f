"""The Sigmic Task API: one method for each endpoint."""

from __future__ import annotations

from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Self

from sigmic_jupyter.service import calls
from sigmic_jupyter.service.address import DEFAULT_BASE_URL, check_base_url
from sigmic_jupyter.service.envelope import page_of, read
from sigmic_jupyter.service.errors import UnexpectedResponse
from sigmic_jupyter.service.events import EventDecoder
from sigmic_jupyter.service.key import ApiKey, Secrets
from sigmic_jupyter.service.mask import SHARED_MASK
from sigmic_jupyter.service.masked import Snapshots
from sigmic_jupyter.service.models import (
    Acknowledgement,
    ApprovalAnswer,
    ArtifactList,
    CreatedTask,
    MessageAnswer,
    Task,
    TaskList,
)
from sigmic_jupyter.service.transport import LARGEST_ANSWER, Transport

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping

    from sigmic_jupyter.service.events import Event
    from sigmic_jupyter.service.mask import Mask
    from sigmic_jupyter.service.models import Artifact, Outcome
    from sigmic_jupyter.service.transport import Download, Http
    from sigmic_jupyter.service.uploads import FileLike, Upload

__all__ = ["AsyncClient"]

# Of so many tasks that run the last snapshot is kept, so that only what is new is looked through.
MOST_SNAPSHOTS = 32


class AsyncClient:
    """The service's endpoints, for one key. Nothing is tried twice: see `retry`.

    Every method raises `ValidationError` for what the service would not take, before any request,
    and another `APIError` when the request did not succeed.

    Args:
        api_key: `sigmic_` and 64 hexadecimal digits, or a JWT.
        base_url: `https://…`, or `http://…` to this machine.
        timeout_s: How many seconds may pass without progress: connecting, sending, receiving.
        http: The connections to use, such as `shared_http()`; they are not closed with this
            client. Without it the client has its own, on the event loop that first uses it.
        mask: Masks the key and secrets in everything that is received; by default that of the
            process, so that whatever one client was given no other repeats.

    Raises:
        ConfigurationError: The key is malformed, the address cannot be trusted with it, or the
            time limit is none.

    Source: docs.sigmic.ai, quickstart and authentication.
    """

    def __init__(
        self,
        api_key: str | ApiKey,
        *,
        base_url: str = DEFAULT_BASE_URL,
        timeout_s: float = 30.0,
        http: Http | None = None,
        mask: Mask = SHARED_MASK,
    ) -> None:
        try:
            self.api_key = api_key if isinstance(api_key, ApiKey) else ApiKey(api_key)
            self.base_url = check_base_url(base_url)
        finally:
            del api_key, base_url  # a traceback may print locals
        mask.add_key(self.api_key)
        self._mask = mask
        self._snapshots: dict[str, Snapshots] = {}
        self._transport = Transport(
            self.api_key, self.base_url, timeout_s=timeout_s, http=http, mask=mask
        )

    def __repr__(self) -> str:
        return f"<AsyncClient {vars(self).get('base_url')} {vars(self).get('api_key')}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, unless they were given."""
        await self._transport.aclose()

    async def create_task(
        self,
        message: str,
        *,
        files: Iterable[FileLike | Upload] = (),
        env: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        system_prompt: str | None = None,
        auto_execute: bool = True,
        show_in_history: bool = True,
    ) -> CreatedTask:
        """Create a task, which runs in the background whoever listens.

        Args:
            message: The instruction.
            files: At most 20 paths, or pairs of a name and bytes, of at most 50 MB each; saved
                under `uploads/`. Not together with env or secrets.
            env: Environment variables, stored with the task.
            secrets: Environment variables that are never stored or returned.
            system_prompt: Prepended to the instruction.
            auto_execute: False lets every tool call wait for approval.
            show_in_history: Whether the conversation is listed.

        Source: docs.sigmic.ai, tasks/create.
        """
        try:
            hidden = Secrets(secrets)
        finally:
            del secrets  # a traceback may print locals
        call = calls.create_task(
            message,
            files=files,
            env=env,
            secrets=hidden,
            system_prompt=system_prompt,
            auto_execute=auto_execute,
            show_in_history=show_in_history,
        )
        self._mask.add_secrets(hidden)
        return read(await self._transport.answer(call), CreatedTask)

    async def get_task(self, task_id: str) -> Task:
        """Fetch a task as it is now. Source: docs.sigmic.ai, tasks/get.

        The end of a text that still grows is left out as long as it may become a secret.
        """
        answer = await self._transport.answer(calls.on_task("GET", task_id))
        task = read(answer, Task, masking=self._masked)
        if (call_id := task.ambiguous_call()) is not None:
            # Whoever decided on the one that is shown would decide on the other unseen.
            message = f"The service tells of two different calls that wait as {call_id}"
            raise UnexpectedResponse(message, http_status=answer.http_status, task_id=task_id)
        return task

    async def list_tasks(self, *, limit: int = 50, offset: int = 0) -> TaskList:
        """List tasks, newest activity first.

        Args:
            limit: How many, 1 to 100.
            offset: How many to skip.

        Source: docs.sigmic.ai, tasks/list.
        """
        return read(
            await self._transport.answer(calls.list_tasks(limit, offset)), TaskList, page_of
        )

    async def cancel_task(self, task_id: str) -> None:
        """Stop a pending or running task. Source: docs.sigmic.ai, tasks/cancel."""
        read(await self._transport.answer(calls.on_task("DELETE", task_id)), Acknowledgement)

    async def send_message(
        self, task_id: str, message: str, *, files: Iterable[FileLike | Upload] = ()
    ) -> str:
        """Send a follow-up in the same session, which is restored if it had expired.

        Returns:
            The task's status.

        Source: docs.sigmic.ai, tasks/follow-up.
        """
        call = calls.send_message(task_id, message, files)
        return read(await self._transport.answer(call), MessageAnswer).status

    async def approve_tool_call(self, task_id: str, call_id: str, outcome: Outcome | str) -> bool:
        """Decide about a tool call that waits.

        Returns:
            Whether it was approved: False where the outcome is to cancel it.

        Source: docs.sigmic.ai, tasks/approve.
        """
        call = calls.approve_tool_call(task_id, call_id, outcome)
        return read(await self._transport.answer(call), ApprovalAnswer).approved

    async def list_artifacts(self, task_id: str) -> tuple[Artifact, ...]:
        """List the files in the task's workspace. Source: docs.sigmic.ai, tasks/artifacts."""
        call = calls.on_task("GET", task_id, "artifacts")
        return read(await self._transport.answer(call), ArtifactList).files

    @asynccontextmanager
    async def download_artifact(self, task_id: str, path: str) -> AsyncIterator[Download]:
        """Open a file of the task's workspace, to be read within the `async with`.

        Args:
            task_id: The task.
            path: The artifact's `path`.

        Source: docs.sigmic.ai, tasks/artifacts.
        """
        call = calls.download_artifact(task_id, path)
        async with self._transport.open(call) as download:
            yield download

    @asynccontextmanager
    async def stream_task(self, task_id: str) -> AsyncIterator[AsyncIterator[Event]]:
        """Listen to a task within the `async with`, whose value is an iterator of events.

        The events end when the service has no more to tell. A connection that breaks, or is silent
        for 40 s, raises `ConnectionFailed` from the iteration.

        Source: docs.sigmic.ai, tasks/stream.
        """
        async with (
            self._transport.open(calls.stream_task(task_id)) as stream,
            aclosing(self._events(stream)) as events,
        ):
            yield events

    async def _events(self, stream: Download) -> AsyncGenerator[Event, None]:
        decoder = EventDecoder(self._mask)
        async for chunk in stream.iter_bytes():
            for event in decoder.feed(chunk):
                yield event
            if decoder.unfinished > LARGEST_ANSWER:
                raise UnexpectedResponse("The event stream sent an event that does not end")
        for event in decoder.flush():
            yield event

    def _masked(self, task: Task) -> Task:
        snapshots = self._snapshots.pop(task.id, None) or Snapshots(self._mask)
        if not task.is_final:
            self._snapshots[task.id] = snapshots
            if len(self._snapshots) > MOST_SNAPSHOTS:
                del self._snapshots[next(iter(self._snapshots))]
        return snapshots.masked(task)
