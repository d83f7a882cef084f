"""Tasks of the days before, so that there is a list to look through. Pure."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sigmic_jupyter.simulator.records import NewTask, Task, Turn

if TYPE_CHECKING:
    from sigmic_jupyter.simulator.facts import FinalStatus

__all__ = ["past_task"]

_BETWEEN: Final = timedelta(minutes=38)
_TOOK: Final = timedelta(minutes=2)
_MESSAGES: Final = (
    "Draft the release notes from the merged pull requests",
    "Fit a gamma distribution to the waiting times",
    "Which of these 40 invoices lack a VAT number?",
    "Download every report since 2009 and index them by author, year and department",
    "Explain the outliers in sensor_7.parquet",
    "Reconcile the March ledger against the bank export",
    "Translate the glossary into Polish and check it against the term base of last year",
    "Summarise sales.csv by region",
    "Compare the two drafts of the contract, clause by clause\nand list what was dropped",
)
_FURTHER: Final = "And now by month, please"
_ANSWER: Final = "Done. This task is older than this simulator: its steps and files are gone."
_ERROR: Final = "Sandbox stopped: out of memory"


def past_task(number: int, now: datetime, *, api_key_id: str) -> Task:
    """A task that ended before `now`: the first a while ago, each further one longer.

    Args:
        number: from 0; the same one always says the same, at the same distance.
        now: the time now.
        api_key_id: whose it is.
    """
    status: FinalStatus = "completed"
    if number % 5 == 1:
        status = "failed"
    elif number % 9 == 3:  # noqa: PLR2004 - now and then
        status = "cancelled"
    ended_at = now - (number + 1) * _BETWEEN
    asked_at = ended_at - _TOOK
    message = _MESSAGES[number % len(_MESSAGES)]
    said = [message, *[_FURTHER] * (number % 3)]
    answer = _ANSWER if status == "completed" else ""
    return Task(
        task_id=f"{number:08x}-0000-4000-8000-000000000000",
        session_id=f"{number:08x}-0000-4000-9000-000000000000",
        conversation_id=f"{int(asked_at.timestamp() * 1000)}-past{number:05}",
        api_key_id=api_key_id,
        request=NewTask(message),
        created_at=asked_at,
        last_activity_at=ended_at,
        phase=status,
        error=_ERROR if status == "failed" else None,
        started_at=asked_at,
        completed_at=ended_at,
        output_updated_at=ended_at,
        turns=[Turn(each, (), asked_at, content=answer, ended_at=ended_at) for each in said],
    )
