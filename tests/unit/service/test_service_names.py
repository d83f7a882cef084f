import ast
import pathlib
import sys

import pytest

from sigmic_jupyter import service

MODULES = sorted(pathlib.Path(service.__file__).parent.glob("*.py"))
NEEDED = {"httpx", "msgspec", "sigmic_jupyter"} | sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_knows_nothing_of_jupyter(path):
    """The service's modules import the standard library, httpx, msgspec and each other."""
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)

    assert {name.split(".")[0] for name in imported} <= NEEDED
    assert [n for n in imported if n.startswith("sigmic_jupyter") and ".service" not in n] == []


def test_every_exception_is_public():
    """Whatever can be raised can be caught by its name in `service`."""
    assert set(service.errors.__all__) <= set(service.__all__)
