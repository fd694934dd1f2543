"""The streets of a district: which station stands in which, and the board of one street alone.

A district is a tenant, and a street is a name that its stations share: there is one as soon as a station is
placed in it, and none once the last one has left.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.district import Now
from clinic.errors import ClinicError
from clinic.fleet import Facts
from clinic.roster_cells import plain
from clinic.store import audit
from clinic.store.board import figures
from clinic.store.stations import place_station
from clinic.store.store import Transaction
from clinic.store.waiting import counts
from health.assessment import Level

LONGEST = 64


class StreetError(ClinicError):
    """A street or a station that cannot be."""


def place(clinic: Clinic, station: str, street: str, who: str) -> str:
    """Put a station into a street; an empty name: into none. Returns the name. Raises ``StreetError``."""
    name, tenant = plain(street), clinic.settings.tenant
    if len(name) > LONGEST or not name.isprintable():
        raise StreetError(f"A street may have {LONGEST} characters.")
    with clinic.store.writing() as connection:
        if not place_station(connection, tenant, station, name):
            raise StreetError(f"There is no station {station}; clinic stations lists them.")
        audit.note(connection, tenant, who, "station placed", station[:64], clinic.now())
    return name


def streets_of(fleet: Iterable[Facts]) -> tuple[str, ...]:
    """The streets that stations stand in, by name."""
    return tuple(sorted({one.street for one in fleet if one.street}))


def in_street(connection: Transaction, tenant: str, now: Now, street: str) -> Now:
    """How one street stands; what cannot be told of a street alone is not compared."""
    fleet = tuple(one for one in now.fleet if one.street == street)
    ids = {one.id for one in fleet}
    alarms = tuple(one for one in now.alarms if one.station in ids)
    return replace(
        now,
        fleet=fleet,
        visits={station: many for station, many in now.visits.items() if station in ids},
        usual=(),
        alarms=alarms,
        tasks=figures(connection, tenant, int(Level.NOW), now.at, ids),
        aside=counts(connection, tenant, street).waiting,
        forward=(),
    )
