"""The whole contract with the browser, types only; what is replied is in `replies.py`.

Its twin is `js/src/wire.ts`, and `contract/` holds examples that both test suites read. State is in
traits, happenings are messages. Times are ISO 8601 in UTC, as the service writes them.
"""

from typing import Any, Literal

import msgspec

from sigmic_jupyter.service.models import Outcome

__all__ = [
    "Cancel",
    "Command",
    "Connection",
    "Decide",
    "DecidedBy",
    "Decision",
    "Details",
    "Download",
    "Drop",
    "GetBundle",
    "Hello",
    "Look",
    "Message",
    "PendingApproval",
    "Preview",
    "Problem",
    "Reason",
    "Refresh",
    "Save",
    "Send",
    "Upload",
]


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, and what to do next where that is known.

    `kind` is `task_failed`, `configuration`, `authentication`, `permission`, `not_found`,
    `validation`, `changed` (a call is not any more what was shown), `rate_limit`, `server`,
    `connection`, `unexpected_response` or `internal`.
    """

    kind: str
    message: str
    hint: str | None = None
    http_status: int | None = None
    code: str | None = None


class Connection(msgspec.Struct, frozen=True):
    """How following goes; where it `stopped`, the trait `error` says why.

    `transport` is how news come, None while nobody knows; `note` says why not by the event stream.
    """

    state: Literal["connecting", "live", "retrying", "stopped", "ended"]
    since: str
    next_try_at: str | None = None
    reason: Problem | None = None
    transport: Literal["poll", "stream"] | None = None
    note: str | None = None


class PendingApproval(msgspec.Struct, frozen=True):
    """A call that waits for a person.

    `args_json` is the arguments as canonical JSON where a browser could not read `args` exactly: it
    would round a number, or a half of a surrogate pair would not reach it. `description` is the
    agent's own words; `policy_error` says why the policy did not decide.
    """

    call_id: str
    tool_name: str
    args: dict[str, Any]
    args_json: str | None
    description: str | None
    waiting_at: str | None
    policy_error: str | None = None


class DecidedBy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who decided; `name` is the policy's. `expired`: nobody, the task ended before."""

    kind: Literal["person", "policy", "elsewhere", "stop", "expired"]
    name: str | None = None


class Reason(msgspec.Struct, frozen=True):
    """Why a call was rejected, for the agent: sent as a message once the task can take one.

    `dropped`: the task was stopped, so nothing was sent.
    """

    text: str
    state: Literal["waiting", "sending", "sent", "failed", "dropped"]
    error: Problem | None = None


class Decision(msgspec.Struct, frozen=True):
    """What was decided on a call, as it was then.

    `outcome` is None where it was decided elsewhere, unseen how, or by nobody.
    """

    call_id: str
    tool_name: str
    args: dict[str, Any]
    args_json: str | None
    outcome: Outcome | None
    by: DecidedBy
    state: Literal["sending", "sent", "confirmed", "failed"]
    decided_at: str
    confirmed_at: str | None = None
    error: Problem | None = None
    reason: Reason | None = None


class Message(msgspec.Struct, frozen=True):
    """What the user or the agent said; `files` are the names of those that came with it.

    A message of the user's begins a turn. `rows` names the rows of the trait `timeline` that belong
    to it, None for all that belong to no other turn: those of the turn that the agent is at, or was
    at last, whose answer is the trait `content`. It `waits` until earlier messages are answered.
    """

    role: str
    content: str
    created_at: str | None = None
    files: list[str] = []
    rows: list[str] | None = None
    waits: bool = False


class _Command(msgspec.Struct, frozen=True, tag_field="command"):
    id: str


class Hello(_Command, frozen=True, tag="hello"):
    """Somebody looks. With a `revision`: if the state is another one, it is sent as a whole."""

    revision: int | None = None


class Look(_Command, frozen=True, tag="look"):
    """Somebody holds down a button that decides: look at the task, for the decision to come."""


class Decide(_Command, frozen=True, tag="decide"):
    """A person decided on a call that waits.

    `digest` is that of the call as it stood on the screen; `reason` goes with a rejection.
    """

    call_id: str
    outcome: Outcome
    digest: str
    reason: str | None = None


class Cancel(_Command, frozen=True, tag="cancel"):
    """Stop the task."""


class Refresh(_Command, frozen=True, tag="refresh"):
    """Ask the service now."""


class Details(_Command, frozen=True, tag="details"):
    """Tell all fields of the task that are not traits."""


class Upload(_Command, frozen=True, tag="upload"):
    """A piece of a file that is to go with a message: the command's only buffer.

    `upload` is a name that the browser made up for all files of one message; the piece begins `at`
    so many bytes of the `size`.
    """

    upload: str
    name: str
    size: int
    at: int


class Send(_Command, frozen=True, tag="send"):
    """Send a message, and what was uploaded for it."""

    message: str
    upload: str | None = None


class Preview(_Command, frozen=True, tag="preview"):
    """Look into a file of the task."""

    path: str


class Download(_Command, frozen=True, tag="download"):
    """Give the piece of a file that begins `at`, in the reply's only buffer.

    `download` is a name that the browser made up; the first piece, at 0, begins it.
    """

    path: str
    download: str
    at: int


class Drop(_Command, frozen=True, tag="drop"):
    """Give up a download."""

    download: str


class Save(_Command, frozen=True, tag="save"):
    """Save a file of the task in the kernel's working folder."""

    path: str


class GetBundle(_Command, frozen=True, tag="bundle"):
    """Send the front end, where the host does not let a widget see the model that holds it."""


Command = (
    GetBundle
    | Hello
    | Look
    | Decide
    | Cancel
    | Refresh
    | Details
    | Upload
    | Send
    | Preview
    | Download
    | Drop
    | Save
)
