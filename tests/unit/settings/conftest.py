from __future__ import annotations

import json
import os
import re

import pytest

from sigmic_jupyter import configure


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch, tmp_path):
    """No variable, no file, no keyring with a key, a session without settings."""
    for name in [name for name in os.environ if name.startswith("SIGMIC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    yield
    monkeypatch.undo()
    configure(reset=True)


@pytest.fixture
def config(monkeypatch, tmp_path):
    """Write the config file, for its owner alone."""

    def write(text, mode=0o600):
        path = tmp_path / "config.toml"
        path.write_text(text)
        path.chmod(mode)
        monkeypatch.setenv("SIGMIC_CONFIG", str(path))
        return path

    return write


@pytest.fixture
def dotenv(tmp_path):
    """Write the `.env` of the working directory, for its owner alone."""

    def write(text, mode=0o600):
        path = tmp_path / ".env"
        path.write_text(text)
        path.chmod(mode)
        return path

    return write


@pytest.fixture
def put(monkeypatch, config, dotenv):
    """Put a setting into a place, and return how that is called."""

    def put_there(kind, name, value):
        variable = f"SIGMIC_{name.upper()}"
        if kind == "variable":
            monkeypatch.setenv(variable, value)
            return f"the environment variable {variable}"
        if kind == "dotenv":
            path = dotenv(f'{variable}="{value}"')
            configure(dotenv=True)
            return f"{variable} in {path}"
        is_number = re.fullmatch(r"-?\d+|nan", value)
        path = config(f"{name} = {value if is_number else json.dumps(value)}")
        return f"{name} in {path}"

    return put_there


@pytest.fixture
def keyring():
    """The system's keyring, kept in memory."""
    import keyring  # noqa: PLC0415 - others are to see that it is not imported
    from keyring.backend import KeyringBackend  # noqa: PLC0415

    class InMemory(KeyringBackend):
        priority = 1

        def __init__(self):
            super().__init__()
            self.kept = {}
            self.asked = []

        def get_password(self, service, username):
            self.asked.append((service, username))
            return self.kept.get((service, username))

        def set_password(self, service, username, password):
            self.kept[service, username] = password

        def delete_password(self, service, username):
            del self.kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield keyring.get_keyring()
    keyring.set_keyring(before)
