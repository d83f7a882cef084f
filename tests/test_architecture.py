"""The shape of the project: imports go one way, names are sorted, there is one version."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import json
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent
PACKAGE = ROOT / "sigmic_jupyter"

# What each room may import of the others; the way of the data, from left to right.
DOORS: dict[str, set[str]] = {
    "service": set(),
    "follow": {"service"},
    "kernel": set(),
    "widget": {"service", "follow", "kernel"},
    "settings": {"service", "follow", "widget"},
    "pages": {"service", "widget"},
    "client": {"service", "follow", "kernel", "pages", "settings", "widget"},
    "magics": {"service", "follow", "client", "pages", "settings", "widget"},
    "simulator": {"service", "client"},
    "__init__": {"service", "client", "magics", "settings", "widget"},
}
# Things of the outside world, and the one place that touches each.
ONE_IMPORTER = {
    "httpx": {"service/transport.py", "service/trouble.py"},
    "ipywidgets": {"widget/bundle.py"},
    "anywidget": {"widget/synced.py", "widget/browse/browser.py"},
    "dotenv": {"settings/files.py"},
    "keyring": {"settings/places.py"},
    "platformdirs": {"settings/files.py"},
    "starlette": "simulator",
    "uvicorn": "simulator",
}


def modules() -> list[pathlib.Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: pathlib.Path) -> set[str]:
    """The modules that a file imports, those for type checkers too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    """A room imports only what its doors allow."""
    here = room(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("sigmic_jupyter.")}
    rooms = used & DOORS.keys()

    assert rooms - {here} <= DOORS[here]


@pytest.mark.parametrize("outside", ONE_IMPORTER)
def test_each_outside_thing_has_one_place(outside):
    """httpx, anywidget and the simulator's server are each touched in one place."""
    importers = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if any(name.split(".")[0] == outside for name in imports(path))
    }
    allowed = ONE_IMPORTER[outside]

    if isinstance(allowed, str):
        assert importers
        assert {name.split("/")[0] for name in importers} == {allowed}
    else:
        assert importers <= allowed


def test_threads_are_started_in_one_file():
    """Only kernel/loop.py starts threads; the simulator, a program of its own, apart."""
    starters = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if re.search(r"\bThread\(", path.read_text()) and room(path) != "simulator"
    }

    assert starters == {"kernel/loop.py"}


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if path.name != "__main__.py"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_public_names_are_sorted_and_exist(path):
    """Where a module has `__all__`, it is sorted, and every name is there."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    public = getattr(module, "__all__", [])

    # Constants first, then classes, then functions: the order of ruff's rule for `__all__`.
    assert public == sorted(public, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    assert [n for n in public if not hasattr(module, n)] == []


def test_the_version_has_one_source():
    """The installed version is the one of js/package.json."""
    version = json.loads((ROOT / "js" / "package.json").read_text())["version"]

    assert importlib.metadata.version("sigmic-jupyter") == version


@pytest.mark.parametrize(
    "module",
    [
        "dotenv",
        "jupyterlab",
        "jupyter_server",
        "keyring",
        "platformdirs",
        "starlette",
        "uvicorn",
        "sigmic_jupyter.magics",
        "sigmic_jupyter.simulator",
        "sigmic_jupyter.widget.browse",
        "sigmic_jupyter.widget.record",
    ],
)
def test_the_import_is_light(module):
    """`import sigmic_jupyter` pulls in nothing that may never be used."""
    code = f"import sys, sigmic_jupyter; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False"


def test_files_are_small():
    """No source file is over 300 lines, and the mean is at most 150."""
    tracked = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.tsx", "*.css", "*.mjs"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in tracked}

    assert {name: n for name, n in lengths.items() if n > 300} == {}
    assert sum(lengths.values()) / len(lengths) <= 150
