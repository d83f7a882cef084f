import io
import zipfile

import pytest


def archive(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return content.getvalue()


def test_listed(api):
    """Uploads are listed by path, with size, type and category."""
    files = [(name, b"abc") for name in ("b.csv", "a.png", "c.pdf", "d.md", "e.bin")]
    task_id = api.create(files=files)
    listed = api.data("GET", f"/tasks/{task_id}/artifacts")["files"]
    shown = [(file["path"], file["size"], file["mimeType"], file["category"]) for file in listed]
    assert shown == [
        ("uploads/a.png", 3, "image/png", "image"),
        ("uploads/b.csv", 3, "text/csv", "csv"),
        ("uploads/c.pdf", 3, "application/pdf", "pdf"),
        ("uploads/d.md", 3, "text/markdown", "text"),
        ("uploads/e.bin", 3, "application/octet-stream", "other"),
    ]


def test_downloaded(api):
    """A download is the file's bytes with the headers that a browser needs."""
    task_id = api.create(files=[("räte.csv", b"a,b\n")])
    answer = api.download(task_id, "uploads/räte.csv")
    assert answer.content == b"a,b\n"
    assert answer.headers["content-length"] == "4"
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''r%C3%A4te.csv"


@pytest.mark.parametrize(
    "path",
    [
        *("uploads/none.txt", "uploads", ".", "../uploads/a.txt", "uploads/../../a.txt"),
        *("/etc/passwd", "uploads/\0", "u" * 5000, "..\\..\\a.txt"),
    ],
)
def test_download_refused(api, path):
    """Only files of the workspace can be had."""
    answer = api.download(api.create(files=[("a.txt", b"a")]), path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_download_of_another_session(api):
    """The workspace of one session cannot be reached from another."""
    ids = [api.create(files=[("a.txt", b"a")]) for _ in range(2)]
    session_id = api.get(ids[0])["sessionId"]
    assert api.download(ids[1], f"../{session_id}/uploads/a.txt").status_code == 404


def test_download_without_path(api):
    """A download needs a path."""
    answer = api.request("GET", f"/tasks/{api.create()}/artifacts/download")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("name", ["../a.txt", "/deep/a.txt", "C:\\temp\\a.txt", "x/../a.txt"])
def test_upload_name(api, name):
    """Of an uploaded file's name only the last part counts."""
    assert api.paths(api.create(files=[(name, b"a")])) == ["uploads/a.txt"]


def test_archive(api):
    """An archive is unpacked under uploads/, wherever its members claim to belong."""
    content = archive({"a.csv": "a", "deep/b.txt": "b", "../../c.txt": "c", "/d.txt": "d"})
    paths = api.paths(api.create(files=[("all.ZIP", content)]))
    assert paths == [f"uploads/{name}" for name in ("a.csv", "c.txt", "d.txt", "deep/b.txt")]
