"""Makes the envelopes of this station and opens today's again.

What is shared is sealed to the clinic's working and recovery keys and to the day key; a guest's to the day
key alone. It knows keys and headers; it must not keep, send or judge anything.
"""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from devices.reading import Confidential
from health.amendment import Amendment
from health.amendment import write as write_amendment
from health.envelope import DoesNotOpen, Envelope, Header, Kind, NotSignedBy, open_envelope, seal
from health.ids import new_id
from health.keys import PublicKey, SigningKey
from health.record import Record, read, write
from health.unclaimed import Unclaimed
from health.unclaimed import write as write_unclaimed
from kiosk.daykey import DayKey
from kiosk.stationtime import Moment

GUEST_SEQUENCE = 0


class Identity(Confidential, msgspec.Struct, frozen=True):
    """Who this station is on the wire, whom it seals to (working and recovery key), and its own key."""

    tenant: str
    station: str
    demo: bool
    to: tuple[PublicKey, ...]
    key: SigningKey


class Seal:
    """The station's seal. ``now`` is asked for every envelope; ``zone`` says when the day key turns."""

    def __init__(self, identity: Identity, day: DayKey, now: Callable[[], Moment], zone: str) -> None:
        self._identity = identity
        self._day = day
        self._now = now
        self._zone = ZoneInfo(zone)
        self._visit: UUID | None = None

    def visit(
        self, record: Record, sequence: int, *, kind: Kind = Kind.VISIT, begins: bool = True
    ) -> Envelope:
        """A visit, or an alarm of it, for the clinic. Without ``begins`` it is no visit that begins now."""
        visit, incomplete = record.visit.id, record.visit.incomplete
        return self._made(write(record), kind, visit, sequence, incomplete=incomplete, begins=begins)

    def guest(self, record: Record) -> Envelope:
        """A visit for nobody but this station, today."""
        visit, incomplete = record.visit.id, record.visit.incomplete
        return self._made(
            write(record), Kind.VISIT, visit, GUEST_SEQUENCE, incomplete=incomplete, share=False
        )

    def report(self, content: bytes, sequence: int) -> Envelope:
        """A report of the station about itself."""
        return self._made(content, Kind.STATION, None, sequence)

    def amendment(self, amendment: Amendment, sequence: int) -> Envelope:
        """A correction of a visit, for the clinic."""
        return self._made(write_amendment(amendment), Kind.AMENDMENT, amendment.visit, sequence, begins=False)

    def unclaimed(self, result: Unclaimed, sequence: int) -> Envelope:
        """A result without a person: an amendment of no visit, until somebody says of which."""
        return self._made(write_unclaimed(result), Kind.AMENDMENT, None, sequence, begins=False)

    def open(self, envelope: Envelope) -> Record | None:
        """A record of today, None where its key is gone or it is not this station's, whole."""
        content = self.content(envelope)
        return None if content is None else read(content)

    def content(self, envelope: Envelope) -> bytes | None:
        """What was sealed today, None where its key is gone or it is not this station's, whole.

        The clinic, which gets it as it is, tells one from the other.
        """
        secret = self._day.secret
        if secret is None:
            return None
        try:
            return open_envelope(envelope, secret, self._identity.key.verify_key())
        except (DoesNotOpen, NotSignedBy):
            return None

    def _made(
        self,
        content: bytes,
        kind: Kind,
        visit: UUID | None,
        sequence: int,
        *,
        incomplete: bool = False,
        share: bool = True,
        begins: bool = True,
    ) -> Envelope:
        moment, who = self._now(), self._identity
        header = Header(
            kind=kind,
            id=new_id(int(moment.wall.timestamp() * 1000)),
            visit=visit,
            tenant=who.tenant,
            station=who.station,
            sequence=sequence,
            boot=moment.boot,
            monotonic_ms=moment.monotonic_ms,
            wall=moment.wall,
            clock_trusted=moment.trusted,
            demo=who.demo,
            incomplete=incomplete,
        )
        day = self._day_key(visit if begins else None, moment)
        return seal(content, header, (*who.to, day) if share else (day,), who.key)

    def _day_key(self, visit: UUID | None, moment: Moment) -> PublicKey:
        secret = self._day.secret
        if secret is None or visit not in (None, self._visit):
            secret = self._day.begin_visit(moment.wall.astimezone(self._zone), moment.monotonic_ms / 1000)
            self._visit = visit
        return secret.public()
