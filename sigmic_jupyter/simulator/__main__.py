"""Serves the simulator to other processes: `python -m sigmic_jupyter.simulator`."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

from sigmic_jupyter.simulator.server import LOOPBACK, Simulator

__all__ = ["main"]

_DEFAULT_PORT = 8765
# Windows delivers Ctrl-C only between timed waits.
_SIGNAL_CHECK_S = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Returns:
        The exit code: 1 if it could not start.
    """
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        simulator = Simulator(**vars(options))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{getattr(error, 'strerror', None) or error}\n")
        return 1
    with simulator:
        sys.stdout.write(_greeting(simulator))
        sys.stdout.flush()
        while not stopped.wait(_SIGNAL_CHECK_S):
            pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sigmic_jupyter.simulator",
        description="A local stand-in for the Sigmic service: a scripted agent with real tools.",
    )
    parser.add_argument("--host", default=LOOPBACK, help="address to bind (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=_DEFAULT_PORT, help="0 takes a free one (default: %(default)s)"
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, help="divides all delays (default: %(default)s)"
    )
    parser.add_argument(
        "--history", type=int, default=0, help="tasks of the days before (default: none)"
    )
    parser.add_argument("--api-key", help="sigmic_ and 64 hex digits (default: a random one)")
    return parser


def _greeting(simulator: Simulator) -> str:
    return (
        f"Sigmic simulator, a local stand-in: scripted agent, real tools.\n"
        f"Serving on {simulator.base_url}; Ctrl-C stops it. To use it:\n\n"
        f"  export SIGMIC_BASE_URL={simulator.base_url}\n"
        f"  export SIGMIC_API_KEY={simulator.api_key}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
