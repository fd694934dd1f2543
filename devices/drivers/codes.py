"""A scanner in serial mode: tells each code once while it is held before the window.

What a code means is not known here, and whether it may be believed neither.
"""

from collections.abc import Callable

from devices.codecs.codes import LIMIT, parse
from devices.codecs.lines import line_look
from devices.drivers.listening import refuse
from devices.framing import Framer, Noise
from devices.reading import Code
from devices.session import Driver, RefusedError, Tell, TimeUp, hear, refuse_noise

AGAIN_SECONDS = 2.0
"""The same code within so long of its last sight is the same showing of it."""


def framer() -> Framer:
    """Lines."""
    return Framer(line_look(LIMIT))


def scanner(prefix: bytes = b"", suffix: bytes = b"") -> Callable[[], Driver]:
    """A driver for a scanner that was set up to put something around every code."""

    def driver() -> Driver:
        last: Code | None = None
        noisy = False
        while True:
            try:
                heard = yield from hear(None if last is None else AGAIN_SECONDS, keep=noisy)
            except TimeUp:
                last, noisy = None, False
                continue
            if isinstance(heard, Noise):
                noisy = last is not None
                yield refuse_noise(heard)
                continue
            try:
                code = parse(heard, prefix, suffix)
            except RefusedError as error:
                noisy = last is not None
                yield refuse(error, heard)
                continue
            noisy = False
            if code != last:
                yield Tell(code)
            last = code

    return driver


driver = scanner()
"""A scanner as shipped: nothing around the code."""
