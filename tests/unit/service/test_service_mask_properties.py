"""What holds for any secrets, in any text, cut anywhere."""

import base64
import json
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sigmic_jupyter.service.forms import forms_of
from sigmic_jupyter.service.mask import GrowingText, Mask, MaskedStream

# A few letters make values that overlap each other and themselves; the rest is what escapes change.
LETTERS = st.sampled_from("aab") | st.sampled_from("\"'\\/<&+é \n[]😀")
VALUES = st.text(LETTERS, min_size=8, max_size=14) | st.text(min_size=8, max_size=14)
SECRETS = st.dictionaries(st.sampled_from("ABC"), VALUES, min_size=1, max_size=3)
FILLERS = st.text(LETTERS | st.sampled_from("abn=\r"), max_size=6) | st.text(max_size=6)


def over_lines(text):
    return "\n  ".join(re.findall(".{1,16}", text))


@st.composite
def texts(draw):
    """Secrets, and a text with forms of them, whole and cut, wherever they may stand."""
    secrets = draw(SECRETS)
    forms = sorted({form for value in secrets.values() for form in forms_of(value).all} | {""})
    encoded = sorted({f for value in secrets.values() for f in forms_of(value).base64} | {""})
    form = st.sampled_from(forms)
    pieces = FILLERS | form | st.sampled_from(encoded).map(over_lines)
    pieces |= st.builds(lambda text, end: text[:end], form, st.integers(0, 20))
    return secrets, "".join(draw(st.lists(pieces, max_size=6)))


CUTS = st.lists(st.integers(0, 150), max_size=8)
for_any = settings(deadline=None, derandomize=True, max_examples=150)


def pieces_of(text, cuts):
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def mask_of(secrets):
    mask = Mask()
    mask.add_secrets(secrets)
    return mask


def leaks(secrets, text):
    unbroken = re.sub(r"(?:\r?\n|(?:\\{1,4}r)?\\{1,4}n)[ \t]*", "", text)
    forms = [forms_of(value) for value in secrets.values()]
    return [form for some in forms for form in some.all if form in text] + [
        form for some in forms for form in some.base64 if form in unbroken
    ]


@for_any
@given(texts())
def test_nothing_is_left(made):
    """No form of a value is left, nor one made of what stood round it; once is enough."""
    secrets, text = made
    shown = mask_of(secrets).text(text)

    assert leaks(secrets, shown) == []
    assert mask_of(secrets).text(shown) == shown


@for_any
@given(texts())
def test_nothing_else_is_touched(made):
    """What holds no value, and does not end in the beginning of one, stays as it is."""
    secrets, text = made
    ends = [text[-length:] for length in range(8, 30)]
    forms = [form for value in secrets.values() for form in forms_of(value).all]
    ends_in_one = any(form.startswith(end) for form in forms for end in ends)

    if not leaks(secrets, text) and not ends_in_one and "\n" not in text and "\\" not in text:
        assert mask_of(secrets).text(text) == text


@for_any
@given(texts(), CUTS)
def test_pieces(made, cuts):
    """What a stream tells, put together, is what the mask makes of the whole."""
    secrets, text = made
    stream = MaskedStream(mask_of(secrets))
    told = [stream.feed(piece) for piece in pieces_of(text, cuts)]

    assert "".join([*told, stream.flush()]) == mask_of(secrets).text(text)
    assert stream.flush() == ""


@for_any
@given(texts(), CUTS)
def test_polls(made, cuts):
    """What a text that grows shows is the beginning of what it shows in the end.

    But for three characters, which may turn out to be the beginning of a value.
    """
    secrets, text = made
    mask = mask_of(secrets)
    growing, whole, so_far = GrowingText(mask), mask.text(text), ""
    for piece in pieces_of(text, cuts):
        so_far += piece
        shown = growing.text(so_far, growing=True)

        assert shown == mask.text(so_far, growing=True)
        assert leaks(secrets, shown) == []
        assert any(whole.startswith(shown[: max(0, len(shown) - n)]) for n in range(4))
    assert growing.text(text, growing=False) == whole


@for_any
@given(texts(), texts())
def test_another_text(made, other):
    """A text that does not go on from the one before is masked like a new one."""
    secrets, text = made
    mask = mask_of(secrets)
    growing = GrowingText(mask)
    growing.text(text, growing=True)

    assert growing.text(other[1], growing=False) == mask.text(other[1])
    mask.add_secrets(other[0])
    assert growing.text(other[1], growing=False) == mask.text(other[1])


@for_any
@given(VALUES, st.text(), st.text(), st.booleans())
def test_json(value, before, after, ascii_only):
    """JSON of a text that holds a value does not tell it to who reads the JSON."""
    shown = mask_of({"A": value}).text(json.dumps(before + value + after, ensure_ascii=ascii_only))
    if len(value.strip()) >= 8:
        assert "secret A" in shown
        assert value not in shown


@for_any
@given(VALUES, st.binary(max_size=5), st.binary(max_size=5))
def test_base64(value, before, after):
    """Of a value in base64 no more is left than a bit of its first and of its last byte."""
    data = before + value.encode() + after
    shown = mask_of({"A": value}).text(base64.b64encode(data).decode())
    if len(value.strip()) >= 8:
        left = re.sub(r"\W?secret A\W?", "", shown)
        assert len(left) <= len(base64.b64encode(before + after)) + 4
