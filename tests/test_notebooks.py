"""The example notebooks run top to bottom, against the simulator."""

from __future__ import annotations

import pathlib
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from sigmic_jupyter import simulator

FOLDER = pathlib.Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def texts(notebook) -> str:
    """Everything that the cells printed or showed as text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs
    )


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a notebook in a folder of its own; without a service it starts its own simulator."""

    def run_notebook(name, service=None):
        monkeypatch.delenv("SIGMIC_API_KEY", raising=False)
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
        if service is not None:
            monkeypatch.setenv("SIGMIC_API_KEY", service.api_key)
            monkeypatch.setenv("SIGMIC_BASE_URL", service.base_url)
        for file in FOLDER.glob("*.csv"):
            shutil.copy(file, tmp_path)
        notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        resources = {"metadata": {"path": str(tmp_path)}}
        NotebookClient(notebook, timeout=120, resources=resources).execute()
        return notebook

    return run_notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs(path):
    """An example is stored as written: whoever opens it runs it."""
    notebook = nbformat.read(path, as_version=4)

    assert [
        cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs
    ] == []


def test_the_first_task_gives_an_answer(run):
    """Without a key it starts the stand-in; the answer is a value, the saved state is whole."""
    executed = run("01-first-task")
    printed = texts(executed)

    assert "I will look at the file first." in printed
    assert "run_python       success" in printed
    states = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    tasks = [s["state"] for s in states.values() if "task_id" in s["state"]]
    assert [task["status"] for task in tasks] == ["completed"]
    assert "Revenue by region" in tasks[0]["content"]


def test_a_policy_decides_in_the_second(run):
    """With a key it uses that service; the policy decides every call of the second task."""
    with simulator.start(speed=20) as service:
        executed = run("02-approvals", service)
    printed = texts(executed)

    assert "list_directory   proceed_once   by only_downloads" in printed
    assert "write_file       proceed_once   by only_downloads" in printed
