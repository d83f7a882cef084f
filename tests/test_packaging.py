"""What is built has the front end in it, and needs Node only where there is none yet."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tarfile
import zipfile

import pytest

ROOT = pathlib.Path(__file__).parent.parent
BUNDLE = {f"sigmic_jupyter/static/{name}" for name in ("loader.js", "widget.js", "widget.css")}


def build(source: pathlib.Path, out: pathlib.Path, kind: str, path: str) -> pathlib.Path:
    """Build a wheel or an sdist, with no more programs than those on `path`."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out, source],
        check=True,
        capture_output=True,
        env=os.environ | {"PATH": path},
    )
    return next(out.iterdir())


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist", os.environ["PATH"])


def test_the_sdist_has_the_bundle_and_its_sources(sdist):
    """Whoever gets the sdist has the built front end and what it was built from."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert names >= BUNDLE | {"js/package.json", "js/package-lock.json", "js/src/wire.ts"}
    assert [name for name in names if "node_modules" in name] == []


def test_the_wheel_is_built_from_the_sdist_without_node(sdist, tmp_path):
    """Where there is neither Node nor npm, the bundle of the sdist is used as it is."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    source = next((tmp_path / "source").iterdir())

    wheel = build(source, tmp_path / "wheel", "wheel", "/nowhere")

    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert names >= BUNDLE | {"sigmic_jupyter/__init__.py", "sigmic_jupyter/py.typed"}
    assert [name for name in names if name.startswith(("js/", "tests/"))] == []
