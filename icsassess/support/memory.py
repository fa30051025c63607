"""Memory that the program no longer needs, given back to the system, where its C library is glibc."""

import ctypes
import sys
from collections.abc import Callable

_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
_LARGE = 1024 * 1024


def give_back_large() -> None:
    """Have blocks of a mebibyte and more given back whenever they are freed.

    Left to itself, glibc takes the first that is freed for a sign that more will be needed, and keeps those after it.
    """
    if (adjust := _of_glibc("mallopt")) is not None:
        adjust(_THRESHOLD, _LARGE)


def give_back() -> None:
    """Have what is kept of freed memory given back: after a large piece of work it may be a fifth of all."""
    if (trim := _of_glibc("malloc_trim")) is not None:
        trim(0)


def _of_glibc(name: str) -> Callable[..., int] | None:
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    return function
