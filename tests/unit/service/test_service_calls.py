import pytest

from sigmic_jupyter.service import ConfigurationError, ValidationError, address, uploads


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"message": " \n"}, "The message is empty"),
        ({"message": None}, "message is no text that can be sent (NoneType)"),
        ({"message": "half \ud83d"}, "message is no text that can be sent (str)"),
        ({"system_prompt": 1}, "system_prompt is no text that can be sent (int)"),
        ({"auto_execute": "false"}, "auto_execute is 'false'"),
        ({"show_in_history": 0}, "show_in_history is 0"),
        ({"env": ["A=1"]}, "env is no mapping"),
        ({"env": {"1A": "x"}}, "'1A' in env is no name of a variable"),
        ({"env": {"Ä": "x"}}, "'Ä' in env is no name of a variable"),
        ({"env": {"A\n": "x"}}, "'A\\n' in env is no name of a variable"),
        ({"env": {1: "x"}}, "1 in env is no name of a variable"),
        ({"env": {"A": 1}}, "A in env is no text that can be sent (int)"),
        ({"secrets": "A=1"}, "secrets is no mapping"),
        ({"secrets": {"A-B": "x"}}, "'A-B' in secrets is no name of a variable"),
        ({"secrets": {"A": None}}, "A in secrets is no text that can be sent (NoneType)"),
        ({"secrets": {"A": "\udc00"}}, "A in secrets is no text that can be sent (str)"),
        (
            {"files": [("a.csv", b"")], "env": {"A": "x"}},
            "The service takes no files together with env or secrets",
        ),
        (
            {"files": [("a.csv", b"")], "secrets": {"A": "x"}},
            "The service takes no files together with env or secrets",
        ),
    ],
)
async def test_task_that_is_not_created(client, recorder, options, message):
    """What the service would refuse is refused before any request, with what to do."""
    with pytest.raises(ValidationError) as caught:
        await client.create_task(**{"message": "Hello"} | options)

    assert (caught.value.message, caught.value.http_status) == (message, None)
    assert caught.value.hint
    assert recorder.requests == []


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The present folder, with files; one megabyte has 1024 bytes here, and one is the most."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(uploads, "BYTES_PER_MB", 1024)
    monkeypatch.setattr(uploads, "LARGEST_FILE_MB", 1)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.csv").touch()
    (tmp_path / "a.csv").touch()
    (tmp_path / "big.csv").write_bytes(bytes(2049))
    return tmp_path


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ("a.csv", "files is a single file"),
        (b"abc", "files is a single file"),
        ([b"abc"], "Something of type bytes cannot be uploaded"),
        ([("a.csv", "text")], "Something of type tuple cannot be uploaded"),
        ([("a/b.csv", b"")], "'a/b.csv' is no file name"),
        ([("..", b"")], "'..' is no file name"),
        ([("", b"")], "'' is no file name"),
        ([("a\n.csv", b"")], "'a\\n.csv' is no file name"),
        ([("a", b""), ("b", b""), ("a", b"x")], "Several files are named a: one would overwrite"),
        (
            [(f"{n}", b"") for n in range(21)],
            "21 files are more than the 20 that one message takes",
        ),
        ([("a", bytes(2049))], "a has 2.0 MB, more than 1"),
        (["nowhere.csv"], "There is no file nowhere.csv in "),
        (["folder"], "folder is a folder"),
        (["big.csv"], "big.csv has 2.0 MB, more than 1"),
        (["a.csv", "folder/a.csv"], "Several files are named a.csv: one would overwrite the other"),
    ],
)
async def test_files_that_are_not_sent(client, recorder, folder, files, message):
    """A file that cannot be uploaded is named before any request, with what to do."""
    with pytest.raises(ValidationError) as create:
        await client.create_task("Hello", files=files)
    with pytest.raises(ValidationError) as send:
        await client.send_message("t1", "Hello", files=files)

    assert create.value.message.replace(str(folder), "").startswith(message)
    assert create.value.hint
    assert str(send.value) == str(create.value)
    assert recorder.requests == []


