"""Waiting for tasks, for one or for many."""

from __future__ import annotations

from concurrent.futures import ALL_COMPLETED
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from sigmic_jupyter.kernel import in_order, wait_for
from sigmic_jupyter.service.errors import TaskCancelled, TaskFailed, TaskNotFinished
from sigmic_jupyter.service.models import FINAL_STATUSES, TaskStatus
from sigmic_jupyter.widget.asking import approval_check as make_check

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from sigmic_jupyter.kernel import Settled
    from sigmic_jupyter.widget.asking import OnApproval
    from sigmic_jupyter.widget.session import Session

__all__ = ["DoneAndNotDone", "Waitable", "as_completed", "wait"]


AnyTask = TypeVar("AnyTask", bound="Waitable")


class Waitable:
    """What can be waited for: a task with a session that follows it."""

    task_id: Any
    status: Any
    content: Any
    error: Any
    _session: Session

    @property
    def settled(self) -> Settled:
        """Set while the task is final, or can't be followed any more."""
        return self._session.settled

    @property
    def result(self) -> str:
        """The answer's text.

        Raises:
            TaskNotFinished: The task is not final yet.
            TaskFailed: The task failed; `content` has what it wrote before.
            TaskCancelled: The task was cancelled.
        """
        if self.status == TaskStatus.COMPLETED:
            return str(self.content)
        if self.status == TaskStatus.FAILED:
            raise TaskFailed((self.error or {}).get("message"), task_id=self.task_id)
        if self.status == TaskStatus.CANCELLED:
            raise TaskCancelled(task_id=self.task_id)
        raise TaskNotFinished(task_id=self.task_id, status=self.status)

    def wait(self, timeout: float | None = None, *, on_approval: OnApproval | None = None) -> Self:
        """Block until the task is final. Clicks are handled meanwhile, and interrupts work.

        In async code `await task` does the same.

        Args:
            timeout: How long to wait at most, in seconds.
            on_approval: What to do when a call waits for a person: `"raise"`, `"wait"`, or None,
                which raises where nobody can be expected to answer: no front end has said hello
                within 10 s, or `SIGMIC_NONINTERACTIVE=1` is set.

        Returns:
            The task itself, so that `run(…).wait().result` reads well.

        Raises:
            TimeoutError: It took longer. The task goes on.
            ApprovalNeeded: A call waits and nobody can answer. The task goes on waiting.
            SigmicError: The task can't be followed any more, as with a key that expired.
        """
        if not self.settled.wait(timeout, check=self.approval_check(on_approval)):
            raise TimeoutError(
                f"Task {self.task_id} is still {self._doing()} after {timeout} s. It goes on: wait "
                "again, or stop it with task.cancel()."
            )
        return self._ended()

    def __await__(self) -> Generator[Any, None, Self]:
        yield from self.settled.wait_async(check=self.approval_check(None)).__await__()
        return self._ended()

    def approval_check(self, on_approval: OnApproval | None = None) -> Callable[[], None]:
        """A check for waits, which raises where a call waits and nobody can answer."""
        return make_check(self._session, on_approval, has_kernel=self.has_kernel, show=self.show)

    def _doing(self) -> str:
        session = self._session
        if session.undecided:
            names = ", ".join(call.tool_name for call in session.undecided)
            return f"waiting for approval of {names}"
        if session.connection.reason is not None:
            return f"out of reach ({session.connection.reason.message})"
        return self.status or "unheard of"

    def _ended(self) -> Self:
        self.keep()
        if self._session.failure is not None:
            raise self._session.failure.with_traceback(None)
        if self.status not in FINAL_STATUSES:  # the widget was closed before the task's end
            error = TaskNotFinished(task_id=self.task_id, status=self.status)
            error.hint = f'This widget is closed: attach("{self.task_id}") follows the task again.'
            raise error
        return self

    @property
    def has_kernel(self) -> bool:
        """Whether there is a kernel, and so perhaps a front end."""
        raise NotImplementedError

    def show(self) -> None:
        """Show the task, if nothing shows it yet."""
        raise NotImplementedError

    def keep(self) -> None:
        """Let what is stored with the running cell have the whole state."""
        raise NotImplementedError


class DoneAndNotDone(NamedTuple, Generic[AnyTask]):
    """What `wait` returns: which tasks it need not wait for any more.

    Attributes:
        done: The tasks that are final or can't be followed any more.
        not_done: The others.
    """

    done: set[AnyTask]
    not_done: set[AnyTask]


def wait(
    tasks: Iterable[AnyTask], timeout: float | None = None, return_when: str = ALL_COMPLETED
) -> DoneAndNotDone[AnyTask]:
    """Block until tasks are final, as `concurrent.futures.wait` does; clicks are handled meanwhile.

    Args:
        tasks: What to wait for.
        timeout: How long to wait at most, in seconds.
        return_when: `"ALL_COMPLETED"`, `"FIRST_COMPLETED"`, or `"FIRST_EXCEPTION"`, which also
            returns when one has failed, was cancelled or can't be followed.

    Returns:
        Two sets, `done` and `not_done`; no exception where time ran out.

    Raises:
        ApprovalNeeded: A call waits and nobody can answer.
    """
    by_flag = {task.settled: task for task in tasks}
    done, not_done = wait_for(
        by_flag,
        timeout,
        return_when=return_when,
        failed=lambda flag: by_flag[flag].status != TaskStatus.COMPLETED,
        check=_check_all(by_flag.values()),
    )
    for flag in done:
        by_flag[flag].keep()
    return DoneAndNotDone({by_flag[flag] for flag in done}, {by_flag[flag] for flag in not_done})


def as_completed(tasks: Iterable[AnyTask], timeout: float | None = None) -> Iterator[AnyTask]:
    """Yield tasks as they become final, as `concurrent.futures.as_completed` does.

    Args:
        tasks: What to wait for.
        timeout: How long to wait at most for all of them, in seconds.

    Raises:
        TimeoutError: It took longer. The tasks go on.
        ApprovalNeeded: A call waits and nobody can answer.
    """
    by_flag = {task.settled: task for task in tasks}
    for flag in in_order(by_flag, timeout, check=_check_all(by_flag.values())):
        by_flag[flag].keep()
        yield by_flag[flag]


def _check_all(tasks: Iterable[Waitable]) -> Callable[[], None]:
    checks = [task.approval_check() for task in tasks]

    def check() -> None:
        for one in checks:
            one()

    return check
