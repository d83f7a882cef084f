"""Everything that Python and IPython show of an error, to look for what must not be seen."""

from __future__ import annotations

import traceback

from IPython.core.ultratb import VerboseTB

__all__ = ["everything_of"]


def everything_of(error, *, test):
    """Its texts and tracebacks with local variables, and all errors behind it.

    Args:
        error: The error.
        test: The test's own file, whose frames hold the key and are left out.
    """
    texts = []
    while error is not None:
        tb = error.__traceback__
        while tb is not None and tb.tb_frame.f_code.co_filename == test:
            tb = tb.tb_next
        plain = traceback.TracebackException(type(error), error, tb, capture_locals=True)
        texts += [str(error), repr(error), repr(vars(error)), *plain.format()]
        texts.append(VerboseTB(theme_name="nocolor").text(type(error), error, tb))
        error = error.__cause__ or error.__context__
    return "\n".join(texts)
