"""Whose blood: the ticket that binds a sample to a visit.

An analyser that says a specimen's number is asked by that number; a meter that says none is itself taken by
the visit, and then only what it measured after the ticket was made counts. Everything else is somebody
else's result, and ``Why`` tells why. Pure.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from devices.events import Heard
from devices.reading import Reading
from health.unclaimed import Why
from health.visit import Observation, Sample

RUN_SECONDS = 125
"""What the analyser of the default station needs; shown as the time left, never used to decide anything."""
GIVE_UP_SECONDS = 600
"""After this long without a result the visit goes on without blood, and a meter it had taken is free."""
QUIET_SECONDS = 2.0
"""Real seconds of silence after a value until the sample has no more: an instrument says all in one go."""
MINUTE = timedelta(minutes=1)
"""A meter's clock counts minutes, and is one off before anybody sets it."""
LATEST = timedelta(days=1)
"""How long after its visit a specimen's number may still be answered: as long as the day key lives."""


class Ticket(msgspec.Struct, frozen=True):
    """Visit and sample belong together from ``made`` (monotonic seconds) on.

    ``specimen`` None: the instrument says no number and is itself taken. ``made_at`` is the station's civil
    time then, as an instrument's clock says it: without a zone. ``ahead`` is how far that clock is known to
    be ahead of the station's.
    """

    visit: UUID
    instrument: str
    specimen: str | None
    made: float
    made_at: datetime
    ahead: timedelta = timedelta(0)

    def objection(self, heard: Heard) -> Why | None:
        """Why ``heard`` is not of this ticket's sample, None where it is."""
        if heard.instrument != self.instrument:
            return Why.NO_TICKET
        if self.specimen is not None and heard.reading.specimen != self.specimen:
            return Why.OTHER_SPECIMEN
        if heard.at < self.made or (self.specimen is None and self._dated_before(heard.reading)):
            return Why.OLDER
        return None

    def _dated_before(self, reading: Reading) -> bool:
        """By the meter's own clock. A number was made with its ticket, so nothing older can carry it."""
        if reading.device_time is None:
            return False
        return reading.device_time - self.ahead < self.made_at.replace(second=0, microsecond=0) - MINUTE


class LateTicket(msgspec.Struct, frozen=True):
    """A ticket whose visit has closed. ``files``: the visit is kept, so its result can still be filed to it.

    ``heard`` is when (monotonic) a value of it last came, None before the first.
    """

    ticket: Ticket
    files: bool
    heard: float | None = None

    @property
    def holds(self) -> str | None:
        """The meter it has taken, None where a number says whose the result is."""
        return self.ticket.instrument if self.ticket.specimen is None else None


def specimen_number(day: datetime, sequence: int) -> str:
    """The number staff type into the analyser: station day and running number, at most 12 characters."""
    return f"K{day:%y%m%d}{sequence % 100000:05d}"


def observation_of(reading: Reading, at: datetime, instrument: str) -> Observation:
    """A blood value as the analyser said it; the comparator stays a comparator."""
    return Observation(
        quantity=reading.kind,
        value=reading.value,
        unit=reading.unit,
        comparator=reading.comparator,
        at=at,
        instrument=instrument,
        samples=(
            Sample(
                value=reading.value,
                unit=reading.unit,
                comparator=reading.comparator,
                at=at,
                device_time=reading.device_time,
                remarks=reading.remarks,
                frame=reading.frame,
            ),
        ),
    )
