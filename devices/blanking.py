"""Identity fields of a frame overwritten, so that its shape, its size and its checksum's verdict stay.

A rule gets one whole frame, with the line ends around it, and gives back as many bytes. What a good frame
says besides it still says; a frame with a wrong checksum keeps a wrong one. Which fields these are is each
codec's affair; here is only what they share.
"""

import re
from collections.abc import Callable

Blank = Callable[[bytes], bytes]
"""One frame in, one frame of the same length out. It may remember: a record may begin in an earlier frame."""

_DIGIT, _LETTER, _BEYOND = 0x39, 0x78, 0xFF
_COVERED = re.compile(rb"(?<!\x1b)[0-9A-Za-z\x80-\xff]")


def masked(data: bytes) -> bytes:
    """Every digit as ``9``, every letter as ``x``, every byte above ASCII as FF.

    A letter behind an ESC stays: it is a field's name. Control bytes and signs stay too, and with the sizes
    they are what shows a wrong speed or another protocol.
    """
    return _COVERED.sub(lambda found: bytes((_cover(found[0][0]),)), data)


def _cover(byte: int) -> int:
    if byte > 0x7F:
        return _BEYOND
    return _DIGIT if byte <= _DIGIT else _LETTER


def always(rule: Blank) -> Callable[[], Blank]:
    """A rule that remembers nothing, as ``Wire`` takes it."""
    return lambda: rule


def lines(shape: re.Pattern[bytes], rule: Blank) -> Blank:
    """``rule`` for a line of that shape, whatever line ends stand around it; any other line is masked."""

    def blank(data: bytes) -> bytes:
        body = data.strip(b"\r\n")
        start = data.find(body) if body else len(data)
        covered = rule(body) if shape.fullmatch(body) else masked(body)
        return data[:start] + covered + data[start + len(body) :]

    return blank
