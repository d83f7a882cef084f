"""The script that thinks a lot and says little."""

from typing import Final

from sigmic_jupyter.simulator.agent import Agent

__all__ = ["run"]

_BEFORE: Final = (
    ("Restating the question", "Which numbers below 10,000 are prime, and how are they spread?"),
    ("Looking for a method", "Trial division would do; a sieve does it in one pass."),
    ("Choosing the sieve", "One flag a number; multiples are struck out from each prime's square."),
    ("Checking the limit", "Striking out may stop at 100, the square root of 10,000."),
    ("Finding a check", "The prime number theorem says n / ln n: about 1,086, a little low."),
)
_BETWEEN: Final = (
    ("Comparing with the estimate", "The count is above the estimate, as it should be."),
    ("Doubting the edges", "0 and 1 are not prime, 2 is; the flags start accordingly."),
    ("Looking at the spread", "Primes thin out, so the first thousand should have the most."),
    ("Counting in blocks", "Ten blocks of 1,000 make the thinning visible."),
)
_AFTER: Final = (
    ("Reading the blocks", "The counts fall, though not in every step."),
    ("Weighing the detail", "One number and one comparison answer the question."),
    ("Wording the answer", "Short, with the count first."),
)
_COUNT: Final = """\
LIMIT = 10_000

prime = bytearray([1]) * LIMIT
prime[0:2] = b"\\0\\0"
for n in range(2, int(LIMIT**0.5) + 1):
    if prime[n]:
        prime[n * n :: n] = bytes(len(range(n * n, LIMIT, n)))
"""


async def run(agent: Agent) -> None:
    """A dozen thoughts with two calls between them."""
    for thought in _BEFORE:
        await agent.think(*thought)
    count = await agent.call(
        "run_python", why="Count the primes", code=f"{_COUNT}print(sum(prime))\n"
    )
    for thought in _BETWEEN:
        await agent.think(*thought)
    blocks = await agent.call(
        "run_python",
        why="Count them in blocks of 1,000",
        code=f"{_COUNT}print(*(sum(prime[n : n + 1000]) for n in range(0, LIMIT, 1000)))\n",
    )
    for thought in _AFTER:
        await agent.think(*thought)
    if not count.succeeded:
        await agent.say("I could not count the primes: the code was not run.\n")
        return
    await agent.say(f"There are **{int(count.output or 0):,} primes** below 10,000.")
    if blocks.succeeded:
        first, *_, last = (blocks.output or "").split()
        await agent.say(f" The first thousand has {first} of them, the last has {last}.")
    await agent.say("\n")
