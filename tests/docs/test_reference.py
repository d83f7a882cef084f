"""`docs/reference.md` is what the docstrings give."""

from __future__ import annotations

import re

import reference

import sigmic_jupyter

TEXT = reference.PAGE.read_text("utf-8")


def test_it_is_up_to_date():
    """Whoever changes a docstring runs `make reference`."""
    assert reference.page() == TEXT


def test_it_has_all_public_names():
    """What can be imported from the package is told of."""
    headings = set(re.findall(r"^### `(.*)`$", TEXT, re.MULTILINE))

    assert headings >= set(sigmic_jupyter.__all__)
