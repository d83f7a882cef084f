"""Messages to a task, each sent once, and the conversation that they make."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.service import SHARED_MASK, check_files
from sigmic_jupyter.service.errors import APIError, SigmicError
from sigmic_jupyter.widget.conversation import Conversation
from sigmic_jupyter.widget.history import History, read_history
from sigmic_jupyter.widget.problems import may_have_arrived

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sigmic_jupyter.follow import OpenStream, Timeline
    from sigmic_jupyter.service import Upload
    from sigmic_jupyter.service.models import Task
    from sigmic_jupyter.widget.acting import Acting
    from sigmic_jupyter.widget.history import Heard

__all__ = ["Talking"]


class Talking:
    """Sends messages to one task, and knows what was said. It belongs to the background loop.

    Args:
        task_id: The task.
        open_stream: Opens its event stream, which tells the saved conversation.
        acting: Sends what is to be sent.
        look: Asks for the task.
        created: Whether the task was created just now, so that nothing was said before.
        uploads: The files that it was created with.
        polls: Whether the event stream is not to be used.
        changed: Called when the turns have changed.
    """

    def __init__(
        self,
        task_id: str,
        open_stream: OpenStream,
        acting: Acting,
        *,
        look: Callable[[], Awaitable[Task]],
        created: bool,
        uploads: Sequence[Upload],
        polls: bool,
        changed: Callable[[], None],
    ) -> None:
        self._task_id = task_id
        self._open_stream = open_stream
        self._acting = acting
        self._look = look
        self._knows_all = created
        self._polls = polls
        self._changed = changed
        self._conversation = Conversation(_names(uploads))
        self._history = History(self._told)

    @property
    def open_stream(self) -> OpenStream:
        """The event stream, from which the conversation is learnt on the way."""
        return self._history.listening(self._open_stream)

    def observe(self, task: Task, timeline: Timeline) -> dict[str, Any]:
        """Take a newer state of the task, and return the traits that follow from it."""
        self._conversation.observe(task, timeline)
        return self.traits()

    def traits(self) -> dict[str, Any]:
        """What was said, and the answer to the message that the agent is at."""
        return {
            "content": self._conversation.text,
            "conversation": self._conversation.messages(),
        }

    async def send(self, message: str, files: tuple[Any, ...] = ()) -> str:
        """Send a message, once, and return the status that the task has with it.

        Raises:
            APIError: It did not get through, or the answer was lost.
        """
        uploads = check_files(files)
        status = await self._acting.send(message, uploads)
        self._asked(message, uploads)
        return status

    async def send_and_see(self, message: str, files: tuple[Any, ...], *, was_final: bool) -> str:
        """The same; where the answer is lost, see whether the task has the message.

        One that had ended and runs again has it.

        Raises:
            APIError: It did not get through, or nobody knows. Nothing is sent again.
        """
        uploads = check_files(files)
        try:
            return await self.send(message, uploads)
        except APIError as error:
            if not may_have_arrived(error):
                raise
            status = await self._found(error, was_final=was_final)
        self._asked(message, uploads)
        return status

    async def catch_up(self) -> None:
        """After the end: learn what was said before, or which answer is to which message."""
        if self._knows_all and not self._conversation.has_waiting:
            return
        if not self._polls:
            heard = await read_history(self._open_stream, self._task_id)
            if heard is not None:
                self._told(heard)
        if self._conversation.has_waiting:
            self._conversation.settle()
            self._changed()

    async def _found(self, error: APIError, *, was_final: bool) -> str:
        """The status of a task that is seen to have taken a message whose answer was lost.

        Raises:
            APIError: It is not known whether it did.
        """
        if was_final:
            with contextlib.suppress(SigmicError):
                task = await self._look()
                if not task.is_final:
                    return task.status
        raise type(error)(
            f"It is not known whether the message arrived: {error.message}",
            hint="See whether the agent takes it up before you send it again.",
            http_status=error.http_status,
            code=error.code,
            task_id=error.task_id,
        ) from None

    def _asked(self, message: str, uploads: tuple[Upload, ...]) -> None:
        self._conversation.ask(SHARED_MASK.text(message), _names(uploads), instant(now()))

    def _told(self, heard: Heard) -> None:
        self._knows_all = True
        self._conversation.hear(heard)
        self._changed()


def _names(uploads: Sequence[Upload]) -> tuple[str, ...]:
    return tuple(SHARED_MASK.text(upload.name) for upload in uploads)
