import json

import pytest

from sigmic_jupyter.service import Task, errors
from sigmic_jupyter.service.envelope import Answer, read
from sigmic_jupyter.service.mask import Mask


def answered(status, text, task_id=None, retry_after_s=None):
    return Answer(status, text, Mask(), task_id, retry_after_s)


def refusal(message="No", code=None):
    return json.dumps({"success": False, "error": {"message": message, "code": code}})


GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, "VALIDATION_ERROR", errors.ValidationError),
        (400, "INVALID_ENV", errors.ValidationError),
        (413, None, errors.ValidationError),
        (422, None, errors.ValidationError),
        (401, "AUTH_REQUIRED", errors.AuthenticationError),
        (401, "INVALID_TOKEN", errors.AuthenticationError),
        (403, "FORBIDDEN", errors.PermissionDeniedError),
        (403, "ORIGIN_NOT_ALLOWED", errors.PermissionDeniedError),
        (404, "NOT_FOUND", errors.NotFoundError),
        (410, None, errors.NotFoundError),
        (408, None, errors.ConnectionFailed),
        (409, "CONFLICT", errors.APIError),
        (429, None, errors.RateLimitError),
        (500, None, errors.ServerError),
        (501, "JWT_NOT_CONFIGURED", errors.ServerError),
        (599, "NOT_FOUND", errors.ServerError),
        # The status says success, the envelope does not.
        (200, "VALIDATION_ERROR", errors.ValidationError),
        (200, "INVALID_API_KEY", errors.AuthenticationError),
        (200, "INVALID_AUTH_FORMAT", errors.AuthenticationError),
        (200, "FORBIDDEN", errors.PermissionDeniedError),
        (200, "NOT_FOUND", errors.NotFoundError),
        (200, "JWT_NOT_CONFIGURED", errors.ServerError),
        (200, "NEW_CODE", errors.UnexpectedResponse),
        (200, None, errors.UnexpectedResponse),
    ],
)
def test_class_by_status_then_code(status, code, expected):
    """The status decides about the class, the code where the status reports no error."""
    with pytest.raises(errors.APIError) as caught:
        read(answered(status, refusal("No", code), "t1", 2.0), Task)

    error = caught.value
    assert type(error) is expected
    assert (error.message, error.http_status, error.code, error.task_id, error.retry_after_s) == (
        "No",
        status,
        code,
        "t1",
        2.0,
    )


HTML = "Instead of the service something answered with an HTML page"
NO_JSON = "The service's answer is no JSON, or is cut off"
REDIRECT = "The service answered with a redirect, which is not followed with a key"
NO_ENVELOPE = "The service's answer is not as documented: it has neither data nor an error"
EMPTY = "The service answered with an empty body"


@pytest.mark.parametrize(
    ("status", "text", "expected", "message"),
    [
        (502, GATEWAY, errors.ServerError, HTML),
        (404, GATEWAY, errors.NotFoundError, HTML),
        (200, GATEWAY, errors.UnexpectedResponse, HTML),
        (302, GATEWAY, errors.UnexpectedResponse, REDIRECT),
        (307, "", errors.UnexpectedResponse, REDIRECT),
        (200, "", errors.UnexpectedResponse, EMPTY),
        (204, "", errors.UnexpectedResponse, EMPTY),
        (503, " \n", errors.ServerError, EMPTY),
        (200, '{"success": true, "data": {"id"', errors.UnexpectedResponse, NO_JSON),
        (500, "upstream timed out", errors.ServerError, NO_JSON),
        (200, '{"data": {"id": "t1"}}', errors.UnexpectedResponse, NO_ENVELOPE),
        (200, "[1]", errors.UnexpectedResponse, NO_ENVELOPE),
        (200, '{"success": "true"}', errors.UnexpectedResponse, NO_ENVELOPE),
        (400, '{"success": false, "error": "Bad field"}', errors.ValidationError, "Bad field"),
        (500, '{"error": {}}', errors.ServerError, "The service answered 500"),
        (500, '{"error": {"message": {"a": 1}}}', errors.ServerError, '{"a":1}'),
        (
            200,
            '{"success": true, "data": {"id": 7, "status": "running"}}',
            errors.UnexpectedResponse,
            "The service's answer is not as documented: Expected `str`, got `int` - at `$.id`",
        ),
        (
            200,
            '{"success": true, "data": null}',
            errors.UnexpectedResponse,
            "The service's answer is not as documented: Object missing required field `id`",
        ),
    ],
)
def test_strange_answers(status, text, expected, message):
    """Pages of gateways, cut-off and undocumented answers are errors of their own kind."""
    with pytest.raises(errors.APIError) as caught:
        read(answered(status, text, "t1"), Task)

    error = caught.value
    assert (type(error), error.message, error.http_status, error.task_id) == (
        expected,
        message,
        status,
        "t1",
    )
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (answered(429, refusal(), retry_after_s=12.0), "Wait 12 s, then try again."),
        (answered(429, refusal()), errors.RateLimitError.default_hint),
        (answered(404, refusal()), errors.NotFoundError.default_hint),
        (answered(404, GATEWAY), errors.UnexpectedResponse.default_hint),
        (answered(502, GATEWAY), errors.ServerError.default_hint),
        (
            answered(401, refusal(code="INVALID_TOKEN")),
            "The short-lived token is wrong or has expired: get a new one.",
        ),
    ],
)
def test_hint(answer, hint):
    """The hint fits what is known best: the code, the time to wait, or who answered."""
    with pytest.raises(errors.APIError) as caught:
        read(answer, Task)

    assert caught.value.hint == hint


def test_contract_error(contract):
    """The documented error is an AuthenticationError that says what to do."""
    with pytest.raises(errors.AuthenticationError) as caught:
        read(answered(401, contract("error.json")), Task)

    assert str(caught.value) == (
        "Authentication required (401 AUTH_REQUIRED). "
        "Check the key: set SIGMIC_API_KEY, or pass api_key=."
    )


def test_secrets_are_not_repeated():
    """A message and a code that repeat a secret are shown without it, and no longer than fits."""
    mask = Mask()
    mask.add_secrets({"TOKEN": "hunter2-hunter2"})
    text = refusal("hunter2-hunter2 is bad" + "!" * 1000, "HUNTER hunter2-hunter2")
    answer = Answer(400, text, mask)
    with pytest.raises(errors.ValidationError) as caught:
        read(answer, Task)

    assert caught.value.message == ("[secret TOKEN] is bad" + "!" * 1000)[:500]
    assert caught.value.code == "HUNTER [secret TOKEN]"
    assert "hunter2" not in repr(answer)
