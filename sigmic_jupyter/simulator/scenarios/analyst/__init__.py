"""The script that analyses a CSV file: real Python, real figures, real files."""

from sigmic_jupyter.simulator.scenarios.analyst.script import can_read, run

__all__ = ["can_read", "run"]
