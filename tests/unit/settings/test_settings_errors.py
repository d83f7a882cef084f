"""What is wrong says where it stands and what to do; the key is seen nowhere."""

from __future__ import annotations

import contextlib
import copy
import gc
import logging
import pickle
import pkgutil
import re
import weakref

import pytest
from giving_away import everything_of

import sigmic_jupyter
from sigmic_jupyter import Client, ConfigurationError, configure
from sigmic_jupyter.settings import settings_for

KEY = "sigmic_" + "0123456789abcdef" * 4
WRONG = [
    ("api_key", "sigmic_123", "after 'sigmic_' come 64 hexadecimal digits"),
    ("base_url", "http://api.example", "The key would go to api.example unencrypted"),
    ("base_url", "https://ada:hunter2@api.example", "a user name"),
    ("timeout", "soon", "timeout is 'soon'"),
    ("timeout", "-1", "timeout is -1"),
    ("timeout", "nan", "timeout is nan"),
    ("interval", "0", "interval is 0"),
    ("transport", "pigeon", "transport is 'pigeon'"),
]


@pytest.mark.parametrize("kind", ["variable", "dotenv", "config"])
@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[2])
def test_a_wrong_value_says_where_it_stands(monkeypatch, put, kind, case):
    """`Client` refuses it before anything is sent; `configure` shows it beside its place."""
    name, value, problem = case
    if name != "api_key":
        monkeypatch.setenv("SIGMIC_API_KEY", KEY)
    place = put(kind, name, value)

    with pytest.raises(ConfigurationError) as caught:
        Client()

    settings = configure()
    assert problem in (settings[name].problem or "")
    assert caught.value.message == f"{settings[name].problem} (from {place})"
    assert caught.value.hint
    assert "hunter2" not in everything_of(caught.value, test=__file__) + repr(settings)
    assert f"✗ {settings[name].problem}" in repr(settings)
    assert f"\n{name}: {caught.value.hint}" in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [("api_key", 5), ("base_url", 5), ("timeout", True), ("timeout", "30"), ("interval", [1])],
)
def test_a_value_of_another_kind(name, value):
    """An argument of the wrong type is refused, and the session stays as it was."""
    with pytest.raises(ConfigurationError, match=re.escape(f"(from configure({name}=…))")):
        configure(**{"timeout": 3.0, "transport": "poll", name: value})

    assert {each.place for each in settings_for()} == {"", "default"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("timeout = \n", r"it is no TOML \(at line 1, column \d+\)"),
        ('api_key = "{key}', r"it is no TOML \(at (line 1, column \d+|end of document)\)"),
        ('api_key = "{key}"\napi_key = "{key}"', r"it is no TOML \(at .*\)"),
        ("{key}", r"it is no TOML \(at .*\)"),
        ('api_key = "{key}"\na = ' + "[" * 5000, "it is no TOML"),
        ('api_key = "{key}"\na = ' + "9" * 5000, "it is no TOML"),
    ],
)
def test_a_config_file_that_is_no_toml(config, text, where):
    """The error says where it stands, without a word of what stands there."""
    path = config(text.format(key=KEY))

    with pytest.raises(ConfigurationError, match=rf"{path} can't be read: {where}") as caught:
        Client()

    assert KEY[7:] not in everything_of(caught.value, test=__file__)


def test_a_file_in_another_encoding(config):
    """Bytes that are no text are not shown either: the codec's error has them all."""
    config("").write_bytes(f'api_key = "{KEY}" # \xe9'.encode("latin-1"))

    with pytest.raises(ConfigurationError, match="it is not in UTF-8") as caught:
        configure()

    assert KEY[7:] not in everything_of(caught.value, test=__file__)


def test_a_folder_in_the_files_place(config, tmp_path):
    """What can't be read says why, in the system's words."""
    config("").unlink()
    (tmp_path / "config.toml").mkdir()

    with pytest.raises(ConfigurationError, match="can't be read: is a directory"):
        configure()


