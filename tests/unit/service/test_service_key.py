import copy
import pickle

import pytest

from sigmic_jupyter.service import ApiKey, ConfigurationError, Secrets, ValidationError

HEX = "0123456789abcdef" * 4
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (f"sigmic_{HEX}", "sigmic_…cdef"),
        (f"sigmic_{HEX.upper()}", "sigmic_…CDEF"),
        (JWT, "eyJ…dXJl"),
    ],
)
def test_shown_masked(value, shown):
    """A key is revealed on request alone; whatever else shows it masks it."""
    key = ApiKey(value)

    assert key.reveal() == value
    assert (str(key), f"{key:>14}", repr(key)) == (shown, f"{shown:>14}", f"<ApiKey {shown}>")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "There is no API key"),
        ("", "There is no API key"),
        (" \n", "There is no API key"),
        (7, "The API key is of type int, not text"),
        (f"sigmic_{HEX}\n", "The API key has white space before or after it"),
        (f"'sigmic_{HEX}'", "The API key has quotation marks round it"),
        (f"Bearer sigmic_{HEX}", "The API key begins with 'Bearer': give what follows it alone"),
        (
            f"sigmic_{HEX}0",
            "The API key is malformed: after 'sigmic_' come 64 hexadecimal digits",
        ),
        (
            f"sigmic_{HEX[:-1]}g",
            "The API key is malformed: after 'sigmic_' come 64 hexadecimal digits",
        ),
        ("eyJhbGci.eyJz", "The token is malformed: a JWT has three parts with dots between"),
        (
            HEX,
            "The API key is malformed: it begins neither with 'sigmic_' nor with 'eyJ'",
        ),
    ],
)
def test_malformed(value, message):
    """A bad key is named by its mistake, with how to set one and how to try without."""
    with pytest.raises(ConfigurationError) as caught:
        ApiKey(value)

    assert caught.value.message == message
    assert caught.value.hint == (
        "Set the environment variable SIGMIC_API_KEY or pass api_key=. To try without a key: "
        "from sigmic_jupyter import simulator; client = simulator.start().client()"
    )


@pytest.mark.parametrize("secret", [ApiKey(JWT), Secrets({"TOKEN": "hunter2"})], ids=repr)
@pytest.mark.parametrize("save", [pickle.dumps, copy.copy])
def test_not_pickled(secret, save):
    """What must not be seen goes into no pickle."""
    with pytest.raises(TypeError, match="not pickled"):
        save(secret)


def test_secrets_show_names():
    """Of secrets only the names are shown."""
    secrets = Secrets({"TOKEN": "hunter2"})

    assert (repr(secrets), str(secrets)) == ("<Secrets 'TOKEN'>", "<Secrets 'TOKEN'>")


def test_secrets_go_by_name():
    """Secrets that are no mapping are refused without being shown."""
    with pytest.raises(ValidationError, match="secrets is no mapping") as caught:
        Secrets(["hunter2"])

    assert "hunter2" not in str(caught.value)
