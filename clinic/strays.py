"""Results without a person that a station could not open any more after it lost its power: for people to see.

Staff of the station still have the line (instrument and time) and may know whose it was. They are opened only
to be shown; nothing is filed here by itself.
"""

from datetime import datetime

import msgspec

from clinic.clinic import Clinic
from clinic.pages.saying import Saying
from clinic.store.envelopes import envelopes_without_visit
from devices.reading import Confidential
from health.envelope import Envelope, unsealed
from health.errors import HealthError
from health.unclaimed import Unclaimed, read


class Stray(Confidential, msgspec.Struct, frozen=True):
    """One result. ``specimen`` is the number the instrument said, empty where it said none."""

    when: str
    station: str
    instrument: str
    specimen: str
    values: str
    why: str


def strays(clinic: Clinic, saying: Saying, now: datetime) -> tuple[Stray, ...]:
    """The latest of them, newest first."""
    with clinic.store.reading() as connection:
        kept = envelopes_without_visit(connection, clinic.settings.tenant)
    found = (_opened(clinic, Envelope.from_bytes(raw)) for raw in kept)
    return tuple(_stray(one, saying, now) for one in found if one is not None)


def _opened(clinic: Clinic, envelope: Envelope) -> Unclaimed | None:
    """What was in it. Whose it is was proven when it was filed, by a key that may be replaced since."""
    try:
        return read(unsealed(envelope, clinic.keys.working, *clinic.keys.retired))
    except HealthError:
        return None


def _stray(one: Unclaimed, saying: Saying, now: datetime) -> Stray:
    values = (f"{saying.quantity(o.quantity)} {saying.value(o)} {saying.unit(o)}" for o in one.observations)
    return Stray(
        when=saying.moment(one.heard_at, now),
        station=one.station.name or one.station.id,
        instrument=one.instrument.spoken,
        specimen=one.specimen or "",
        values=saying.text("clinic.comma").join(values),
        why=saying.text(f"unclaimed.why.{one.why}"),
    )
