"""One task in time: snapshots as they come, and the timeline they make. Knows no Jupyter."""

from sigmic_jupyter.follow.follower import Follower
from sigmic_jupyter.follow.instant import instant, now
from sigmic_jupyter.follow.items import (
    OpenStream,
    Route,
    Snapshot,
    Source,
    Transport,
    Trouble,
    Update,
)
from sigmic_jupyter.follow.reader import Reader
from sigmic_jupyter.follow.timeline import (
    Row,
    ThoughtRow,
    Timeline,
    ToolCallRow,
    advance,
)

__all__ = [
    "Follower",
    "OpenStream",
    "Reader",
    "Route",
    "Row",
    "Snapshot",
    "Source",
    "ThoughtRow",
    "Timeline",
    "ToolCallRow",
    "Transport",
    "Trouble",
    "Update",
    "advance",
    "instant",
    "now",
]
