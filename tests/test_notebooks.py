"""The example notebooks run top to bottom, and the files that result keep what happened."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from sigmic_jupyter import simulator

FOLDER = pathlib.Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
RECORD = {"text/html", "text/markdown", "text/plain"}
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
LIMIT_S = 120


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=20) as running:
        yield running


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the notebooks and their data, and no key in the environment."""
    monkeypatch.delenv("SIGMIC_API_KEY", raising=False)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    shutil.copytree(FOLDER, tmp_path / "notebooks")
    return tmp_path / "notebooks"


@pytest.fixture
def with_service(folder, service, monkeypatch):
    """The same, with the key and address of a service."""
    monkeypatch.setenv("SIGMIC_API_KEY", service.api_key)
    monkeypatch.setenv("SIGMIC_BASE_URL", service.base_url)
    return folder


def execute(folder, name):
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=LIMIT_S, resources=resources).execute()
    return notebook


def printed(notebook):
    """Everything that the cells printed."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output["text"] for output in outputs if output.output_type == "stream")


def values(notebook):
    """The values that the cells end with, as text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data["text/plain"] for output in outputs if "data" in output]


def task_states(notebook):
    """The saved state of each task."""
    states = notebook.metadata.widgets[STATE]["state"].values()
    return [saved["state"] for saved in states if "task_id" in saved["state"]]


def records(notebook):
    """The data of each output that shows a task."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data for output in outputs if VIEW in output.get("data", {})]


def run_program(*command, cwd):
    subprocess.run(
        [sys.executable, "-m", *command],
        check=True,
        capture_output=True,
        cwd=cwd,
        timeout=LIMIT_S,
        env=os.environ,
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs(path):
    """An example is stored as written: whoever opens it runs it."""
    notebook = nbformat.read(path, as_version=4)

    assert [cell for cell in notebook.cells if cell.get("outputs")] == []


def test_they_connect_alike():
    """Each begins with the cell that takes the service of the environment, or the stand-in."""
    notebooks = [nbformat.read(path, as_version=4) for path in NOTEBOOKS]
    first = {next(c.source for c in each.cells if c.cell_type == "code") for each in notebooks}

    assert len(first) == 1


def test_the_first_task_gives_an_answer(folder):
    """Without a key it starts the stand-in; the final answer is in the file, twice."""
    executed = execute(folder, "01-first-task")

    assert "I will look at the file first." in printed(executed)
    assert "run_python       success" in printed(executed)
    assert [task["status"] for task in task_states(executed)] == ["completed"]
    assert "Revenue by region" in task_states(executed)[0]["content"]
    for data in records(executed):
        assert data.keys() >= RECORD
        assert "Completed" in data["text/html"]
        assert "Revenue by region" in data["text/html"]
        assert "## Revenue by region" in data["text/markdown"]
        assert "completed" in data["text/plain"]


def test_a_policy_decides_in_the_second(with_service):
    """With a key it uses that service; the record names the policy as the one who decided."""
    executed = execute(with_service, "02-approvals")

    assert "list_directory   proceed_once   by only_downloads" in printed(executed)
    assert "write_file       proceed_once   by only_downloads" in printed(executed)
    assert "only_downloads" in records(executed)[-1]["text/html"]


def test_many_tasks_in_the_third(with_service):
    """All tasks end, and each pattern's decisions are its own."""
    executed = execute(with_service, "03-many-tasks")

    assert printed(executed).count("completed") == 3
    assert "run_python       proceed_once   run_*" in printed(executed)
    assert [task["status"] for task in task_states(executed)] == ["completed"] * 3


def test_files_in_the_fourth(with_service):
    """What the agent made is in pandas, as it is in the table that it was made of, and on disk."""
    executed = execute(with_service, "04-files")
    artifacts, made, checked = values(executed)[-3:]
    saved = with_service / "results"

    assert "'downloads/revenue_by_region.csv'" in artifacts
    assert "'uploads/sales.csv'" in artifacts
    for region in ("North  252786.55", "South  222097.49", "West  175716.77", "East  172392.94"):
        name, sum_ = region.split()
        assert re.search(rf"{name} .* {sum_}$", made, re.MULTILINE)
        assert re.search(rf"^{name} +{sum_}$", checked, re.MULTILINE)
    assert "North,50," in (saved / "revenue_by_region.csv").read_text()
    assert (saved / "revenue_by_region.svg").read_text().startswith("<svg")
    assert "Revenue by region" in records(executed)[0]["text/html"]


def test_a_conversation_in_the_fifth(with_service):
    """Each turn has its answer; the task that was attached has the same messages."""
    executed = execute(with_service, "05-conversation")
    said = re.findall(r"^(user|assistant) +'(.*)'(.*)$", printed(executed), re.MULTILINE)

    assert [role for role, _, _ in said] == ["user", "assistant"] * 3
    assert [text for role, text, _ in said if role == "user"] == [
        "Summarise sales.csv by region",
        "Which files are there now?",
        "Now December alone",
    ]
    assert said[4][2] == " december.csv"
    assert "`uploads/sales.csv`" in printed(executed)
    assert "in 33 rows, from 2025-12-01" in printed(executed)
    assert "6 messages" in printed(executed)
    first, again = records(executed)
    for data in (first, again):
        assert "Which files are there now?" in data["text/html"]
        assert "Now December alone" in data["text/html"]


@pytest.mark.parametrize("name", ["01-first-task", "04-files", "05-conversation"])
def test_papermill_keeps_the_answer(with_service, name):
    """A notebook run by papermill has the final state and the record."""
    run_program("papermill", f"{name}.ipynb", "out.ipynb", cwd=with_service)
    executed = nbformat.read(with_service / "out.ipynb", as_version=4)

    assert {task["status"] for task in task_states(executed)} == {"completed"}
    assert "Revenue by region" in records(executed)[0]["text/html"]


def test_nbconvert_keeps_the_decisions(with_service):
    """A page made by `nbconvert --execute` has the answer and who decided."""
    run_program(*("nbconvert", "--to", "html", "--execute", "02-approvals.ipynb"), cwd=with_service)
    page = (with_service / "02-approvals.html").read_text()
    begin = page.index('{"state":', page.index(STATE)) if STATE in page else -1
    states = json.JSONDecoder().raw_decode(page, begin)[0]["state"].values()
    tasks = [saved["state"] for saved in states if "task_id" in saved["state"]]

    finished = next(task for task in tasks if task["status"] == "completed")
    assert "Revenue by region" in finished["content"]
    assert {decision["by"]["name"] for decision in finished["decisions"]} == {"only_downloads"}


RUN_ASKING = """
from sigmic_jupyter import ApprovalNeeded, run
task = run("Think about this", auto_execute=False)
"""
WAIT = """
try:
    task.wait()
except ApprovalNeeded as error:
    print([call.tool_name for call in error.calls], task.status)
"""


@pytest.mark.usefixtures("with_service")
@pytest.mark.parametrize(
    "setting", [None, "SIGMIC_NONINTERACTIVE"], ids=["found out", "told by the environment"]
)
def test_where_nobody_can_answer(monkeypatch, setting):
    """A call that waits where no front end answers raises with the calls instead of hanging."""
    if setting is not None:
        monkeypatch.setenv(setting, "1")
    cells = [nbformat.v4.new_code_cell(cell) for cell in (RUN_ASKING, WAIT)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=LIMIT_S).execute()

    assert printed(notebook) == "['run_python'] awaiting_approval\n"
