"""A&D standard format: ``HH,±ddddddd.dUUU`` and CR LF, e.g. ``ST,+00065.50 kg``; no checksum.

HH: ST stable, US moving, OL out of range, QT counting. Many Asian indicators say the longer sibling
``ST,GS,+  65.50kg`` with GS gross, NT net, TR tare.
Source: A&D manuals EK-L p. 28, GC p. 51, EK-AEP p. 28; Selleton SL-7516 and Excell for the sibling.
"""

import re
from decimal import Decimal

from devices.codecs.load import UNITS, Load
from devices.framing import Frame
from devices.session import Reason, RefusedError

LIMIT = 64
_OVERLOAD = re.compile(r"OL,[GNTSR,+\-\d. E]{0,16}[A-Za-z ]{0,3}")
_LINE = re.compile(r"(ST|US|QT),(?:(GS|NT|TR),)?([+-])([ \d.]{7,8})( {0,2}[A-Za-z]{1,3})")
_WEIGHT = re.compile(r"\d{1,8}(\.\d{1,4})?")


def parse(frame: Frame) -> Load | None:
    """The load, or None where out of the scale's range. Raises ``RefusedError`` (shape, unit, no value)."""
    text = frame.data.decode("latin-1")
    if _OVERLOAD.fullmatch(text):
        return None
    found = _LINE.fullmatch(text)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    header, kind, sign, digits, unit = found.groups()
    if kind == "TR":
        raise RefusedError(Reason.NO_VALUE)
    if header == "QT" or unit.strip() not in UNITS:
        raise RefusedError(Reason.UNIT)
    if not _WEIGHT.fullmatch(digits.strip()):
        raise RefusedError(Reason.SHAPE)
    return Load(Decimal(sign + digits.strip()), unit.strip(), stable=header == "ST")


def build(load: Load | None) -> bytes:
    """The line as a scale of 0.05 kg says it, 17 bytes."""
    if load is None:
        return b"OL,+99999.99 kg\r\n"
    header = "US" if load.stable is False else "ST"
    return f"{header},{load.weight:+09.2f}{load.unit:>3}\r\n".encode("ascii")


def build_long(load: Load) -> bytes:
    """The longer sibling of the same line."""
    header = "US" if load.stable is False else "ST"
    sign = "-" if load.weight < 0 else "+"
    return f"{header},GS,{sign}{abs(load.weight):7.2f}{load.unit}\r\n".encode("ascii")
