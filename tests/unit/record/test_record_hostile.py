"""Whatever is written in a task, its record has only what we put there."""

import pytest
from hypothesis import given, settings
from record_page import Page, with_answer, with_text
from record_texts import ATTACKS, LINK_ATTACKS, hostile_texts

from sigmic_jupyter.widget.record import record_html, record_markdown, record_plain


def skeleton(html):
    """The elements without what is said in them."""
    return [(tag, {**found, "href": ""}) for tag, found in Page(html).elements]


def test_there_are_many_attacks():
    """The lists have what they promise, each once."""
    assert len(set(ATTACKS)) == len(ATTACKS) >= 50
    assert len(set(LINK_ATTACKS)) == len(LINK_ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_changes_no_element(attack):
    """With markup in every place for text the record has the elements that it has with words."""
    html = record_html(with_text(attack))

    assert skeleton(html) == skeleton(record_html(with_text("w" * len(attack))))
    assert Page(html).foreign() == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_the_answer_is_text(attack):
    """HTML in an answer makes no element, not even a link."""
    page = Page(record_html(with_answer(attack)))

    assert page.foreign() == []
    assert page.of("a") == []


@pytest.mark.parametrize("attack", LINK_ATTACKS)
def test_an_unsafe_address_is_no_link(attack):
    """What is not http, https or mailto, or hides where it leads, can't be clicked."""
    page = Page(record_html(with_answer(attack)))

    assert page.foreign() == []
    assert page.of("a") == []


@settings(deadline=None)
@given(hostile_texts)
def test_no_text_makes_markup(text):
    """Whatever the texts are, the record is of our elements, attributes and styles."""
    assert Page(record_html(with_text(text))).foreign() == []


@settings(deadline=None)
@given(hostile_texts)
def test_no_answer_makes_markup(text):
    """Whatever the answer is, the record is of our elements; links lead to the web or to mail."""
    page = Page(record_html(with_answer(text)))

    assert page.foreign() == []
    for found in page.of("a"):
        assert found["href"].lower().startswith(("http://", "https://", "mailto:"))
        assert (found["target"], found["rel"]) == ("_blank", "noopener noreferrer")


@settings(deadline=None)
@given(hostile_texts)
def test_every_record_can_be_written_to_a_file(text):
    """Lone surrogates and what else can't be encoded is shown as tokens."""
    for traits in (with_text(text), with_answer(text)):
        for record in (record_html, record_markdown, record_plain):
            made = record(traits)
            assert made.encode().decode() == made
