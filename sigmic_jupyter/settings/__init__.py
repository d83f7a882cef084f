"""Where the key, the address and the rest come from, and `configure`, which shows that.

Arguments count before what `configure` was given, then the environment, a `.env` if asked for, the
config file, and for the key alone the system's keyring. A key is an `ApiKey` from where it is read.
"""

from sigmic_jupyter.settings.resolved import Settings
from sigmic_jupyter.settings.session import configure, settings_for
from sigmic_jupyter.settings.values import check_interval, check_transport

__all__ = ["Settings", "check_interval", "check_transport", "configure", "settings_for"]
