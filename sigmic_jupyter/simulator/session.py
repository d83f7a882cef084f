"""One task and its session: the workspace, the agent, and the asyncio task that drives them."""

import asyncio
from collections import deque

from sigmic_jupyter.simulator.agent import Agent, ScriptFailedError
from sigmic_jupyter.simulator.clock import Pace
from sigmic_jupyter.simulator.errors import validation_error
from sigmic_jupyter.simulator.facts import (
    ALREADY_FINAL_MESSAGE,
    API_KEY_NAME,
    NOT_RUN_OUTPUT,
    STOPPED_OUTPUT,
)
from sigmic_jupyter.simulator.feed import Feed
from sigmic_jupyter.simulator.journal import Journal
from sigmic_jupyter.simulator.records import FollowUp, Task
from sigmic_jupyter.simulator.scenarios import Script, choose
from sigmic_jupyter.simulator.tools import Toolbox
from sigmic_jupyter.simulator.workspace import Workspace

__all__ = ["Session"]

_START_S = 0.5


class Session:
    """Runs one task, message after message."""

    def __init__(
        self,
        task: Task,
        workspace: Workspace,
        pace: Pace,
        *,
        api_key: str,
        script: Script | None = None,
    ) -> None:
        self.task = task
        self.workspace = workspace
        self.feed = Feed()
        self._pace = pace
        self._script = script
        self._journal = Journal(task, self.feed)
        env = {**(task.request.env or {}), **task.request.secrets}
        toolbox = Toolbox(workspace, env)
        self.agent = Agent(self._journal, toolbox, pace, {**env, API_KEY_NAME: api_key})
        self._inbox: deque[tuple[str, list[str]]] = deque()
        self._drivers: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Take up the task's own message."""
        self._post(self.task.request)
        self._drive()

    def send(self, follow_up: FollowUp) -> None:
        """Take up a further message, after what is under way."""
        self._post(follow_up)
        if self.task.is_final:
            self._journal.resume()
            self._drive()

    def cancel(self) -> None:
        """Stop the task; calls that wait or run are settled as cancelled.

        Raises:
            ApiError: it is final already.
        """
        if self.task.is_final:
            raise validation_error(ALREADY_FINAL_MESSAGE.format(status=self.task.status))
        self._inbox.clear()
        self._stop_drivers()
        for call in self.task.calls:
            if call.is_open:
                output = NOT_RUN_OUTPUT if call.waits else STOPPED_OUTPUT
                self._journal.settle(call, "cancelled", output)
        self._journal.finish("cancelled")

    def begin_close(self) -> None:
        """Stop at once, and end all streams."""
        self._stop_drivers()
        self.feed.publish(None)

    async def close(self) -> None:
        """Wait until everything has stopped."""
        await asyncio.gather(*self._drivers, return_exceptions=True)

    def _post(self, message: FollowUp) -> None:
        self._inbox.append((message.message, self.workspace.save(message.uploads)))

    def _drive(self) -> None:
        driver = asyncio.get_running_loop().create_task(self._run())
        self._drivers.add(driver)
        driver.add_done_callback(self._drivers.discard)

    def _stop_drivers(self) -> None:
        for driver in self._drivers:
            driver.cancel()

    async def _run(self) -> None:
        error: str | None = None
        await self._pace.pause(_START_S)
        self._journal.resume()
        try:
            while self._inbox:
                error = await self._answer(*self._inbox.popleft())
        except Exception as bug:
            # Whoever polls must not wait for ever; whoever develops must see the traceback.
            self._journal.finish("failed", f"The simulator's script broke: {bug!r}")
            raise
        self._journal.finish("completed" if error is None else "failed", error)

    async def _answer(self, message: str, files: list[str]) -> str | None:
        self._journal.begin(message, files)
        script = self._script or choose(message, files, is_first=len(self.task.turns) == 1)
        error = None
        try:
            await script(self.agent)
        except ScriptFailedError as failure:
            error = str(failure)
        self._journal.end_turn()
        return error
