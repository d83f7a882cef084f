"""How long to wait before asking the service again. Pure."""

__all__ = ["QUICKEST_S", "next_interval_s"]

QUICKEST_S = 0.4
SLOWEST_S = 5.0
SLOWEST_WAITING_S = 2.0  # a call waits for a person: what becomes of it must show soon
GROWTH = 1.5


def next_interval_s(previous_s: float | None, *, changed: bool, waiting: bool) -> float:
    """Quick at first and after a change, then slower as long as nothing changes.

    Args:
        previous_s: The interval before, in seconds; None after a command or at the start.
        changed: Whether the newest answer had something new.
        waiting: Whether a call waits for approval.

    Returns:
        The interval in seconds, from 0.4 to 5, at most 2 while a call waits.
    """
    if changed or previous_s is None:
        return QUICKEST_S
    return min(previous_s * GROWTH, SLOWEST_WAITING_S if waiting else SLOWEST_S)
