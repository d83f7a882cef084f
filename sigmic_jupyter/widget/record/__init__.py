"""The static record of a task, for viewers without widgets: forges, nbviewer, no kernel.

Pure functions of the widget's traits. Everything in them may come from the agent or from what it
read, so all of it is text to be shown: it can make no element, attribute, style or request.
"""

from sigmic_jupyter.widget.record.as_html import record_html
from sigmic_jupyter.widget.record.as_markdown import record_markdown
from sigmic_jupyter.widget.record.as_plain import record_plain
from sigmic_jupyter.widget.record.tasks import tasks_html, tasks_plain

__all__ = ["record_html", "record_markdown", "record_plain", "tasks_html", "tasks_plain"]
