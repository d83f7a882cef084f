"""The magic `%%sigmic`, loaded by `%load_ext sigmic_jupyter`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmic_jupyter.magics.completing import IDENTIFIER, matcher_for
from sigmic_jupyter.magics.magic import SigmicMagics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["SigmicMagics", "load", "unload"]


def load(shell: InteractiveShell) -> None:
    """Register the magic, and what Tab offers for it."""
    shell.register_magics(SigmicMagics)
    shell.Completer.custom_matchers.append(matcher_for(shell))


def unload(shell: InteractiveShell) -> None:
    """Take both away, where they are there."""
    for magics in shell.magics_manager.magics.values():
        magics.pop("sigmic", None)
    matchers = shell.Completer.custom_matchers
    matchers[:] = [
        each for each in matchers if getattr(each, "matcher_identifier", "") != IDENTIFIER
    ]
