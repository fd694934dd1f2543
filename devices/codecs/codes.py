"""Scanners for printed codes in serial mode: the code's text and a line end, nothing else.

The text is whatever somebody printed: it is taken as UTF-8 or refused, never cut, never repaired.
Source: DFRobot DFR0660 sheet and the Waveshare module of the GM65 class; 9600 8N1 as shipped.
"""

from devices.framing import Frame
from devices.reading import Carrier, Code
from devices.session import Reason, RefusedError

LIMIT = 512
"""Longest code, in bytes and so in characters; what is longer is junk."""


def parse(frame: Frame, prefix: bytes = b"", suffix: bytes = b"") -> Code:
    """The code between what the scanner puts around it. Raises ``RefusedError`` (shape)."""
    data = frame.data
    if not (data.startswith(prefix) and data.endswith(suffix) and len(data) > len(prefix) + len(suffix)):
        raise RefusedError(Reason.SHAPE)
    try:
        text = data[len(prefix) : len(data) - len(suffix)].decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(Reason.SHAPE) from error
    if not text.isprintable() or not text.strip():
        raise RefusedError(Reason.SHAPE)
    return Code(text.strip(), Carrier.PRINTED)


def build(text: str) -> bytes:
    """The line as the scanner says it."""
    return text.encode("utf-8") + b"\r\n"
