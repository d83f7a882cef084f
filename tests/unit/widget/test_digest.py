"""A call has one canonical form and one digest, whoever computes it."""

from __future__ import annotations

import copy
import json
import math
import pathlib
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sigmic_jupyter.widget.digest import (
    canonical,
    digest_of,
    digest_of_shown,
    is_read_exactly,
    plain_args,
    whole,
)

CONTRACT = pathlib.Path(__file__).parents[3] / "contract"
VECTORS = json.loads((CONTRACT / "digests.json").read_text())
SAFE = 2**53 - 1


def paired(text):
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


texts = st.text(st.characters(exclude_categories=()), max_size=6).map(paired)
names = texts | st.sampled_from(["__proto__", "constructor", "10", "9", "", "\uffee", "\U0001f98a"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([SAFE, SAFE + 1, -SAFE, -SAFE - 1])
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
)
arguments = st.dictionaries(names, values, max_size=4)


def reordered(value):
    """The same with the keys of all objects the other way round."""
    if isinstance(value, dict):
        return {name: reordered(each) for name, each in reversed(value.items())}
    return [reordered(each) for each in value] if isinstance(value, list) else value


def places(value, path=()):
    """Where each scalar, empty list and empty object stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in inner:
        if isinstance(each, dict | list) and each:
            yield from places(each, (*path, name))
        else:
            yield (*path, name)


def changed(args, path, value):
    """A copy of the arguments with another value in one place."""
    made = copy.deepcopy(args)
    holder = made
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return made


def strictly(value):
    """A form that is the same only for the same JSON: Python takes 1 for True and for 1.0."""
    if isinstance(value, dict):
        return {name: strictly(each) for name, each in value.items()}
    if isinstance(value, list):
        return [strictly(each) for each in value]
    return type(value), str(value)


def exact_json(args):
    """As the wire has it."""
    text = canonical(args)
    return None if is_read_exactly(text) else text


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_contract_has_the_same_digests(vector):
    """What the browser computes for the same call is what the kernel computes."""
    args = json.loads(vector["args"])
    call = (vector["call_id"], vector["tool_name"], args)

    assert canonical(list(call)) == vector["canonical"]
    assert digest_of(*call) == vector["digest"]


@settings(deadline=None)
@given(arguments)
def test_the_order_of_keys_does_not_count(args):
    """The same arguments in another order are the same call."""
    assert digest_of("c", "t", args) == digest_of("c", "t", reordered(args))


@settings(deadline=None)
@given(arguments)
def test_it_is_json_of_the_same_value(args):
    """The canonical form reads as what was written, strictly, and can be encoded."""
    text = canonical(args)

    assert strictly(json.loads(text)) == strictly(args)
    assert text.encode().decode() == text
    assert canonical(json.loads(text)) == text


@settings(deadline=None)
@given(st.data(), arguments.filter(bool), values)
def test_any_change_of_the_arguments_changes_the_digest(data, args, value):
    """Whatever stands in one place instead, the call is another one."""
    path = data.draw(st.sampled_from(list(places(args))))
    other = changed(args, path, value)
    assume(strictly(other) != strictly(args))

    assert digest_of("c", "t", other) != digest_of("c", "t", args)


def test_two_halves_that_stand_together_are_one_character():
    """As JavaScript has them, wherever they come from."""
    assert canonical(["\ud83e" + "\udd8a", "\udd8a" + "\ud83e"]) == (
        '["\U0001f98a","\\udd8a\\ud83e"]'
    )


@settings(deadline=None)
@given(arguments, names, values)
def test_one_argument_more_changes_the_digest(args, name, value):
    """Nothing can be added unseen."""
    assume(name not in args)

    assert digest_of("c", "t", args | {name: value}) != digest_of("c", "t", args)


@settings(deadline=None)
@given(st.tuples(texts, texts), st.tuples(texts, texts), arguments)
def test_another_call_or_tool_changes_the_digest(one, other, args):
    """Also where the two together read alike."""
    assume(one != other)

    assert digest_of(*one, args) != digest_of(*other, args)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), (1, 1.0), (0.0, -0.0), (1, "1"), (None, "null"), ([], {}), ("", None)],
)
def test_what_python_takes_for_the_same_is_told_apart(one, other):
    """A number is no truth value, and a float is no integer."""
    assert digest_of("c", "t", {"a": one}) != digest_of("c", "t", {"a": other})


def is_read_by_javascript(text):
    """Whether JavaScript has of JSON text all that it says."""
    numbers = []
    json.loads(text, parse_int=numbers.append, parse_float=numbers.append)
    halves = re.search(r"(?<!\\)(?:\\\\)*\\ud[89a-f]", text)
    return all(map(is_safe, numbers)) and halves is None and '"__proto__":' not in text


def is_safe(digits):
    """As `Number.isSafeInteger`; one with a fraction of zero would be written without it."""
    double = float(digits)
    return math.isfinite(double) and abs(double) <= SAFE and str(int(double)) == digits


@settings(deadline=None)
@given(arguments)
def test_what_a_browser_can_t_read_exactly_is_known(args):
    """If and only if JavaScript has from JSON less than the kernel."""
    text = canonical(args)

    assert is_read_exactly(text) == is_read_by_javascript(text)


@settings(deadline=None)
@given(arguments, texts)
def test_what_is_shown_has_the_digest_of_the_call(args, tool_name):
    """From a trait, whose plain arguments may have lost something, the digest is the call's."""
    shown = {"args": plain_args(args), "args_json": exact_json(args)}
    shown |= {"call_id": "c", "tool_name": tool_name}

    assert digest_of_shown(shown) == digest_of("c", tool_name, args)


@settings(deadline=None)
@given(arguments)
def test_plain_arguments_can_be_sent(args):
    """No half of a surrogate pair is left; where there was none, nothing is changed."""
    plain = plain_args(args)

    assert json.loads(json.dumps(plain, ensure_ascii=False).encode()) == plain
    assert exact_json(args) is not None or strictly(plain) == strictly(args)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\udfff\ud800", "\ufffd\ufffd"),
        ("\ud83e\udd8a", "\U0001f98a"),
        ("\ud800" + "\U0001f98a", "\ufffd\U0001f98a"),
        ("na\u00efve \U0001f98a", "na\u00efve \U0001f98a"),
    ],
)
def test_half_a_character_is_replaced(text, expected):
    """Each half by itself; two that belong together are one character."""
    assert whole(text) == expected


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ('{"n":9007199254740991}', True),
        ('{"n":-9007199254740991}', True),
        ('{"n":9007199254740992}', False),
        ('{"n":[1,-90071992547409910]}', False),
        ('{"n":1.0}', False),
        ('{"n":1e-07}', False),
        ('{"n":[true,false,null,"1.5",16]}', True),
        ('{"12345678901234567890":"9007199254740993"}', True),
        ('{"s":"\\\\ud800"}', True),
        ('{"s":"\\\\\\ud800"}', False),
        ('{"s":"\\ud800"}', False),
        ('{"\\udfff":1}', False),
        ('{"s":"a\\"__proto__\\":"}', True),
        ('{"s":"__proto__"}', True),
        ('{"s":"a\\"1.5"}', True),
        ('{"n":"a\\"","s":1.5}', False),
        ('{"a":{"__proto__":1}}', False),
    ],
)
def test_what_a_browser_reads_exactly(text, is_exact):
    """By its canonical JSON: numbers, halves of characters, and one name; not what texts say."""
    assert canonical(json.loads(text)) == text
    assert is_read_exactly(text) == is_exact


@pytest.mark.parametrize("kind", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_no_nesting_is_too_deep(kind):
    """A digest is made of any depth."""
    deep = "the end"
    for _ in range(5_000):
        deep = kind(deep)
    args = {"deep": deep}

    assert len(digest_of("c", "t", args)) == 64
    assert exact_json(args) is None
    assert canonical(args).count("the end") == 1
