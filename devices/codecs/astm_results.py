"""A whole LIS02 message into readings: which results may become a person's, and under which name.

Quality-control, training and preliminary results never do, an unknown code is told and never guessed. A value
off the instrument's scale keeps its comparator.
Source: LIS02-A2 records H.12, P.3, P.4, O.3, O.12, R.3-R.13, L.3; code names as analysers print them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from devices.codecs.astm_records import RecordLine, split
from devices.codecs.blood import UNITS, within
from devices.reading import Comparator, Quantity, Reading
from devices.session import Reason, RefusedError, Unread

CODES: Mapping[str, Quantity] = {
    **dict.fromkeys(("TC", "CHOL", "CHOL1", "CHOL2", "CHOLESTEROL"), Quantity.TOTAL_CHOLESTEROL),
    **dict.fromkeys(("HDL", "HDL-C", "HDLC", "HDLC3", "HDLC4"), Quantity.HDL),
    **dict.fromkeys(("TG", "TG1", "TRIG", "TRIGL"), Quantity.TRIGLYCERIDES),
    **dict.fromkeys(("LDL", "LDL-C", "LDLC", "LDLC3"), Quantity.LDL),
    **dict.fromkeys(("GLU", "GLUC", "GLUCOSE"), Quantity.GLUCOSE),
}
"""The maker's test code (R.3, fourth component, upper case) to what it measures."""

_VALUE = re.compile(r"([<>])? *(\d{1,6}(?:\.\d{1,4})?(?:[Ee][+-]?\d)?)", re.ASCII)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:[+-]\d{4})?", re.ASCII)
_FINAL = ("F", "C", "V")
"""R.9: final, corrected, verified. A corrected result is filed like any other, by its ticket."""

_NORMAL_ENDS = ("", "N", "F")


class _Where(msgspec.Struct):
    """What stands above a result in the message."""

    processing: str = ""
    patient: str = ""
    specimen: str = ""
    control: bool = False


def results(
    text: bytes, at: int, codes: Mapping[str, Quantity], encoding: str
) -> tuple[Reading | Unread, ...]:
    """Every R record of one complete message, in order. ``at``: the message's offset in the stream."""
    try:
        lines = split(text, encoding)
        _check_end(lines)
    except RefusedError as error:
        return (Unread(error.reason, len(text), at, error.detail),)
    return tuple(_read(lines, at, codes))


def ended(text: bytes) -> bool:
    """Whether the message's last record is an L."""
    return re.search(rb"(?:^|[\r\n])[Ll][^\r\n]*[\r\n]*\Z", text) is not None


def _check_end(lines: tuple[RecordLine, ...]) -> None:
    if lines[-1].letter != "L":
        raise RefusedError(Reason.INCOMPLETE)
    if lines[-1].field(3).upper() not in _NORMAL_ENDS:
        raise RefusedError(Reason.ABORTED)


def _read(
    lines: tuple[RecordLine, ...], at: int, codes: Mapping[str, Quantity]
) -> Iterator[Reading | Unread]:
    where = _Where()
    for line in lines:
        if line.letter == "R":
            try:
                yield _reading(line, where, codes)
            except RefusedError as error:
                yield Unread(error.reason, len(line.raw), at, error.detail)
        else:
            _descend(where, line)


def _descend(where: _Where, line: RecordLine) -> None:
    if line.letter == "H":
        where.processing = line.field(12).upper()
    elif line.letter == "P":
        where.patient, where.specimen, where.control = line.field(3) or line.field(4), "", False
    elif line.letter == "O":
        where.specimen = line.component(3, 1)
        where.control = "Q" in line.repeats(12)


def _reading(line: RecordLine, where: _Where, codes: Mapping[str, Quantity]) -> Reading:
    if where.processing != "P" or where.control:
        raise RefusedError(Reason.NOT_PATIENT)
    code = line.component(3, 4) or line.component(3, 1)
    if code.upper() not in codes:
        raise RefusedError(Reason.UNKNOWN_CODE, code[:32])
    if line.field(9).upper() not in _FINAL:
        raise RefusedError(Reason.NOT_FINAL, code)
    kind = codes[code.upper()]
    comparator, value = _value(line)
    unit = UNITS.get(line.field(5).lower())
    if unit is None:
        raise RefusedError(Reason.UNIT, code)
    return Reading(
        kind,
        within(kind, value, unit),
        unit,
        comparator=comparator,
        device_time=_civil_time(line.field(13) or line.field(12)),
        specimen=where.specimen or where.patient or None,
        frame=line.raw,
    )


def _value(line: RecordLine) -> tuple[Comparator | None, Decimal]:
    found = _VALUE.fullmatch(line.field(4))
    if found is None:
        raise RefusedError(Reason.NO_VALUE, line.component(3, 4))
    signs = {sign for sign in (found[1], *line.repeats(7)) if sign in ("<", ">")}
    if len(signs) > 1:
        raise RefusedError(Reason.NO_VALUE, line.component(3, 4))
    return (Comparator(signs.pop()) if signs else None), Decimal(found[2])


def _civil_time(text: str) -> datetime | None:
    """The instrument's own clock; an offset it names is left off: ``device_time`` is civil."""
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        raise RefusedError(Reason.DATE)
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}")
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error
