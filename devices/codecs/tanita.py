"""Tanita's result line: ``{0,16,~0,1,~1,1,~2,1,key,value,…,CS,hh``, some with a closing ``}``, and CR LF.

Keys are case-sensitive (``FW`` fat per cent, ``fW`` fat in kg) and their order varies, so a line is read by
key and never by position. CS is the sum of every byte from ``{`` to the comma before it, modulo 256.
Source: manuals SC-240 p. 24, SC-330 p. 46-47, WB-3000 p. 10, BD-815U; the checksum from public frames.
"""

import re
from datetime import datetime
from decimal import Decimal

import msgspec

from devices.blanking import lines
from devices.codecs.cuff import civil_time
from devices.codecs.load import Load
from devices.codecs.numbers import HEIGHT_CM, WEIGHT_KG, fence, plain
from devices.framing import Cut, Frame, Kind, Look
from devices.session import Reason, RefusedError

LIMIT = 2048
"""Longest line, bytes; a segmental line of an MC-980 has under 1200."""

FAT_PERCENT = fence("1", "75")
"""The range of Tanita's body-fat displays."""

RODS = frozenset({"WB-3000"})
"""Models whose height is measured by their own rod; on all others it was typed in and is no measurement."""

_VALUE = r"\"[ -!#-~]*\"|[^,\"{}]*"
_LINE = re.compile(rf"(\{{0,16,(?:~\d,1,){{0,4}})((?:[A-Za-z]{{2}},(?:{_VALUE}),)+)CS,([0-9A-F]{{2}})\}}?")
_PAIR = re.compile(rf"([A-Za-z]{{2}}),({_VALUE}),")
_INSIDE = re.compile(rb"\{[\x20-\x7a\x7c-\x7e]*")
_ANSWER = re.compile(rb"[!-z]{0,32}")
_HEX = re.compile(rb"[0-9A-F]{2}")
_ID = re.compile(rb",ID,(\"[^\"]*\"|[^,]*)")


class Weighed(msgspec.Struct, frozen=True):
    """One measurement: the load; fat in per cent; height in cm where a rod measured it; civil time."""

    load: Load
    fat: Decimal | None = None
    height: Decimal | None = None
    taken: datetime | None = None


class NotNormal(msgspec.Struct, frozen=True):
    """The scale itself calls the measurement not normal; ``status`` is its own number."""

    status: str


def tanita_look(*, answers: bool) -> Look:
    """Lines from ``{`` to a line end, cut off by anything not printable; with ``answers`` short lines too."""

    def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
        if held[0] in b"\r\n":
            return Cut(Kind.SKIP, 1)
        if held[:1] == b"{":
            return _look_at(_INSIDE, LIMIT, held)
        if answers and not after_junk and _ANSWER.match(held[:1]):
            return _look_at(_ANSWER, 32, held)
        places = [held.find(mark) for mark in (b"{", b"\r", b"\n")]
        return Cut(Kind.JUNK, min((place for place in places if place >= 0), default=len(held)))

    return look


def _look_at(shape: re.Pattern[bytes], limit: int, held: bytes) -> Cut | None:
    inside = shape.match(held)
    stop = min(len(inside[0]) if inside else 1, limit)
    if stop == limit:
        return Cut(Kind.JUNK, 1)
    if stop == len(held):
        return None
    return Cut(Kind.FRAME if held[stop] in b"\r\n" else Kind.JUNK, max(1, stop))


def parse(frame: Frame) -> Weighed | NotNormal:
    """What the line says. Raises ``RefusedError`` (shape, checksum, unit, range, date)."""
    found = _LINE.fullmatch(frame.data.decode("latin-1"))
    if found is None:
        raise RefusedError(Reason.SHAPE)
    if checksum((found[1] + found[2]).encode("latin-1")) != int(found[3], 16):
        raise RefusedError(Reason.CHECKSUM)
    pairs = _PAIR.findall(found[2])
    said = {key: value.strip('"').strip() for key, value in pairs}
    if len(said) != len(pairs):
        raise RefusedError(Reason.SHAPE)
    if said.get("St", "0") != "0":
        return NotNormal(said["St"])
    fat = None if "FW" not in said else FAT_PERCENT.check(plain(said["FW"]))
    return Weighed(_load(said), fat, _height(said), _taken(said))


def _load(said: dict[str, str]) -> Load:
    for key, unit in (("Wk", "kg"), ("Wp", "lb")):
        if key in said:
            load = Load(plain(said[key]), unit, stable=True)
            WEIGHT_KG.check(load.kg)
            return load
    raise RefusedError(Reason.UNIT if "Wg" in said else Reason.NO_VALUE)


def _height(said: dict[str, str]) -> Decimal | None:
    if "Hm" not in said or said.get("MO") not in RODS:
        return None
    return HEIGHT_CM.check(plain(said["Hm"]))


def _taken(said: dict[str, str]) -> datetime | None:
    day, hour = said.get("Da", said.get("DT")), said.get("TI", said.get("Ti"))
    if day is None or hour is None:
        return None
    form = "%d/%m/%Y %H:%M:%S" if hour.count(":") > 1 else "%d/%m/%Y %H:%M"
    return civil_time(f"{day} {hour}", form)


def checksum(data: bytes) -> int:
    """Sum of all bytes, modulo 256."""
    return sum(data) % 256


def blanked(data: bytes) -> bytes:
    """The line with the person's number overwritten by spaces; a good checksum stays good, a wrong wrong."""
    covered = _ID.sub(lambda found: b",ID," + b" " * len(found[1]), data)
    start, counted = data.find(b"{"), data.rfind(b"CS,")
    said = data[counted + 3 : counted + 5]
    if covered == data or start < 0 or counted < 0 or not _HEX.fullmatch(said):
        return covered
    moved = checksum(covered[start:counted]) - checksum(data[start:counted])
    said = f"{(int(said, 16) + moved) % 256:02X}".encode("ascii")
    return covered[: counted + 3] + said + covered[counted + 5 :]


_WIRE = re.compile(_LINE.pattern.encode("ascii") + rb"|[MDGE]\d?!?|[@!]")
blank = lines(_WIRE, blanked)
"""The short answers of PC mode name nobody and stay."""


def build(pairs: tuple[tuple[str, str], ...], *, brace: bool = False) -> bytes:
    """The line with its checksum and CR LF; text values come with their quotes."""
    body = "{0,16,~0,1,~1,1,~2,1," + "".join(f"{key},{value}," for key, value in pairs)
    end = "}" if brace else ""
    return f"{body}CS,{checksum(body.encode('ascii')):02X}{end}\r\n".encode("ascii")
