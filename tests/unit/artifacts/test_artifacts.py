"""`task.artifacts` as a mapping."""

from __future__ import annotations

import functools
import json
import pathlib
import pickle

import msgspec
import pytest

from sigmic_jupyter.service import AsyncClient, models
from sigmic_jupyter.widget.files import Artifact, Artifacts, fetching

CONTRACT = pathlib.Path(__file__).parents[3] / "contract"
FIELDS = models.Artifact.__struct_fields__
ROWS = json.loads((CONTRACT / "traits" / "completed.json").read_text())["artifacts"]


def no_copy(*_args):
    raise AssertionError("nothing was to be fetched")


def artifact(path, **fields):
    row = models.Artifact(path.rpartition("/")[2], path, **fields)
    return Artifact(**msgspec.structs.asdict(row), _copy=no_copy)


def artifacts(*paths, note=None):
    return Artifacts(map(artifact, paths), note=note)


def test_rows_are_those_of_the_contract():
    """What the browser gets is plain JSON, with the names of the contract."""
    listed = [{name: row[name] for name in FIELDS} for row in ROWS]
    files = Artifacts((Artifact(**row, _copy=no_copy) for row in listed), note=None)

    assert files.rows() == ROWS


def test_a_read_only_mapping():
    """It reads as a dict from path to file, in the service's order, and cannot be changed."""
    files = artifacts("uploads/b.csv", "downloads/a.csv")

    assert list(files) == ["uploads/b.csv", "downloads/a.csv"]
    assert files["downloads/a.csv"].name == "a.csv"
    assert ("downloads/a.csv" in files, "a.csv" in files, None in files) == (True, False, False)
    assert (len(files), files.get("a.csv")) == (2, None)
    with pytest.raises(TypeError):
        files["x"] = files["uploads/b.csv"]
    with pytest.raises(AttributeError):
        files["uploads/b.csv"].path = "x"
    assert files._ipython_key_completions_() == list(files)


def test_equality():
    """Two are equal if they hold and say the same: only then is there nothing to tell."""
    files = artifacts("a")

    assert files == artifacts("a")
    assert files != artifacts("b")
    assert files != artifacts("a", note="not listed")
    assert files != Artifacts([artifact("a", size=1)], note=None)
    assert files == dict(files)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.csv", "no file 'a.csv' (near: 'downloads/a.csv', 'uploads/a.csv')"),
        ("downloads/b.pgn", "no file 'downloads/b.pgn' (near: 'downloads/b.png'"),
        ("downloads/a.CSV", "near: 'downloads/a.csv'"),
        ("z", "no file 'z' (3 files)"),
        (0, "no file 0 (3 files)"),
    ],
)
def test_an_unknown_path_names_the_near_ones(path, expected):
    """Who forgets the folder or mistypes is told what there is."""
    with pytest.raises(KeyError) as caught:
        artifacts("downloads/a.csv", "uploads/a.csv", "downloads/b.png")[path]
    assert expected in caught.value.args[0]


def test_an_unknown_path_before_the_files_were_listed():
    """Then the error says when they are."""
    with pytest.raises(KeyError, match=r"not listed yet; .* task\.refresh\(\)"):
        Artifacts()["a.csv"]


def test_a_crowd_of_long_paths_does_not_hang():
    """Looking for near paths is bounded, whatever the service lists."""
    files = artifacts(*(f"{number}{'a' * 5000}" for number in range(2000)))

    with pytest.raises(KeyError) as caught:
        files["a" * 100_000]
    assert len(caught.value.args[0]) < 500


@pytest.mark.parametrize("path", ["../x.csv", "/etc/x.csv", "C:\\x.csv", "~/x.csv", "a/../x.csv"])
def test_a_download_stays_in_the_folder(tmp_path, path):
    """Whatever path and name the service tells, the file is a child of the folder."""
    asked = []

    def copy(path, size, file):
        asked.append((path, size))
        file.write(b"abc")

    row = models.Artifact("../../elsewhere", path, size=3)
    folder = tmp_path / "a" / "b"

    saved = Artifact(**msgspec.structs.asdict(row), _copy=copy).download(folder)

    assert (saved, saved.read_bytes()) == (folder / "x.csv", b"abc")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [saved]
    assert asked == [(path, 3)]


def test_repr():
    """One line a file, as wide as need be."""
    files = Artifacts(
        [
            artifact("downloads/a.csv", size=1234, mime_type="text/csv", modified_at="2026-01-26Z"),
            artifact("uploads/long name.bin"),
        ],
        note=None,
    )

    assert repr(files).splitlines() == [
        "<Artifacts: 2 files>",
        "'downloads/a.csv'        1,234 bytes  text/csv  2026-01-26Z",
        "'uploads/long name.bin'",
    ]
    assert repr(files["downloads/a.csv"]) == (
        "<Artifact 'downloads/a.csv'  1,234 bytes  text/csv  2026-01-26Z>"
    )
    assert repr(artifacts()) == "<Artifacts: no files>"
    assert repr(artifacts("a")).startswith("<Artifacts: 1 file>")
    assert repr(Artifacts()).startswith("<Artifacts: not listed yet; ")
    assert repr(artifacts("a", note="old")).startswith("<Artifacts: 1 file, old>")


def test_repr_is_bounded_and_hides_nothing():
    """Paths that deceive or never end neither move a cursor nor fill the screen."""
    evil = "a\x1b[2J\u202egnp.exe\n\ud800"
    files = Artifacts(
        [artifact(evil, mime_type=evil, modified_at=evil), artifact("x" * 100_000)]
        + [artifact(str(number)) for number in range(500)],
        note=evil,
    )
    shown = repr(files)

    assert shown.count(r"a\x1b[2J\u202egnp.exe\n\ud800") == 4
    assert {character for character in shown if not character.isprintable()} == {"\n"}
    assert "… and 402 more" in shown
    assert len(shown) < 60_000


def test_no_key_is_pickled():
    """A file holds on to its connection, so it goes into no other file."""
    service = AsyncClient("sigmic_" + "0" * 64)
    row = msgspec.structs.asdict(models.Artifact("a", "a"))

    with pytest.raises(TypeError, match="API key is not pickled"):
        pickle.dumps(Artifact(**row, _copy=functools.partial(fetching.copy, service, "t")))
