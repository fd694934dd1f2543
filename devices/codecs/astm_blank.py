"""Which fields of ASTM records may name somebody, overwritten with the frame's checksum put right.

Patients, comments, queries and makers' records lose their text, an order its specimen and all that was
written about it, a result its operator. What a result says, of which test and when, stays. A record may go on
in the next frame and a frame may be said again, so the rule remembers where it stood.
"""

import re
from itertools import pairwise

import msgspec

from devices.blanking import Blank, masked
from devices.codecs.astm_frames import ENQ, ETB, STX, checksum

_FRAME = re.compile(rb"\x02([0-7])(.*)([\x03\x17])([0-9A-F]{2})", re.DOTALL)
_KEPT: dict[bytes, frozenset[int]] = {
    b"H": frozenset(range(2, 20)) - {4, 6, 8},
    b"P": frozenset({2}),
    b"O": frozenset({2, 5, 6, 7, 12, 16, 26}),
    b"R": frozenset(range(2, 20)) - {11},
    b"C": frozenset({2, 3, 5}),
    b"L": frozenset({2, 3}),
}
"""Fields that stay, by the record's letter, numbered as the standard does. Of any other record only 2."""

_ONLY_NUMBER = frozenset({2})


class _Place(msgspec.Struct, frozen=True):
    """Where in a record a frame begins: the record's letter, empty at its start, and the field."""

    letter: bytes = b""
    field: int = 1


class _Rule(msgspec.Struct):
    """``before``: where frame ``number`` began, for when it is said again; ``behind``: where it ended."""

    delimiter: bytes = b"|"
    number: bytes = b""
    before: _Place = _Place()
    behind: _Place = _Place()

    def blank(self, data: bytes) -> bytes:
        """One frame, or the control bytes between frames, which stay."""
        found = _FRAME.search(data)
        if found is None:
            if ENQ in data:
                self.number, self.behind = b"", _Place()
            return data if STX not in data else masked(data)
        number, text, end, said = found.groups()
        good = checksum(number + text + end) == said
        start = self.before if number == self.number else self.behind
        covered, stop = self._cover(text, start)
        if good:
            self.number, self.before = number, start
            self.behind = stop if end == ETB else _Place()
            said = checksum(number + covered + end)
        elif checksum(number + covered + end) == said:
            said = b"00" if said != b"00" else b"01"
        return data[: found.start()] + STX + number + covered + end + said + data[found.end() :]

    def _cover(self, text: bytes, place: _Place) -> tuple[bytes, _Place]:
        out = b""
        edges = [0, *(at.end() for at in re.finditer(rb"\r", text)), len(text)]
        for start, stop in pairwise(edges):
            record = text[start:stop]
            covered, place = self._record(record, place)
            out += covered
            place = _Place() if record.endswith(b"\r") else place
        return out, place

    def _record(self, text: bytes, place: _Place) -> tuple[bytes, _Place]:
        letter, number = place.letter, place.field
        if not letter:
            letter = text[:1].upper()
            if letter == b"H" and len(text) > 1:
                self.delimiter = text[1:2]
        kept = _KEPT.get(letter, _ONLY_NUMBER)
        fields = text.split(self.delimiter)
        said = [
            field if at == 1 or at in kept else masked(field) for at, field in enumerate(fields, start=number)
        ]
        return self.delimiter.join(said), _Place(letter, number + len(fields) - 1)


def blank() -> Blank:
    """The rule for one conversation."""
    return _Rule().blank
