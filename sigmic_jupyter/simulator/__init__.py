"""A local stand-in for the Sigmic service: a scripted agent, real tools, the same HTTP API.

```python
from sigmic_jupyter import simulator

with simulator.start() as sigmic:
    task = sigmic.client().run("Summarise sales.csv", files=["sales.csv"], auto_execute=False)
```

The agent understands nothing: a simple rule picks one of a few scripts, see
`sigmic_jupyter.simulator.scenarios`. What its tools do is real: they list, read and write files and
run Python in a temporary directory for each session. Nothing leaves this machine.
`python -m sigmic_jupyter.simulator` serves it to other processes.
"""

try:
    from sigmic_jupyter.simulator.recorder import ReceivedRequest
    from sigmic_jupyter.simulator.server import Simulator, start
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
        raise
    raise ImportError(
        "The simulator needs its own dependencies: pip install 'sigmic-jupyter[simulator]'"
    ) from error

__all__ = ["ReceivedRequest", "Simulator", "start"]
