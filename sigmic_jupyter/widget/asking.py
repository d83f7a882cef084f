"""Whether somebody can answer while code waits for a task."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Literal

from sigmic_jupyter.service.errors import ApprovalNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.widget.session import Session

__all__ = ["OnApproval", "approval_check"]

OnApproval = Literal["raise", "wait"]
"""What a wait does when a call waits for a person: raise `ApprovalNeeded` at once, or go on."""

# Where nobody can click: nbclient and papermill run a kernel, too, but answer no hello.
NONINTERACTIVE_VARIABLE = "SIGMIC_NONINTERACTIVE"
FRONT_END_S = 10.0


def approval_check(
    session: Session,
    on_approval: OnApproval | None,
    *,
    has_kernel: bool,
    show: Callable[[], None],
) -> Callable[[], None]:
    """Make a check for a wait, to be called several times a second.

    Args:
        session: The task that is waited for.
        on_approval: What to do when a call waits for a person: raise at once, or wait however long.
            None finds out: raise where `SIGMIC_NONINTERACTIVE` is set, in a plain script at once,
            and in a kernel after 10 s in which no front end said hello.
        has_kernel: Whether a front end can be there at all.
        show: Shows the task where it is not shown yet: there must be something to click.

    Returns:
        A function that raises `ApprovalNeeded` when nobody can be expected to decide.

    Raises:
        ValueError: `on_approval` is something else.
    """
    if on_approval not in {"raise", "wait", None}:
        raise ValueError(f'on_approval is {on_approval!r}, but must be "raise", "wait" or None.')
    patience_s = _patience_s(on_approval, has_kernel=has_kernel)
    waiting_since: float | None = None

    def check() -> None:
        nonlocal waiting_since
        calls = session.undecided
        if not calls:
            waiting_since = None
            return
        if waiting_since is None:
            waiting_since = time.monotonic()
            show()
        if patience_s is None or (on_approval is None and session.has_front_end):
            return
        if time.monotonic() - waiting_since >= patience_s:
            raise ApprovalNeeded(calls, task_id=session.task_id)

    return check


def _patience_s(on_approval: OnApproval | None, *, has_kernel: bool) -> float | None:
    """How many seconds a front end has to say hello; None: for ever."""
    if on_approval == "wait":
        return None
    nobody = os.environ.get(NONINTERACTIVE_VARIABLE, "0").lower() not in {"", "0", "false", "no"}
    if on_approval == "raise" or nobody or not has_kernel:
        return 0.0
    return FRONT_END_S
