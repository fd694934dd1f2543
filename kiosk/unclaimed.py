"""What the desk does with results without a person: keep, list, take off the list, give a meter back.

Filing one to a visit is a correction (``kiosk.corrections``). A power cut takes the day key: then the line
(instrument and time) is still listed, and the sealed values go out to the clinic, which alone can open them.
Where a staff member acts, ``by`` is their id, and the line in the trail is written with the act.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from msgspec.structs import replace

from devices.reading import Confidential
from health.unclaimed import Unclaimed, read
from health.visit import Observation
from kiosk.jobs import Job, Office
from kiosk.staff_events import (
    MeterReleased,
    NotCorrected,
    UnclaimedGone,
    UnclaimedKept,
    UnclaimedLine,
    UnclaimedListed,
)
from kiosk.store.shelf import OnShelf
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import allowed, note

TROUBLE = "say.correction.trouble"
ONE_SAMPLE = timedelta(seconds=60)
"""How long after the first of its values an instrument may still say more of the same sample."""


class Discard(StrEnum):
    """Why staff take a result off the list. Words are ``unclaimed.discard.…``."""

    CONTROL = "control"
    STORED = "stored"
    NOBODY = "nobody"
    GUEST = "guest"


class KeepUnclaimed(Confidential, Job[UUID], frozen=True):
    """Keep a result that entered no visit, with what was heard of the same sample a moment ago."""

    result: Unclaimed

    def do(self, office: Office) -> UUID:
        """Seal and keep; the values so far of one sample lie in one envelope."""
        known, result = None, self.result
        for item in office.ledger.shelf.all():
            before = opened(office, item)
            if before is not None and _same_sample(before, result):
                known = item.id
                result = replace(result, heard_at=before.heard_at, observations=_joined(before, result))
                break
        envelope = office.seal.unclaimed(result, office.ledger.next_sequence())
        office.ledger.shelf.put(envelope, result.instrument.id, result.heard_at, instead_of=known)
        office.tell(UnclaimedKept(envelope.header.id))
        return envelope.header.id


class ListUnclaimed(Job[tuple[UnclaimedLine, ...]], frozen=True):
    """The results without a person, newest first; told as ``UnclaimedListed``."""

    def do(self, office: Office) -> tuple[UnclaimedLine, ...]:
        """Open what can be opened."""
        lines = tuple(_line(office, item) for item in office.ledger.shelf.all())
        office.tell(UnclaimedListed(lines))
        return lines

    def sorry(self, wrong: Exception) -> NotCorrected:
        """No list."""
        return NotCorrected(TROUBLE)


class DiscardResult(Job[None], frozen=True):
    """Take ``result`` off the list: it is nobody's, or no result. Told as ``UnclaimedGone``."""

    result: UUID
    reason: Discard
    by: str

    def do(self, office: Office) -> None:
        """Overwrite it and note who did."""
        allowed(office, self.by, Act.CORRECT)
        with office.ledger.together():
            office.ledger.shelf.take({self.result})
            note(office, self.by, Act.CORRECT, f"result:{self.result}", f"discard:{self.reason}")
        office.tell(UnclaimedGone(self.result))

    def sorry(self, wrong: Exception) -> NotCorrected:
        """It lies there still."""
        return NotCorrected(TROUBLE)


class ReleaseMeter(Job[None], frozen=True):
    """Give a meter back that a visit has taken, by the station's id of it. Told as ``MeterReleased``."""

    instrument: str
    by: str

    def do(self, office: Office) -> None:
        """Note who did; the attendant hears it and lets the meter go."""
        allowed(office, self.by, Act.BLOOD)
        note(office, self.by, Act.BLOOD, self.instrument, "release")
        office.tell(MeterReleased(self.instrument))

    def sorry(self, wrong: Exception) -> NotCorrected:
        """It stays taken until it says something or its time is over."""
        return NotCorrected(TROUBLE)


def opened(office: Office, item: OnShelf) -> Unclaimed | None:
    """What lies there, None where the key of its day is gone."""
    content = None if item.envelope is None else office.seal.content(item.envelope)
    return None if content is None else read(content)


def send_what_stays_shut(office: Office) -> None:
    """Let results out to the clinic that nobody here can open any more."""
    shut = [i.id for i in office.ledger.shelf.all() if opened(office, i) is None]
    office.ledger.shelf.send(shut)


def _line(office: Office, item: OnShelf) -> UnclaimedLine:
    result = opened(office, item)
    if result is None:
        return UnclaimedLine(item.id, item.instrument, item.heard_at, None)
    return UnclaimedLine(
        item.id,
        item.instrument,
        item.heard_at,
        result.why,
        result.specimen,
        result.observations,
        result.visit,
    )


def _same_sample(one: Unclaimed, more: Unclaimed) -> bool:
    """Whether ``more`` is a further value of what ``one`` holds, by all that the instrument said of both."""
    said = {o.quantity for o in one.observations}
    return (
        (one.instrument.id, one.specimen, one.why, one.visit)
        == (more.instrument.id, more.specimen, more.why, more.visit)
        and _dated(one) == _dated(more)
        and timedelta(0) <= more.heard_at - one.heard_at <= ONE_SAMPLE
        and said.isdisjoint(o.quantity for o in more.observations)
    )


def _dated(result: Unclaimed) -> set[object]:
    return {sample.device_time for o in result.observations for sample in o.samples}


def _joined(one: Unclaimed, more: Unclaimed) -> tuple[Observation, ...]:
    return (*one.observations, *more.observations)
