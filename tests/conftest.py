"""Settings for all tests."""

import os

from hypothesis import settings

# The same examples each time, however busy the machine: a failure is the code's.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

# What is configured on the machine that runs the tests is none of theirs.
os.environ["SIGMIC_CONFIG"] = os.devnull
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
