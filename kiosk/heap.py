"""How the C library keeps what this program frees: not at all, where it is large.

A picture is some megabytes. By itself glibc learns from the first one that is freed to put such pieces
between the small ones, where what is freed stays with the process for ever. Another C library is left alone.
"""

import ctypes
from contextlib import suppress

LARGE = 64 * 1024
"""Bytes from which on a piece lies by itself: the letters of a line, a block of OpenGL's orders.

glibc begins with twice as many and then learns."""
ARENAS = 2
"""Places that the threads of the program share: most of them are asleep most of the time."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of malloc.h; setting one of the first two ends the learning, mallopt(3)."""


def keep_little() -> None:
    """Call before the first thread and the first picture."""
    with suppress(AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_TRIM_THRESHOLD, LARGE)
        mallopt(_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Free memory goes back to the machine: malloc_trim(3)."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
