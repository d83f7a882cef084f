"""What the simulator takes for true of the service: documented limits first, assumptions after."""

from typing import Final, Literal, TypeAlias

CallStatus: TypeAlias = Literal["awaiting_approval", "executing", "success", "error", "cancelled"]
FinalStatus: TypeAlias = Literal["completed", "failed", "cancelled"]

API_PREFIX: Final = "/api/v1"
API_KEY_NAME: Final = "SIGMIC_API_KEY"
PROCEED_ONCE: Final = "proceed_once"
PROCEED_ALWAYS: Final = "proceed_always"
REJECT: Final = "cancel"
OUTCOMES: Final = (PROCEED_ONCE, PROCEED_ALWAYS, REJECT)
DEFAULT_PAGE: Final = 50
MAX_PAGE: Final = 100
MAX_FILES: Final = 20
MAX_FILE_BYTES: Final = 50 * 1024 * 1024
HEARTBEAT_S: Final = 15.0

# Everything below is assumed: the documentation does not say.
DOWNLOAD_SEGMENT: Final = "download"
CREATED_HTTP_STATUS: Final = 201
# A call that no longer waits is answered as one that does not exist.
NOT_WAITING_MESSAGE: Final = "No such tool call waits for approval"
# Cancelling a task that is final is a mistake, not a second success.
ALREADY_FINAL_MESSAGE: Final = "Task is already {status}"
# What a call that never ran carries as its output.
NOT_RUN_OUTPUT: Final = "Cancelled: the call did not run."
# A call that was under way when its task was stopped.
STOPPED_OUTPUT: Final = "Cancelled: the task was stopped."
# `output.content` goes on growing over the turns of a session.
TURN_SEPARATOR: Final = "\n\n"
# An unpacked archive may not be larger than all single files together.
MAX_UNPACKED_BYTES: Final = MAX_FILES * MAX_FILE_BYTES
# `category` of a file by media type; the longest matching prefix counts.
CATEGORIES: Final = {
    "text/csv": "csv",
    "application/pdf": "pdf",
    "image/": "image",
    "text/": "text",
}
OTHER_CATEGORY: Final = "other"