def test_files_that_were_named_and_are_not_there(monkeypatch, tmp_path):
    """A file that was asked for is missed; the session stays as it was."""
    with pytest.raises(ConfigurationError, match=rf"There is no file {tmp_path}/\.env"):
        configure(dotenv=True)
    configure()

    monkeypatch.setenv("SIGMIC_CONFIG", "nowhere.toml")
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml, which SIGMIC_CONFIG names"):
        configure()


@pytest.mark.parametrize("spoil", ["{} ", "`{}`", "Bearer {}", "{}0", "x{}"])
@pytest.mark.parametrize("kind", ["variable", "dotenv", "config"])
def test_a_key_with_a_mistake_is_a_key(put, kind, spoil):
    """No frame that its error passes shows it, nor does an error behind the error."""
    put(kind, "api_key", spoil.format(KEY))

    for use in (Client, lambda: sigmic_jupyter.run("Hello"), lambda: configure().api_key):
        with pytest.raises(ConfigurationError) as caught:
            use()
        text = everything_of(caught.value, test=__file__)
        assert "raise ConfigurationError" in text
        assert KEY[7:] not in text


@pytest.mark.parametrize("use", [Client, configure])
def test_a_wrong_setting_beside_a_key(use):
    """An argument that is refused does not show the key beside it."""
    with pytest.raises(ConfigurationError) as caught:
        use(api_key=KEY, timeout=-1)

    assert KEY[7:] not in everything_of(caught.value, test=__file__)


@pytest.mark.parametrize("name", ["timeout", "interval", "transport"])
def test_a_key_in_the_wrong_place(monkeypatch, name):
    """A value that is too long for what it should be is not repeated."""
    monkeypatch.setenv("SIGMIC_API_KEY", KEY)
    monkeypatch.setenv(f"SIGMIC_{name.upper()}", f"sigmic_{'f' * 64}")

    with pytest.raises(ConfigurationError, match=f"{name} is a str that is none") as caught:
        Client()

    assert "f" * 64 not in everything_of(caught.value, test=__file__)


def test_settings_hold_no_key_that_can_be_seen(config, caplog, recwarn):
    """Neither repr, HTML, logs, copies nor what they are made of show it."""
    caplog.set_level(logging.DEBUG)
    config(f'api_key = "{KEY}"')
    settings = configure()

    shown = [repr(settings), settings._repr_html_(), repr(vars(settings)), repr(list(settings))]
    shown += [caplog.text, *(str(warning.message) for warning in recwarn)]
    assert KEY[7:] not in "".join(shown)
    assert "sigmic_…cdef" in repr(settings)
    for save in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled"):
            save(settings)


class Watched(dict):
    """What a parser gave, in a form that can be watched."""


@pytest.mark.parametrize(
    ("kind", "parser"), [("config", "tomllib.loads"), ("dotenv", "dotenv.dotenv_values")]
)
@pytest.mark.parametrize("value", [KEY, "nonsense"], ids=["right", "wrong"])
def test_what_was_read_is_not_kept(put, monkeypatch, kind, parser, value):
    """What a parser made of a file is gone when the settings are there, also where one is wrong."""
    parsed = []
    parse = pkgutil.resolve_name(parser)

    def watched(*args, **options):
        values = Watched(parse(*args, **options))
        parsed.append(weakref.ref(values))
        return values

    monkeypatch.setattr(parser, watched)
    put(kind, "api_key", value)
    settings = configure()
    with contextlib.suppress(ConfigurationError):
        Client()
    gc.collect()

    assert len(parsed) >= 2
    assert [values for values in parsed if values() is not None] == []
    assert settings["api_key"].place


def test_nothing_is_written(tmp_path):
    """`configure` changes the session, and no file."""
    configure(api_key=KEY, base_url="https://a.example")

    assert list(tmp_path.iterdir()) == []
