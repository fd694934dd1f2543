"""ASTM E1394 / CLSI LIS02-A2 records: text into fields by the delimiters that the header declares.

What a result means for a visit is ``astm_results``' affair.
Source: LIS02-A2; field numbers below are the standard's, counted from 1.
"""

import re

import msgspec

from devices.reading import Confidential
from devices.session import Reason, RefusedError

_ESCAPE_LETTERS = "FSRE"


class Delimiters(msgspec.Struct, frozen=True):
    """Between fields, repeats and components; and around escapes."""

    field: str = "|"
    repeat: str = "\\"
    component: str = "^"
    escape: str = "&"


class RecordLine(Confidential, msgspec.Struct, frozen=True):
    """One record: its letter, its fields as they came, its bytes. No ``repr``: P records name a person."""

    letter: str
    fields: tuple[str, ...]
    delimiters: Delimiters
    raw: bytes

    def field(self, number: int) -> str:
        """Field by the standard's number, unescaped, stripped; empty where missing."""
        return self._plain(self._field(number))

    def component(self, number: int, part: int) -> str:
        """Component ``part`` (from 1) of the first repeat of a field."""
        repeat = self._field(number).split(self.delimiters.repeat)[0]
        parts = repeat.split(self.delimiters.component)
        return self._plain(parts[part - 1]) if part <= len(parts) else ""

    def repeats(self, number: int) -> tuple[str, ...]:
        """Every repeat of a field."""
        return tuple(self._plain(text) for text in self._field(number).split(self.delimiters.repeat))

    def _field(self, number: int) -> str:
        return self.fields[number - 1] if number <= len(self.fields) else ""

    def _plain(self, text: str) -> str:
        marks = self.delimiters
        meant = dict(
            zip(_ESCAPE_LETTERS, (marks.field, marks.component, marks.repeat, marks.escape), strict=True)
        )
        sign = re.escape(marks.escape)
        pattern = re.compile(f"{sign}(?:([FSRE])|X([0-9A-Fa-f]{{2}})){sign}")
        return pattern.sub(
            lambda found: meant[found[1]] if found[1] else chr(int(found[2], 16)), text
        ).strip()


def split(text: bytes, encoding: str = "latin-1") -> tuple[RecordLine, ...]:
    """The records of one message, header first. Raises ``RefusedError`` (shape)."""
    lines = [line for line in re.split(rb"[\r\n]+", text) if line]
    if not lines:
        raise RefusedError(Reason.SHAPE)
    delimiters = _declared(lines[0].decode(encoding, "replace"))
    return tuple(_record(line, line.decode(encoding, "replace"), delimiters) for line in lines)


def _declared(header: str) -> Delimiters:
    if not re.match(r"[Hh][^\w\s][^\w\s]{3}", header):
        raise RefusedError(Reason.SHAPE)
    marks = header[1:5]
    if len(set(marks)) != len(marks):
        raise RefusedError(Reason.SHAPE)
    return Delimiters(*marks)


def _record(raw: bytes, line: str, delimiters: Delimiters) -> RecordLine:
    fields = line.split(delimiters.field)
    return RecordLine(fields[0].strip().upper(), tuple(fields), delimiters, raw)
