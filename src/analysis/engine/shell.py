"""What a notebook's process does before the first cell, in a kernel or without."""

import random
import sys
import traceback
from typing import Any

import numpy as np

from analysis.engine import follow


def begin(shell: Any, seed: int) -> None:
    """Seed random numbers; let `exit()` and `quit()` end the notebook there, as `sys.exit()` does.

    In an ordinary kernel they stop the kernel a moment later, while the next cells already run.
    Groups of exceptions are shown like others, with those they hold. What is opened and imported
    from then on is told to the run.
    """
    type(shell.exiter).__call__ = _exit
    shell.set_custom_exc((BaseExceptionGroup,), _show_group)
    random.seed(seed)
    np.random.seed(seed)
    follow.begin(shell)


def _exit(_: Any, code: Any = None) -> None:
    sys.exit(code)


def _show_group(shell: Any, kind: Any, error: Any, trace: Any, tb_offset: Any = None) -> None:
    said = f"{error}: {'; '.join(_list_inner(error))}"
    shell._showtraceback(kind, said, traceback.format_exception(kind, error, trace))


def _list_inner(error: BaseException) -> list[str]:
    """The exceptions in a group of groups, each with its text."""
    if isinstance(error, BaseExceptionGroup):
        return [text for inner in error.exceptions for text in _list_inner(inner)]
    return [f"{type(error).__name__}: {error}"]
