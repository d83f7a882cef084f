"""The Jupyter side of a task: traits for the browser, commands from it, decisions."""

from sigmic_jupyter.widget.policy import Decider, Policy, policy_of
from sigmic_jupyter.widget.task_widget import TaskWidget
from sigmic_jupyter.widget.waitable import as_completed, wait

__all__ = ["Decider", "Policy", "TaskWidget", "as_completed", "policy_of", "wait"]
