"""One task in time: snapshots as they come, and the timeline they make. Knows no Jupyter."""

from sigmic_jupyter.follow.follower import Follower, Snapshot, Source, Trouble
from sigmic_jupyter.follow.instant import instant, now
from sigmic_jupyter.follow.reader import Reader
from sigmic_jupyter.follow.timeline import (
    SETTLED_CALL_STATUSES,
    Row,
    ThoughtRow,
    Timeline,
    ToolCallRow,
    advance,
)

__all__ = [
    "SETTLED_CALL_STATUSES",
    "Follower",
    "Reader",
    "Row",
    "Snapshot",
    "Source",
    "ThoughtRow",
    "Timeline",
    "ToolCallRow",
    "Trouble",
    "advance",
    "instant",
    "now",
]
