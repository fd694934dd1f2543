"""What must not be found: names, numbers and values of those who came, in every spelling a disk may keep.

A canary is at least five bytes long, so that sealed bytes do not hold one by chance. Only synthetic people.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from health.visit import Visit

SHORTEST = 5
SHORTEST_FRAME = 8
"""Bytes below which what an instrument said is too short to be told from chance."""


class Of(StrEnum):
    """What a canary is of. The report names this and never the words themselves."""

    NAME = "a name"
    NUMBER = "an identity number"
    TELEPHONE = "a telephone number"
    VALUE = "a value"
    FRAME = "what an instrument said"


@dataclass(frozen=True, slots=True)
class Canary:
    """``raw`` as it stands in memory; ``of`` what it is."""

    of: Of
    raw: bytes

    def spellings(self) -> Iterator[bytes]:
        """UTF-8, GBK, UTF-16LE, escaped in JSON, in hex, and in Base64 at each of its three offsets."""
        yield self.raw
        yield self.raw.hex().encode()
        yield from _in_base64(self.raw)
        try:
            text = self.raw.decode()
        except UnicodeDecodeError:
            return
        yield text.encode("utf-16-le")
        yield text.encode("gb18030")
        yield text.encode("ascii", "backslashreplace")


def canaries_of(visit: Visit, telephone: str = "") -> frozenset[Canary]:
    """All that this visit holds of its person."""
    person = visit.resident
    words = {Of.NAME: person.name, Of.NUMBER: person.identity, Of.TELEPHONE: telephone or person.phone}
    found = {Canary(of, text.encode()) for of, text in words.items() if text}
    for seen in visit.observations:
        found.add(Canary(Of.VALUE, f'"{seen.value}"'.encode()))
        found.add(Canary(Of.VALUE, f"{seen.value} {seen.unit}".encode()))
        frames = (sample.frame for sample in seen.samples if sample.frame)
        found |= {Canary(Of.FRAME, frame) for frame in frames if len(frame) >= SHORTEST_FRAME}
    return frozenset(one for one in found if len(one.raw) >= SHORTEST)


def spelled(canaries: Iterable[Canary]) -> dict[bytes, Of]:
    """Every spelling of every canary and what it is of."""
    return {spelling: canary.of for canary in canaries for spelling in canary.spellings()}


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """The letters that do not depend on what stands before and after."""
    for before in range(3):
        letters = base64.b64encode(bytes(before) + raw)
        first, last = (0, 2, 3)[before], len(letters) - (4 if (before + len(raw)) % 3 else 0)
        if last - first >= 6:
            yield letters[first:last]
