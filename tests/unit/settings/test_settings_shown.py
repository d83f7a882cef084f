"""What `configure` shows, and what it says beyond the values."""

from __future__ import annotations

import warnings

import pytest
from IPython.core.formatters import format_display_data
from IPython.core.interactiveshell import InteractiveShell

from sigmic_jupyter import Client, configure

KEY = "sigmic_" + "0123456789abcdef" * 4


def test_as_text(config, monkeypatch):
    """Columns: each setting, its value, where it came from; then the files."""
    path = config(f'api_key = "{KEY}"\ninterval = 2')
    monkeypatch.setenv("SIGMIC_TIMEOUT", "7.5")

    assert repr(configure(transport="poll")).splitlines() == [
        "setting    value                  from",
        f"api_key    sigmic_…cdef           api_key in {path}",
        "base_url   https://api.sigmic.ai  default",
        "timeout    7.5 s                  the environment variable SIGMIC_TIMEOUT",
        f"interval   2 s                    interval in {path}",
        "transport  poll                   configure(transport=…)",
        "",
        f"Config file: {path}",
        ".env: not read; configure(dotenv=True) reads the one in this folder",
    ]


def test_as_a_table(tmp_path):
    """A notebook gets a table; what stands in it is text, whatever a file is called."""
    path = tmp_path / "<img src=x onerror=alert(1)>\u202e"
    path.write_text("SIGMIC_TIMEOUT=<b>")

    settings = configure(dotenv=path)
    html = settings._repr_html_()

    assert "<table" in html
    assert "&lt;img src=x onerror=alert(1)&gt;⟦U+202E⟧" in html
    assert "timeout is '&lt;b&gt;'" in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "onerror=alert(1)>⟦U+202E⟧" in repr(settings)


def test_ipython_takes_both():
    """IPython shows the table, and the columns where there is no HTML."""
    InteractiveShell.instance()
    data, _metadata = format_display_data(configure())
    InteractiveShell.clear_instance()

    assert data.keys() == {"text/html", "text/plain"}
    assert data["text/plain"].startswith("setting ")


@pytest.mark.parametrize(
    ("mode", "is_told"), [(0o600, False), (0o640, True), (0o604, True), (0o644, True)]
)
@pytest.mark.parametrize("kind", ["config", "dotenv"])
def test_a_key_that_others_may_read(config, dotenv, kind, mode, is_told):
    """A file with a key that its owner does not have alone is told of, with what to do."""
    if kind == "config":
        path = config(f'api_key = "{KEY}"', mode)
    else:
        path = dotenv(f"SIGMIC_API_KEY={KEY}", mode)
        configure(dotenv=True)
    said = f"{path} has an API key, and others may read it: chmod 600 {path}"

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Client()

    assert [str(warning.message) for warning in caught] == ([said] if is_told else [])
    assert (f"Take care: {said}" in repr(configure())) is is_told


def test_without_a_key_anybody_may_read(config):
    """Other settings are no secret."""
    config("timeout = 3", 0o644)

    assert configure().warnings == ()


@pytest.mark.parametrize(
    ("name", "guess"),
    [("SIGMIC_APIKEY", "SIGMIC_API_KEY"), ("SIGMIC_BASEURL", "SIGMIC_BASE_URL")],
)
def test_a_variable_that_is_nearly_one(monkeypatch, name, guess):
    """A slip of the pen is told, a variable of another program is not."""
    monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("SIGMIC_ELSEWHERE_COLOUR", "red")
    monkeypatch.setenv("SIGMIC_NONINTERACTIVE", "1")

    settings = configure()

    assert settings.notes == (f"{name} in the environment is no setting: did you mean {guess}?",)
    assert settings.notes[0] in (settings["api_key"].hint or "")


def test_names_in_files_that_are_no_settings(config, dotenv):
    """Files are ours: each name in them that is none is told, but no name that may be a key."""
    path = config(f"base_ulr = 'x'\ncolour = 1\n{KEY} = 2\n[timeouts]\na = 1")
    other = dotenv("SIGMIC_KEY=1\nCOLOUR=1")

    assert configure(dotenv=True).notes == (
        f"SIGMIC_KEY in {other} is no setting: did you mean SIGMIC_API_KEY?",
        f"base_ulr in {path} is no setting: did you mean base_url?",
        f"colour in {path} is no setting.",
        f"A name of 71 characters in {path} is no setting.",
        f"timeouts in {path} is no setting: did you mean timeout?",
    )
