"""Expressions in the message."""

from __future__ import annotations

import re

import pytest
from IPython.core.error import UsageError

from sigmic_jupyter.magics.filling import filled
from sigmic_jupyter.service import SHARED_MASK

NAMES = {"rows": [1, 2, 3], "name": "Ada", "table": {"a:b": 1234.5}, "wide": 6}


def evaluate(expression):
    return eval(expression, {}, NAMES)  # noqa: S307 - the test's own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("{name} and {name!r}", "Ada and 'Ada'"),
        ("{ len(rows) } rows", "3 rows"),
        ("{rows[1:]}", "[2, 3]"),
        ("{table['a:b']:,.1f}", "1,234.5"),
        ("[{name:>{wide}}]", "[   Ada]"),
        ('{{"a": {rows[0]}}}', '{"a": 1}'),
        ("100 % $name\n{name}", "100 % $name\nAda"),
    ],
)
def test_filled(text, expected):
    """As in an f-string: format, conversion, doubled braces."""
    assert filled(text, evaluate) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{nobody}", "{nobody} can't be filled in: NameError: name 'nobody' is not defined."),
        ("{1/0}", "{1/0} can't be filled in: ZeroDivisionError"),
        ("{}", "{} can't be filled in: SyntaxError"),
        ('{"a": 1}', "can't be filled in: ValueError"),
        ("{name!x}", "{name} can't be filled in: ValueError"),
        ("{name:d}", "{name} can't be filled in: ValueError"),
        ("{name", "The text can't be filled in: expected '}' before end of string."),
        ("}", "The text can't be filled in: Single '}'"),
    ],
)
def test_what_cannot_be_filled_in(text, problem):
    """The expression is named, with what went wrong, and how to write braces that are text."""
    with pytest.raises(UsageError, match=re.escape(problem)) as caught:
        filled(text, evaluate)

    assert str(caught.value).endswith("Write {{ and }} for braces that are text.")


def test_a_secret_in_an_exception_is_masked():
    """What the notebook's own code says of a secret is not repeated."""
    SHARED_MASK.add_secrets({"TOKEN": "swordfish-in-a-cell"})

    with pytest.raises(UsageError, match=r"KeyError: '\[secret TOKEN\]'"):
        filled("{rows and {}['swordfish-in' + '-a-cell']}".replace("{}", "dict()"), evaluate)