def test_file_that_vanished(tmp_path):
    """A file that can no longer be opened is named, and those opened before are closed."""
    kept, gone = tmp_path / "kept.csv", tmp_path / "gone.csv"
    kept.touch()
    gone.touch()
    checked = uploads.check_files([kept, gone])
    gone.unlink()

    with pytest.raises(ValidationError, match=r"gone\.csv cannot be read: No such file"):
        uploads.opened(checked).__enter__()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda client: client.get_task(""), "'' is no id"),
        (lambda client: client.get_task("."), "'.' is no id"),
        (lambda client: client.cancel_task(".."), "'..' is no id"),
        (lambda client: client.get_task(None), "None is no id"),
        (lambda client: client.get_task("\ud83d"), "'\\ud83d' is no id"),
        (lambda client: client.approve_tool_call("t1", "..", "cancel"), "'..' is no id"),
        (lambda client: client.approve_tool_call("t1", "c1", "yes"), "'yes' is no outcome"),
        (lambda client: client.send_message("t1", ""), "The message is empty"),
        (lambda client: client.list_tasks(limit=0), "limit is 0"),
        (lambda client: client.list_tasks(limit=101), "limit is 101"),
        (lambda client: client.list_tasks(limit="5"), "limit is '5'"),
        (lambda client: client.list_tasks(offset=-1), "offset is -1"),
        (lambda client: client.download_artifact("t1", "").__aenter__(), "The path is empty"),
    ],
)
async def test_call_that_is_not_made(client, recorder, call, message):
    """An argument that names nothing is refused before any request, with what to do."""
    with pytest.raises(ValidationError) as caught:
        await call(client)

    assert caught.value.message == message
    assert caught.value.hint
    assert recorder.requests == []


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.sigmic.ai",
        "https://api.sigmic.ai:8443/prefix/",
        "http://localhost:8000",
        "http://127.0.0.1:8000",
        "http://127.8.9.1",
        "http://[::1]:8000",
    ],
)
def test_address(base_url):
    """An address is https, or this machine."""
    assert address.check_base_url(base_url) == base_url.rstrip("/")


@pytest.mark.parametrize(
    ("base_url", "message"),
    [
        ("http://api.sigmic.ai", "The key would go to api.sigmic.ai unencrypted"),
        ("http://10.0.0.1", "The key would go to 10.0.0.1 unencrypted"),
        ("http://localhost.example", "The key would go to localhost.example unencrypted"),
        ("http://127.0.0.1.example", "The key would go to 127.0.0.1.example unencrypted"),
        ("http://127.1", "The key would go to 127.1 unencrypted"),
        ("http://0.0.0.0", "The key would go to 0.0.0.0 unencrypted"),
        ("https://ada:pass@api.sigmic.ai", "base_url has a space, a backslash, a user name"),
        ("http://localhost\\.example", "base_url has a space, a backslash"),
        ("https://api.sigmic.ai?x=1", "base_url has a space, a backslash, a user name, a query"),
        ("https://api.sigmic.ai#", "base_url has a space, a backslash, a user name, a query"),
        ("https://sigmic\n.ai", "base_url has characters that no address has"),
        ("https://sigmïc.ai", "base_url has characters that no address has"),
        (None, "base_url has characters that no address has"),
        ("https://", "base_url does not begin with https:// and a host"),
        ("api.sigmic.ai", "base_url does not begin with https:// and a host"),
        ("ftp://api.sigmic.ai", "base_url does not begin with https:// and a host"),
        ("https://api.sigmic.ai:port", "base_url is no address"),
        ("https://[::1", "base_url is no address"),
    ],
)
def test_address_that_cannot_be_trusted(base_url, message):
    """An address that would show the key, or is none, is refused with an example of a good one."""
    with pytest.raises(ConfigurationError) as caught:
        address.check_base_url(base_url)

    assert caught.value.message.startswith(message)
    assert "https://api.sigmic.ai" in (caught.value.hint or "")
    assert "pass@" not in str(caught.value)
