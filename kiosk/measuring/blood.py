"""Whose blood: the ticket that binds a specimen number to this visit.

A result enters the visit only by its specimen number, from the analyser the ticket names, and only after
the ticket was made. Everything else is somebody else's result and is told as such. Pure.
"""

from dataclasses import dataclass
from datetime import datetime

from devices.reading import Reading
from health.visit import Observation, Sample

RUN_SECONDS = 125
"""What the analyser of the default station needs; shown as the time left, never used to decide anything."""
GIVE_UP_SECONDS = 600
"""After this long without a result the ticket is closed and the visit goes on without blood."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Visit and specimen belong together from ``made`` (monotonic seconds) on."""

    specimen: str
    instrument: str
    made: float

    def takes(self, instrument: str, reading: Reading, at: float) -> bool:
        """Whether ``reading``, heard at ``at`` on ``instrument``, is of this ticket's specimen."""
        return instrument == self.instrument and reading.specimen == self.specimen and at >= self.made


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
