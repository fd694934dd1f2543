"""The trail of what staff did: lines that are only ever added, each carrying the hash of the one before.

Pure. A changed, removed or inserted line breaks the chain at its place; a trail that was cut or written anew
from the first line on no longer fits the heads that the clinic has from earlier station reports. It must not
hold a resident: what concerns a visit says ``subject_of`` its id, which leads nowhere without the id itself.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from kiosk.upkeep.errors import TrailError

BEGINNING = hashlib.sha256(b"kangyi trail 1\n").digest()
"""What the first line carries in place of a line before it."""

DONE = "done"
REFUSED = "refused"


class Line(msgspec.Struct, frozen=True):
    """Who did what when, to what, and what came of it.

    ``number`` counts from 1 without a gap. ``at`` is RFC 3339 UTC as the clock said, ``clock_trusted``
    whether that was to be believed; ``boot`` and ``monotonic_ms`` order lines whatever the clock said.
    """

    number: int
    at: str
    clock_trusted: bool
    boot: UUID
    monotonic_ms: int
    who: str
    act: str
    subject: str
    result: str
    hash: bytes


class Head(msgspec.Struct, frozen=True):
    """Where a trail ends: how many lines, and the hash of the last. It travels in the station report."""

    number: int = 0
    hash: bytes = BEGINNING


class Trail(msgspec.Struct, frozen=True):
    """A trail that was followed. ``broken_at`` is the first line that does not fit, None where all do."""

    head: Head
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every line is as it was written."""
        return self.broken_at is None


def subject_of(visit: UUID) -> str:
    """How the trail names a visit: the first 16 hex digits of the SHA-256 of its id."""
    return "visit:" + hashlib.sha256(visit.bytes).hexdigest()[:16]


def next_line(
    head: Head,
    at: datetime,
    *,
    clock_trusted: bool,
    boot: UUID,
    monotonic_ms: int,
    who: str,
    act: str,
    subject: str,
    result: str,
) -> Line:
    """The line that goes on from ``head``."""
    open_line = Line(
        head.number + 1,
        at.isoformat(timespec="microseconds"),
        clock_trusted,
        boot,
        monotonic_ms,
        who,
        act,
        subject,
        result,
        b"",
    )
    return Line(*_columns(open_line), hash=hash_of(head.hash, open_line))


def hash_of(before: bytes, line: Line) -> bytes:
    """The hash of ``line`` behind the hash ``before``: SHA-256 over both, the line as one JSON array."""
    said = [str(one) if isinstance(one, UUID) else one for one in _columns(line)]
    return hashlib.sha256(before + json.dumps(said, separators=(",", ":")).encode()).digest()


def follow(lines: Iterable[Line]) -> Trail:
    """Follow a trail from its first line to its last or to the first that does not fit."""
    head = Head()
    for line in lines:
        if line.number != head.number + 1 or line.hash != hash_of(head.hash, line):
            return Trail(head, head.number + 1)
        head = Head(line.number, line.hash)
    return Trail(head)


def require_whole(trail: Trail) -> Head:
    """The head of a whole trail. Raises ``TrailError``."""
    if not trail.whole:
        raise TrailError(
            f"The trail of staff actions was altered at line {trail.broken_at}; tell the clinic."
        )
    return trail.head


def _columns(line: Line) -> tuple[int, str, bool, UUID, int, str, str, str, str]:
    return (
        line.number,
        line.at,
        line.clock_trusted,
        line.boot,
        line.monotonic_ms,
        line.who,
        line.act,
        line.subject,
        line.result,
    )
