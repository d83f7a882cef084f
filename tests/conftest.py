"""Settings for all tests."""

from hypothesis import settings

# The same examples each time, however busy the machine: a failure is the code's.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
