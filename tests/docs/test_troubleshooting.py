"""`docs/troubleshooting.md` has what can go wrong, in the words in which it is told."""

from __future__ import annotations

import re
from functools import cache

import pytest
from doc_pages import ROOT, rows, stressed

from sigmic_jupyter.service import errors
from sigmic_jupyter.service.key import _MISTAKES
from sigmic_jupyter.service.trouble import TROUBLE, UNTRUSTED
from sigmic_jupyter.widget.problems import KINDS

PAGE = ROOT / "docs" / "troubleshooting.md"
APPROVALS = ROOT / "docs" / "approvals.md"
# JupyterLab's own, its extensions', and names of its menus.
NOT_OURS = {
    "Click to show javascript error.",
    "Error displaying widget: model not found",
    "Save Widget State Automatically",
    "Settings",
    "Trust Notebook",
}


@cache
def sources():
    """All that is told, as it is written in the sources of both languages."""
    paths = [*ROOT.glob("js/src/**/*.ts"), *ROOT.glob("sigmic_jupyter/**/*.py")]
    return re.sub(r'["`]\s*f?["`]', "", "\n".join(path.read_text("utf-8") for path in paths))


def titles():
    """How the view names each kind of problem."""
    texts = (ROOT / "js" / "src" / "texts.ts").read_text("utf-8")
    group = texts.partition("problemTitles = {")[2].partition("}")[0]
    return dict(re.findall(r'(\w+): "(.*)"', group))


@pytest.mark.parametrize("name", errors.__all__)
def test_each_error_has_its_row(name):
    """What happened, and what to do."""
    found = {row[0]: row for row in rows(PAGE, "Errors")}

    assert all(found[f"`{name}`"])


def test_each_kind_of_problem_has_its_row():
    """With the title under which the view shows it; kinds are those of the wire."""
    found = {row[0].strip("`"): row[1].strip("*") for row in rows(PAGE, "What the view says")}

    assert set(titles()) == {*KINDS.values(), "task_failed", "kernel", "internal"}
    assert found.items() >= titles().items()


def test_why_the_service_is_not_reached():
    """Each reason that is told has its row."""
    told = {row[0] for row in rows(PAGE, "The connection")}

    for reason in (*(words for _, words in TROUBLE), UNTRUSTED):
        assert any(f"*{reason}*" in each for each in told)


def test_what_is_wrong_with_a_key():
    """There is none, or it is malformed."""
    told = " ".join(row[0] for row in rows(PAGE, "The key"))

    assert _MISTAKES[0][1] in told
    assert _MISTAKES[-1][1].partition(":")[0] in told


@pytest.mark.parametrize("words", sorted((stressed(PAGE) | stressed(APPROVALS)) - NOT_OURS))
def test_the_words_are_those_of_the_view(words):
    """What stands in italics is said so, with … or a number for what differs each time."""
    for part in filter(None, re.split(r"…|\d[\d,]*", words)):
        assert part.strip(" ,") in sources()
