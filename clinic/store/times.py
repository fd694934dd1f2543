"""When the boots of stations began by the clinic's clock, and which visits were sealed with a wrong one.

Rows only. What a time is worked out from stands in ``clinic.truetime``.
"""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select, update

from clinic.store.tables import ENVELOPE, STATION, VISIT
from clinic.store.visits import take_turn, time_of_turn
from devices.reading import Confidential


class Untimed(Confidential, msgspec.Struct, frozen=True):
    """A visit whose envelope was sealed while the station's clock was not to be trusted.

    ``wall`` is what that clock said, ``monotonic_ms`` how long its boot was ago; ``measured_at`` is what
    holds at the clinic so far.
    """

    visit: str
    record: bytes
    wall: str
    monotonic_ms: int
    measured_at: str


def boot_of(connection: Connection, tenant: str, station: str) -> tuple[str, int | None]:
    """The boot in which that station was heard last, and when it began, in ms since 1970; None: not known."""
    asked = select(STATION.c.boot, STATION.c.booted_ms).where(
        STATION.c.tenant == tenant, STATION.c.id == station
    )
    boot, began = connection.execute(asked).one()
    return str(boot), None if began is None else int(began)


def untimed(connection: Connection, tenant: str, station: str, boot: str) -> tuple[Untimed, ...]:
    """The visits of one boot that were sealed with a wrong clock."""
    sealed = (
        ENVELOPE.c.tenant == tenant,
        ENVELOPE.c.station == station,
        ENVELOPE.c.boot == boot,
        ENVELOPE.c.clock_trusted.is_(False),
    )
    held = (VISIT.c.tenant == ENVELOPE.c.tenant, VISIT.c.id == ENVELOPE.c.visit)
    columns = (VISIT.c.id, VISIT.c.record, ENVELOPE.c.wall, ENVELOPE.c.monotonic_ms, VISIT.c.measured_at)
    asked = select(*columns).join_from(ENVELOPE, VISIT, (held[0]) & (held[1])).where(*sealed)
    rows = connection.execute(asked.order_by(ENVELOPE.c.sequence))
    return tuple({row[0]: Untimed(*row) for row in rows}.values())


def set_time(
    connection: Connection, tenant: str, visit: str, measured_at: str, civil_date: str, now: datetime
) -> None:
    """From now on that visit was then; whoever reads the changes hears of it."""
    (place,) = take_turn(connection, tenant, 1)
    fresh = {
        "measured_at": measured_at,
        "civil_date": civil_date,
        "place_in_feed": place,
        "received_at": time_of_turn(connection, tenant, now),
    }
    connection.execute(update(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.id == visit).values(fresh))
