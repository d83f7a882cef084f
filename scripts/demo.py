"""Start the simulator and JupyterLab with the first notebook open; Ctrl-C stops both."""

from __future__ import annotations

import argparse
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from sigmic_jupyter import simulator

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIRST_NOTEBOOK = "01-first-task.ipynb"
HOST = "127.0.0.1"
USUAL_PORT = 8888
START_S = 60.0
STOP_S = 10.0


def main() -> int:
    """Run until Ctrl-C; 1 if the port is busy or JupyterLab does not start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, help=f"JupyterLab's port; {USUAL_PORT} if it is free")
    parser.add_argument("--speed", type=float, default=1.0, help="the simulated agent's speed")
    args = parser.parse_args()
    if args.port is not None and is_busy(args.port):
        print(
            f"Port {args.port} is busy. Choose another: make demo PORT={free_port()}",
            file=sys.stderr,
        )
        return 1
    port = args.port or (free_port() if is_busy(USUAL_PORT) else USUAL_PORT)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with simulator.start(speed=args.speed) as service, tempfile.TemporaryDirectory() as folder:
        # A copy, so that running the examples leaves the repository as it is.
        notebooks = pathlib.Path(folder, "notebooks")
        shutil.copytree(ROOT / "notebooks", notebooks)
        token = secrets.token_hex(16)
        lab = start_lab(notebooks, port, token, service)
        try:
            return serve(lab, port, token)
        except KeyboardInterrupt:
            return 0
        finally:
            stop(lab)
            print("\nStopped JupyterLab and the simulator.")


def start_lab(
    notebooks: pathlib.Path, port: int, token: str, service: simulator.Simulator
) -> subprocess.Popen[bytes]:
    """Start JupyterLab with the environment that points the examples at the simulator."""
    environment = os.environ | {
        "SIGMIC_BASE_URL": service.base_url,
        "SIGMIC_API_KEY": service.api_key,
        "JUPYTER_TOKEN": token,
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser"),
        *(f"--ServerApp.ip={HOST}", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *(f"--ServerApp.root_dir={notebooks}", "--allow-root"),
        *("--LabApp.news_url=None", "--log-level=ERROR"),
    ]
    # A session of its own: Ctrl-C reaches this program alone, which then stops JupyterLab in order.
    return subprocess.Popen(command, env=environment, start_new_session=True)


def serve(lab: subprocess.Popen[bytes], port: int, token: str) -> int:
    """Print the address once JupyterLab answers, then wait for its end."""
    address = f"http://{HOST}:{port}/lab/tree/{FIRST_NOTEBOOK}?token={token}"
    deadline = time.monotonic() + START_S
    while not answers(f"http://{HOST}:{port}/api?token={token}"):
        if lab.poll() is not None or time.monotonic() > deadline:
            print("JupyterLab did not start; its messages are above.", file=sys.stderr)
            return 1
        time.sleep(0.2)
    print(
        f"\n  {address}\n\n"
        "Open it and run the cells. The agent is a local simulator. Ctrl-C stops both.",
        flush=True,
    )
    return lab.wait()


def answers(url: str) -> bool:
    """Whether a server answers there."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def stop(lab: subprocess.Popen[bytes]) -> None:
    """Ask JupyterLab to end with its kernels, then make it."""
    if lab.poll() is None:
        lab.terminate()
        try:
            lab.wait(STOP_S)
        except subprocess.TimeoutExpired:
            lab.kill()
            lab.wait()


def is_busy(port: int) -> bool:
    """Whether something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
