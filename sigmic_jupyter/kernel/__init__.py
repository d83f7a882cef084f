"""The running kernel: a background loop, and waits. Knows neither the service nor the widget."""

from sigmic_jupyter.kernel.loop import BackgroundLoop, background
from sigmic_jupyter.kernel.waiting import Settled

__all__ = ["BackgroundLoop", "Settled", "background"]
