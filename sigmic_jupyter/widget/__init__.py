"""The Jupyter side of a task: traits for the browser, commands from it, decisions."""

from sigmic_jupyter.widget.task_widget import TaskWidget

__all__ = ["TaskWidget"]
