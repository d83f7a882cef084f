"""The pages of the documentation lead to one another."""

from __future__ import annotations

import pytest
from doc_pages import PAGES, ROOT, anchors, links

LINKS = [link for page in PAGES for link in links(page)]


def name(value):
    return f"{value.page.relative_to(ROOT)} → {value.path}#{value.anchor}"


@pytest.mark.parametrize("link", LINKS, ids=name)
def test_it_leads_somewhere(link):
    """The file is there, and where a place in it is named, that has a heading."""
    target = (link.page.parent / link.path).resolve() if link.path else link.page

    assert target.exists()
    assert target.is_relative_to(ROOT)
    if link.anchor:
        assert link.anchor in anchors(target)


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")), ids=lambda page: page.stem)
def test_each_page_is_found(page):
    """A page that nothing leads to is read by nobody."""
    assert page in {link.page.parent.joinpath(link.path).resolve() for link in LINKS if link.path}
