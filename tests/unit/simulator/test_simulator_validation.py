import pytest

JSON = {"Content-Type": "application/json"}
INVALID = "VALIDATION_ERROR"


def small(name="a.txt"):
    return ("files", (name, b"a"))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"json": {}}, INVALID),
        ({"json": {"message": " "}}, INVALID),
        ({"json": {"message": 1}}, INVALID),
        ({"json": ["message"]}, INVALID),
        ({"json": {"message": "a", "systemPrompt": 1}}, INVALID),
        ({"json": {"message": "a", "autoExecute": "false"}}, INVALID),
        ({"json": {"message": "a", "showInHistory": None}}, INVALID),
        ({"json": {"message": "a", "files": []}}, INVALID),
        ({"json": {"message": "a", "env": ["A"]}}, INVALID),
        ({"json": {"message": "a", "env": {"1A": "b"}}}, "INVALID_ENV"),
        ({"json": {"message": "a", "env": {"A-B": "b"}}}, "INVALID_ENV"),
        ({"json": {"message": "a", "env": {"A": 1}}}, "INVALID_ENV"),
        ({"json": {"message": "a", "secrets": {"": "b"}}}, "INVALID_ENV"),
        ({"json": {"message": "a", "secrets": {"A": None}}}, "INVALID_ENV"),
        ({"content": "message=a"}, INVALID),
        ({"content": "{", "headers": JSON}, INVALID),
        ({"files": [small()]}, INVALID),
        ({"data": {"message": "a", "autoExecute": "no"}, "files": [small()]}, INVALID),
        ({"data": {"message": "a", "env": "{}"}, "files": [small()]}, INVALID),
        ({"data": {"message": "a"}, "files": [small() for _ in range(21)]}, INVALID),
        ({"data": {"message": "a"}, "files": [small("..")]}, INVALID),
        ({"data": {"message": "a"}, "files": [small("a.zip")]}, INVALID),
        ({"data": {"message": "a", "files": "a"}, "files": [("other", ("a", b""))]}, INVALID),
    ],
)
def test_new_task_refused(api, options, code):
    """A new task with a missing or bad field is refused."""
    key = {"X-API-Key": api.simulator.api_key}
    options = options | {"headers": options.get("headers", {}) | key}
    answer = api.request("POST", "/tasks", **options)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_file_too_large(api):
    """A file of more than 50 MB is refused by name."""
    too_large = ("big.bin", bytes(50 * 1024 * 1024 + 1))
    form = {"message": "a"}
    answer = api.request("POST", "/tasks", data=form, files={"files": too_large})
    error = {"message": "big.bin is larger than 50 MB", "code": INVALID}
    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=many", "limit=-1", "offset=-1", "offset=1.5"]
)
def test_page_refused(api, query):
    """A page that is out of bounds is refused."""
    answer = api.request("GET", f"/tasks?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, INVALID)


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": None}])
def test_follow_up_refused(api, body):
    """A follow-up without a message is refused."""
    answer = api.request("POST", f"/tasks/{api.create()}/messages", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, INVALID)


@pytest.mark.parametrize("outcome", ["maybe", "", None, ["proceed_once"]])
def test_outcome_refused(api, outcome):
    """An outcome that the service does not know is refused, and the call keeps waiting."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    answer = api.decide(task_id, pending["callId"], outcome)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, INVALID)
    assert api.waiting(task_id) == [pending]
