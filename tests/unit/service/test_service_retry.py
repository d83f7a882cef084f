from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmic_jupyter.service import errors
from sigmic_jupyter.service.retry import backoff_s, is_transient, parse_retry_after

NOW = datetime(2026, 1, 26, 15, 50, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (errors.ConnectionFailed("x"), True),
        (errors.RateLimitError("x", http_status=429), True),
        (errors.ServerError("x", http_status=500), True),
        (errors.ServerError("x", http_status=503), True),
        (errors.ServerError("x", http_status=501, code="JWT_NOT_CONFIGURED"), False),
        (errors.UnexpectedResponse("x", http_status=200), True),
        (errors.APIError("x", http_status=409), False),
        (errors.AuthenticationError("x", http_status=401), False),
        (errors.PermissionDeniedError("x", http_status=403), False),
        (errors.NotFoundError("x", http_status=404), False),
        (errors.ValidationError("x", http_status=400), False),
        (errors.ConfigurationError("x"), False),
        (errors.TaskFailed("x", task_id="t"), False),
        (ValueError("x"), False),
    ],
)
def test_is_transient(error, transient):
    """What may go better next time is transient; a refusal is not."""
    assert is_transient(error) is transient


@pytest.mark.parametrize(
    ("attempt", "random", "retry_after_s", "expected_s"),
    [
        (1, 1.0, None, 1.0),
        (1, 0.0, None, 0.5),
        (2, 1.0, None, 2.0),
        (5, 1.0, None, 16.0),
        (6, 1.0, None, 30.0),
        (100_000, 1.0, None, 30.0),
        (100_000, 0.0, None, 15.0),
        (1, 0.5, 7.0, 7.0),
        (6, 1.0, 7.0, 30.0),
        (1, 0.5, 200.0, 200.0),
        (1, 0.5, 86_400.0, 300.0),
        (1, 0.0, 0.0, 0.5),
    ],
)
def test_backoff(attempt, random, retry_after_s, expected_s):
    """Waits double up to 30 s, are spread, and are never shorter than asked for, up to 300 s."""
    assert backoff_s(attempt, retry_after_s=retry_after_s, random=random) == expected_s


@pytest.mark.parametrize(
    ("value", "expected_s"),
    [
        (None, None),
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("-3", 0.0),
        ("Mon, 26 Jan 2026 15:51:24 GMT", 30.0),
        ("Mon, 26 Jan 2026 15:50:00 GMT", 0.0),
        ("Mon, 26 Jan 2026 15:51:24 -0000", 30.0),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("Mon, 99 Jan 2026 15:51:24 GMT", None),
    ],
)
def test_retry_after(value, expected_s):
    """Retry-After is seconds or a date; nonsense is nothing."""
    assert parse_retry_after(value, NOW) == expected_s


@settings(deadline=None, derandomize=True)
@given(st.text() | st.from_regex(r"\A\w{3}, \d+ Jan \d+ \d+:\d+:\d+ [+-]\d+\Z"))
def test_retry_after_never_fails(value):
    """Whatever the header holds, the answer is a number of seconds or None."""
    seconds = parse_retry_after(value, NOW)

    assert seconds is None or seconds >= 0
