"""The Jupyter side of a task: traits for the browser, commands from it, decisions."""

from sigmic_jupyter.widget.policy import Decider, Policy, policy_of
from sigmic_jupyter.widget.task_widget import TaskWidget

__all__ = ["Decider", "Policy", "TaskWidget", "policy_of"]
