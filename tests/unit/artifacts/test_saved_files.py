"""A saved file: whole or not at all, under its own name, in no other file's place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from sigmic_jupyter.widget.files import saving
from sigmic_jupyter.widget.files.saving import saved, target_of

OLD, NEW = b"old", b"new"


def save(target, *, overwrite=False, before_the_end=lambda: None):
    with saved(target, overwrite=overwrite) as file:
        file.write(NEW)
        before_the_end()


def too_late():
    pytest.fail("nothing was to be begun")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def elsewhere(tmp_path):
    """A file outside the folder that is saved to."""
    file = tmp_path / "elsewhere.csv"
    file.write_bytes(OLD)
    return file


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "folder"
    made.mkdir()
    return made


def no_links(*_args):
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.fixture(params=["links", "no links"])
def _links(request, monkeypatch):
    """File systems with hard links, and without."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", no_links)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (".", "x.csv"),
        ("", "x.csv"),
        ("there", "there/x.csv"),
        ("there/", "there/x.csv"),
        ("there.d", "there.d/x.csv"),
        ("new", "new/x.csv"),
        ("new/er", "new/er/x.csv"),
        ("new.d/", "new.d/x.csv"),
        ("to_there", "to_there/x.csv"),
        (".hidden", ".hidden/x.csv"),
        ("y.csv", "y.csv"),
        ("new/y.csv", "new/y.csv"),
        ("file", "file"),
        ("~/y.csv", "home/y.csv"),
        ("~", "home/x.csv"),
        (Path("there"), "there/x.csv"),
    ],
)
def test_target(tmp_path, monkeypatch, to, expected):
    """A folder that exists, ends with a slash or has no suffix gets the file; else it is named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "home")
    for name in ("there", "there.d", "home"):
        Path(name).mkdir()
    Path("to_there").symlink_to("there")
    Path("file").touch()

    assert target_of(to, "x.csv") == Path(expected)


@pytest.mark.usefixtures("_links")
def test_saved(folder):
    """The file has its bytes and name, and nothing else is left; folders are made."""
    save(folder / "a" / "b" / "x.csv")

    assert (folder / "a" / "b" / "x.csv").read_bytes() == NEW
    assert names(folder / "a" / "b") == ["x.csv"]


@pytest.mark.parametrize("umask", [0o022, 0o077])
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.usefixtures("_links")
def test_permissions(folder, umask, overwrite):
    """They are those of any new file, so never executable."""
    before = os.umask(umask)
    try:
        save(folder / "x.sh", overwrite=overwrite)
    finally:
        os.umask(before)

    assert stat.S_IMODE((folder / "x.sh").stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "link to a folder"])
@pytest.mark.parametrize("late", [False, True], ids=["before", "meanwhile"])
@pytest.mark.usefixtures("_links")
def test_what_is_there_stays(folder, elsewhere, kind, late):
    """Nothing is replaced or written through, also where it appears at the last moment."""
    target = folder / "x.csv"
    make = {
        "file": lambda: target.write_bytes(OLD),
        "link": lambda: target.symlink_to(elsewhere),
        "dangling link": lambda: target.symlink_to(folder.parent / "nowhere"),
        "link to a folder": lambda: target.symlink_to(folder.parent),
    }[kind]
    if not late:
        make()

    with pytest.raises(FileExistsError, match="overwrite=True") as caught:
        save(target, before_the_end=make if late else too_late)

    assert caught.value.filename == str(target)
    assert names(folder) == ["x.csv"]
    assert names(folder.parent) == ["elsewhere.csv", "folder"]
    assert elsewhere.read_bytes() == OLD
    assert target.is_symlink() == (kind != "file")
    assert kind != "file" or target.read_bytes() == OLD


@pytest.mark.parametrize("kind", ["nothing", "file", "link", "dangling link", "link to a folder"])
def test_overwrite(folder, elsewhere, kind):
    """What has the name is replaced: of a link the link itself, not what it leads to."""
    target = folder / "x.csv"
    match kind:
        case "file":
            target.write_bytes(OLD)
        case "link":
            target.symlink_to(elsewhere)
        case "dangling link":
            target.symlink_to(folder.parent / "nowhere")
        case "link to a folder":
            target.symlink_to(folder.parent)

    save(target, overwrite=True)

    assert not target.is_symlink()
    assert target.read_bytes() == NEW
    assert elsewhere.read_bytes() == OLD
    assert names(folder.parent) == ["elsewhere.csv", "folder"]


def test_until_the_end_the_old_file_is_there(folder):
    """Whoever reads meanwhile gets the old file, whole."""
    target = folder / "x.csv"
    target.write_bytes(OLD)
    read = []

    save(target, overwrite=True, before_the_end=lambda: read.append(target.read_bytes()))

    assert read == [OLD]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_of_that_name(folder, overwrite):
    """A folder is never replaced."""
    (folder / "x.csv").mkdir()

    with pytest.raises(IsADirectoryError, match="to="):
        save(folder / "x.csv", overwrite=overwrite)
    assert names(folder) == ["x.csv"]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), SystemExit()]
)
@pytest.mark.parametrize("overwrite", [False, True])
def test_interrupted(folder, error, overwrite):
    """Whatever ends it early, nothing is left, and an old file stays."""
    target = folder / "x.csv"
    if overwrite:
        target.write_bytes(OLD)

    def interrupt():
        assert len(names(folder)) == 1 + overwrite  # the part file is in the same folder
        raise error

    with pytest.raises(type(error)):
        save(target, overwrite=overwrite, before_the_end=interrupt)

    assert names(folder) == ["x.csv"] * overwrite
    assert not overwrite or target.read_bytes() == OLD


@pytest.mark.parametrize(
    ("place", "step", "with_links"),
    [(os, "fsync", True), (os, "link", True), (Path, "replace", False)],
    ids=["written", "named", "named without links"],
)
def test_interrupted_at_the_end(folder, monkeypatch, place, step, with_links):
    """An interrupt while the file gets its name leaves nothing, too."""

    def interrupt(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if not with_links:
            patch.setattr(os, "link", no_links)
        patch.setattr(place, step, interrupt)
        with pytest.raises(KeyboardInterrupt):
            save(folder / "x.csv")

    assert names(folder) == []


def test_the_part_file_takes_no_others_place(folder, elsewhere, monkeypatch):
    """A link that waits under the part file's name is not written through."""
    monkeypatch.setattr(saving.secrets, "token_hex", lambda _: "guessed")
    (folder / ".sigmic-guessed.part").symlink_to(elsewhere)

    with pytest.raises(FileExistsError):
        save(folder / "x.csv")

    assert elsewhere.read_bytes() == OLD


def test_on_disk_before_it_has_its_name(folder, monkeypatch):
    """After a crash there is no empty file under the name."""
    synced = []
    target = folder / "x.csv"
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(target.exists()), fsync(fd)))

    save(target)

    assert synced == [False, True]  # the file, then the folder


def test_a_folder_that_cannot_be_synced(folder, monkeypatch):
    """Where folders can't be synced, the file is saved all the same."""
    real = os.open

    def opened(path, *args, **options):
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, "no folders here")
        return real(path, *args, **options)

    monkeypatch.setattr(os, "open", opened)

    save(folder / "x.csv")

    assert (folder / "x.csv").read_bytes() == NEW


def test_the_current_folder_may_change(folder, monkeypatch):
    """A relative target is that of the beginning."""
    monkeypatch.chdir(folder)

    save(Path("x.csv"), before_the_end=lambda: os.chdir(folder.parent))

    assert names(folder) == ["x.csv"]
