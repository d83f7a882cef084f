"""Settings for all tests."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# The same examples each time, however busy the machine: a failure is the code's.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

# What is configured on the machine that runs the tests is none of theirs.
os.environ["SIGMIC_CONFIG"] = os.devnull
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


@pytest.fixture(autouse=True)
def _nothing_goes_on() -> Iterator[None]:
    """No task is followed any longer than its test: it would wait and count in those that come."""
    yield
    made = sys.modules.get("sigmic_jupyter.widget.task_widget")
    if made is not None:
        from ipywidgets.widgets import widget  # noqa: PLC0415 - not every test has to load it

        for each in list(widget._instances.values()):
            if isinstance(each, made.TaskWidget):
                each.close()
