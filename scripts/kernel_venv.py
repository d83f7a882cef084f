"""A virtual environment for each version of ipykernel, kept under .venv/kernels."""

from __future__ import annotations

import pathlib
import subprocess
import sys

__all__ = ["VERSIONS", "python_with"]

ROOT = pathlib.Path(__file__).parent.parent
# The first, the last and the turning points in how a shell message reaches its handler.
VERSIONS = ("6.17.1", "6.30.1", "6.31.0", "7.0.1", "7.1.0", "7.2.0", "7.3.0", "7.4.0")


def python_with(version: str) -> str:
    """The path of a Python that has this ipykernel and the project, installed where it is not yet.

    Raises:
        subprocess.CalledProcessError: It could not be installed; pip has said why.
    """
    folder = ROOT / ".venv" / "kernels" / version
    python, installed = folder / "bin" / "python", folder / ".installed"
    pyproject = ROOT / "pyproject.toml"
    if not installed.exists() or installed.stat().st_mtime < pyproject.stat().st_mtime:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        requirements = [f"ipykernel=={version}", "--editable", f"{ROOT}[simulator]"]
        subprocess.run(
            [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *requirements],
            check=True,
        )
        installed.touch()
    return str(python)
