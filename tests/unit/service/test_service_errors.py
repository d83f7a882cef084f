import copy
import pickle

import pytest

from sigmic_jupyter.service import ToolCall, errors

CALL = ToolCall("call_1", "write_file", "awaiting_approval", {"path": "a"})

ERRORS = [
    (
        errors.ConfigurationError("There is no API key", hint="Set it."),
        "There is no API key. Set it.",
    ),
    (
        errors.APIError("Conflict.", http_status=409, code="CONFLICT", task_id="t1"),
        "Conflict (409 CONFLICT, task t1).",
    ),
    (
        errors.NotFoundError("No such task", http_status=404, task_id="t1"),
        (
            "No such task (404, task t1). "
            "Check the id or path; client.tasks() lists the tasks of this key."
        ),
    ),
    (
        errors.RateLimitError("Slow down", http_status=429, retry_after_s=3.0, hint="Wait 3 s."),
        "Slow down (429). Wait 3 s.",
    ),
    (
        errors.ValidationError("The message is empty", hint="Say what to do."),
        "The message is empty. Say what to do.",
    ),
    (
        errors.TaskFailed("Out of memory", task_id="t1", status="failed"),
        (
            "The task failed: Out of memory (task t1, failed). "
            "Send it another message: the session is restored with its files."
        ),
    ),
    (
        errors.TaskFailed(None, task_id="t1"),
        (
            "The task failed: The service gave no reason (task t1, failed). "
            "Send it another message: the session is restored with its files."
        ),
    ),
    (
        errors.TaskCancelled(task_id="t1"),
        "The task was cancelled (task t1, cancelled). Send it another message to take it up again.",
    ),
    (
        errors.TaskNotFinished(task_id="t1", status=""),
        (
            "The task is not finished (task t1, status unknown). "
            "Wait for it with task.wait() or await task."
        ),
    ),
    (
        errors.ApprovalNeeded([CALL], task_id="t1"),
        (
            "Waiting for approval: write_file (task t1, awaiting_approval). "
            "Open the notebook and decide, call task.approve(…), or pass policy=."
        ),
    ),
]


@pytest.mark.parametrize(("error", "text"), ERRORS)
def test_text(error, text):
    """An error says what happened, with what is known of it, then what to do next."""
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in ERRORS], ids=repr)
@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, lambda error: pickle.loads(pickle.dumps(error))],  # noqa: S301 - made here
    ids=["copy", "pickle"],
)
def test_duplicates_are_whole(error, duplicate):
    """A copied or pickled error keeps its class, its text and all that it carries."""
    twin = duplicate(error)

    assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_every_class_is_of_the_tree():
    """Every public exception is a SigmicError and stands in the drawing."""
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.SigmicError)
        assert name in (errors.__doc__ or "")


def test_data():
    """An error carries what a program needs to decide."""
    error = errors.ServerError(
        "Down", http_status=503, code="DOWN", task_id="t1", hint="Wait.", retry_after_s=2.0
    )

    assert vars(error) == {
        "message": "Down",
        "hint": "Wait.",
        "http_status": 503,
        "code": "DOWN",
        "task_id": "t1",
        "retry_after_s": 2.0,
    }
