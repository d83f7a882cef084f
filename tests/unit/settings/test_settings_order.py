"""Which place counts, and that each value says where it came from."""

from __future__ import annotations

import os
import pathlib

import pytest

from sigmic_jupyter import Client, configure
from sigmic_jupyter.settings import settings_for
from sigmic_jupyter.settings.files import config_path

KEY = "sigmic_" + "0123456789abcdef" * 4
ADDRESS = "https://{}.example"

# From what counts first to what counts last.
ORDER = ["argument", "session", "environment", "dotenv", "config", "default"]


@pytest.fixture
def places(monkeypatch, config, dotenv):
    """Give the address of a place in it and in all that come after it."""

    def fill(first):
        filled = ORDER[ORDER.index(first) :]
        if "config" in filled:
            config(f'base_url = "{ADDRESS.format("config")}"')
        if "dotenv" in filled:
            dotenv(f"SIGMIC_BASE_URL={ADDRESS.format('dotenv')}")
            configure(dotenv=True)
        if "environment" in filled:
            monkeypatch.setenv("SIGMIC_BASE_URL", ADDRESS.format("environment"))
        if "session" in filled:
            configure(base_url=ADDRESS.format("session"))
        return {"base_url": ADDRESS.format("argument")} if "argument" in filled else {}

    return fill


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ("argument", "the argument base_url="),
        ("session", "configure(base_url=…)"),
        ("environment", "the environment variable SIGMIC_BASE_URL"),
        ("dotenv", "SIGMIC_BASE_URL in {}/.env"),
        ("config", "base_url in {}/config.toml"),
    ],
)
def test_the_first_place_counts(places, tmp_path, first, place):
    """Arguments, the session, the environment, a `.env`, the config file, in this order."""
    setting = settings_for(**places(first))["base_url"]

    assert (setting.value, setting.place) == (ADDRESS.format(first), place.format(tmp_path))


def test_without_any_place_there_are_defaults():
    """With nothing configured the public service is used, and only the key is missing."""
    settings = settings_for()

    assert [(each.name, each.value, each.place) for each in settings] == [
        ("api_key", None, ""),
        ("base_url", "https://api.sigmic.ai", "default"),
        ("timeout", 30.0, "default"),
        ("interval", None, "default"),
        ("transport", "auto", "default"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "timeout = 7\ninterval = 2.5\ntransport = 'poll'\napi_key = '{key}'",
        "SIGMIC_TIMEOUT=7\nSIGMIC_INTERVAL='2.5'\nSIGMIC_API_KEY={key}\nSIGMIC_TRANSPORT=poll",
    ],
    ids=["config", "dotenv"],
)
def test_all_settings_of_a_file_are_used(config, dotenv, text):
    """Numbers are numbers, from TOML and from text."""
    if "SIGMIC" in text:
        dotenv(text.format(key=KEY))
        configure(dotenv=True)
    else:
        config(text.format(key=KEY))

    client = Client()

    settings = client._settings
    assert (settings.timeout, settings.interval, settings.transport) == (7.0, 2.5, "poll")
    assert repr(client) == "<Client https://api.sigmic.ai sigmic_…cdef>"


@pytest.mark.parametrize("text", ["", 'api_key = ""\nbase_url = ""', "# nothing\n", "\ufeff"])
def test_what_is_empty_is_not_given(config, dotenv, monkeypatch, text):
    """An empty value is none, so that a file may keep a place for it."""
    config(text)
    dotenv("SIGMIC_BASE_URL=\nSIGMIC_INTERVAL")
    configure(dotenv=True)
    monkeypatch.setenv("SIGMIC_TIMEOUT", "")

    assert {each.place for each in settings_for()} == {"", "default"}


def test_an_empty_argument_is_wrong(monkeypatch):
    """A variable that was empty does not let another place's key go out."""
    monkeypatch.setenv("SIGMIC_API_KEY", KEY)

    assert settings_for(api_key="")["api_key"].problem == "There is no API key"


def test_a_dotenv_is_read_only_when_asked_for(dotenv, monkeypatch):
    """A `.env` that lies there counts for nothing, and what it has never gets into os.environ."""
    monkeypatch.setenv("HOW", "poll")
    dotenv(f"SIGMIC_API_KEY={KEY}\nOTHER=1\nSIGMIC_TRANSPORT=${{HOW}}")
    before = dict(os.environ)

    asked = [configure(), configure(dotenv=True), configure(), configure(dotenv=False)]

    assert [settings["api_key"].value is not None for settings in asked] == [0, 1, 1, 0]
    assert asked[1]["transport"].problem == "transport is '${HOW}'"  # it is not filled in
    assert dict(os.environ) == before


def test_tasks_are_followed_as_configured():
    """What `run` and `attach` are not given themselves is as it is configured."""
    configure(interval=2, transport="poll")
    client = Client(KEY)

    assert client._following(None, None) == {"interval": 2, "transport": "poll"}
    assert client._following(0.5, "auto") == {"interval": 0.5, "transport": "auto"}


def test_another_dotenv_can_be_named(tmp_path, monkeypatch):
    """A path is taken from where it was named; leaving the folder changes nothing."""
    (tmp_path / "staging").write_text("SIGMIC_TIMEOUT=5")
    configure(dotenv="staging")
    monkeypatch.chdir("/")

    assert settings_for()["timeout"].place == f"SIGMIC_TIMEOUT in {tmp_path}/staging"


def test_the_session_forgets_on_request():
    """What was configured adds up, until it is forgotten."""
    configure(timeout=5)
    configure(interval=1)
    both = settings_for()
    configure(reset=True, interval=2)
    after = settings_for()

    assert (both.timeout, both.interval) == (5, 1)
    assert (after.timeout, after.interval) == (30, 2)


def test_the_config_file_lies_in_the_platforms_place(tmp_path):
    """Without SIGMIC_CONFIG it is where platformdirs says, and `configure` tells where that is."""
    path = config_path()

    assert path.name == "config.toml"
    assert path.parent.name == "sigmic-jupyter"
    assert path.is_relative_to(tmp_path)
    assert f"Config file: {path} (there is none)" in repr(configure())

    path.parent.mkdir(parents=True)
    path.write_text("timeout = 4")
    assert settings_for().timeout == 4
    assert f"Config file: {path}\n" in repr(configure())


def test_tilde_in_the_variable(tmp_path, monkeypatch):
    """SIGMIC_CONFIG may begin with the home folder's sign."""
    monkeypatch.setenv("SIGMIC_CONFIG", "~/mine.toml")

    assert config_path() == pathlib.Path(tmp_path / "mine.toml")
