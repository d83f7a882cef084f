"""How much of a task its record holds, so that a notebook stays small. In characters and rows.

What is left out is counted and said in its place.
"""

from typing import Final

__all__ = [
    "ALL_STEPS",
    "ANSWER",
    "ARGUMENT",
    "HTML_ANSWER",
    "OUTPUT",
    "ROWS",
    "ROW_COST",
    "TURN",
    "TURNS",
    "WORDS",
]

ANSWER: Final = 1_000_000
HTML_ANSWER: Final = 4_000_000
"""An answer that is larger as HTML is shown as it was written."""
OUTPUT: Final = 8_000
ARGUMENT: Final = 20_000
WORDS: Final = 8_000
"""A message, a thought, a description, an error."""
TURN: Final = 20_000
ALL_STEPS: Final = 400_000
"""Arguments, outputs and words of all steps together."""
ROWS: Final = 500
"""Of each table."""
ROW_COST: Final = 100
"""What a row takes of `ALL_STEPS` besides its text."""
TURNS: Final = 20
"""Earlier messages of the conversation."""
