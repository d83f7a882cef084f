from __future__ import annotations

import pytest
from kernel_checks import CHECKS
from kernel_notebook import Notebook
from kernel_venv import VERSIONS, python_with

pytestmark = pytest.mark.kernels

SIXES = [version for version in VERSIONS if version.startswith("6.")]


@pytest.fixture(scope="module", params=[SIXES[0], SIXES[-1], VERSIONS[-1]])
def notebook(request):
    """A notebook in the oldest ipykernel, the last 6 and the newest."""
    with Notebook(python_with(request.param)) as running:
        assert running.version == request.param
        yield running


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_clicks_while_a_cell_runs(notebook, check):
    """Clicks are handled at once and exactly once; everything else goes on as before, in order."""
    if notebook.major < check.since:
        pytest.skip("holds from a later version on")

    assert check.run(notebook) == check.expected
