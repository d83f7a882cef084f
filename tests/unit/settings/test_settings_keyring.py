"""The key in the system's keyring."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from sigmic_jupyter import Client, ConfigurationError, configure
from sigmic_jupyter.settings import settings_for

KEY = "sigmic_" + "0123456789abcdef" * 4
PUBLIC = "https://api.sigmic.ai"


def test_the_keyring_has_a_key_for_an_address(keyring):
    """Its user is the address, so that a key goes where it was kept for."""
    keyring.set_password("sigmic-jupyter", PUBLIC, KEY)

    key = settings_for()["api_key"]

    assert (str(key.value), key.place) == (
        "sigmic_…cdef",
        "the keyring (sigmic-jupyter, https://api.sigmic.ai)",
    )
    assert settings_for(base_url="https://other.example")["api_key"].value is None


def test_the_keyring_is_asked_last(keyring, monkeypatch):
    """Where another place has a key, even a wrong one, the keyring is left alone."""
    keyring.set_password("sigmic-jupyter", PUBLIC, KEY)
    monkeypatch.setenv("SIGMIC_API_KEY", "nonsense")

    assert settings_for()["api_key"].problem is not None
    assert keyring.asked == []


def test_a_wrong_address_has_no_key(keyring):
    """The keyring is not asked for what is no address."""
    assert settings_for(base_url="nonsense")["api_key"].value is None
    assert keyring.asked == []


@pytest.mark.parametrize("error", [RuntimeError, SystemError])
def test_a_keyring_that_fails_is_a_note(keyring, monkeypatch, error):
    """It goes on as if there were none; what the backend says is not repeated."""

    def fail(_service, _username):
        raise error(f"cannot unlock {KEY}")

    monkeypatch.setattr(keyring, "get_password", fail)

    note = f"The keyring could not be asked ({error.__name__})."
    assert configure().notes == (note,)
    with pytest.raises(ConfigurationError, match="There is no API key") as caught:
        Client()
    assert note in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__context__ is None


def test_without_keyring_nothing_is_said(monkeypatch):
    """It is an extra: where it is not installed, there is no note."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr("sigmic_jupyter.settings.places.find_spec", lambda _name: None)

    assert configure().notes == ()


def test_it_is_imported_only_when_asked():
    """With a key from elsewhere, `keyring` is not even imported."""
    code = (
        "import sys, sigmic_jupyter\n"
        f"sigmic_jupyter.configure(api_key={KEY!r})\n"
        "print('keyring' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "False\n"
