import pytest


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "AUTH_REQUIRED"),
        ({"Authorization": "Basic YWRhOmFkYQ=="}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "Bearer"}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "Bearer secret"}, "INVALID_AUTH_FORMAT"),
        ({"X-API-Key": "secret"}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "Bearer sigmic_" + "0" * 64}, "INVALID_API_KEY"),
        ({"X-API-Key": "sigmic_" + "0" * 64}, "INVALID_API_KEY"),
        ({"Authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"}, "INVALID_TOKEN"),
    ],
)
def test_refused(api, headers, code):
    """A request without the key is refused, with the code that says what is wrong."""
    answer = api.request("GET", "/tasks", headers=headers)
    body = answer.json()
    assert (answer.status_code, body["success"], body["error"]["code"]) == (401, False, code)


@pytest.mark.parametrize("header", ["Authorization", "authorization", "X-API-Key"])
def test_accepted(api, header):
    """The key is accepted as a bearer token and in a header of its own."""
    key = api.simulator.api_key
    headers = {header: key if header == "X-API-Key" else f"Bearer {key}"}
    assert api.request("GET", "/tasks", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "NOT_FOUND"),
        ("GET", "/../../nothing", 404, "NOT_FOUND"),
        ("PUT", "/tasks", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/tasks/none", 404, "NOT_FOUND"),
        ("DELETE", "/tasks/none", 404, "NOT_FOUND"),
        ("POST", "/tasks/none/messages", 404, "NOT_FOUND"),
        ("POST", "/tasks/none/tools/call_001/approve", 404, "NOT_FOUND"),
        ("GET", "/tasks/none/stream", 404, "NOT_FOUND"),
        ("GET", "/tasks/none/artifacts", 404, "NOT_FOUND"),
        ("GET", "/tasks/none/artifacts/download?path=uploads/a", 404, "NOT_FOUND"),
    ],
)
def test_unknown(api, method, path, status, code):
    """What does not exist is answered with an error envelope."""
    answer = api.request(method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
