"""How each station stands, from what it says of itself and from when the clinic heard it.

It opens station reports, follows where their trails end, and says what is due. It judges no instrument: the
station did, and the report carries what it found.
"""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.store.envelopes import saw_station
from clinic.store.fleet import (
    Head,
    KeptReport,
    keep_head,
    keep_report,
    last_arrivals,
    quarantined_by_station,
    reports,
    trails_parted,
)
from clinic.store.stations import EnrolledStation, StationState, stations_in
from clinic.store.store import Transaction
from health.envelope import Header
from health.errors import HealthError
from health.station_report import QuantityReport, StationReport, read_report

ONLINE = timedelta(minutes=15)
"""Within this a station was heard lately: it speaks every 5 minutes, and one may be lost on the way."""
SILENT = timedelta(hours=24)
"""Beyond this nobody can say any more how the station stands."""
DRIFT = timedelta(minutes=2)
"""A clock that is further off is told to staff."""
SOON = timedelta(days=14)
"""How long before a calibration or a control ends it is told."""


PAPER_FINE = "ready"
"""What a station says of a printer that prints."""


class Light(StrEnum):
    """How long a station has not been heard."""

    ONLINE = "online"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"
    REVOKED = "revoked"


class Facts(msgspec.Struct, frozen=True):
    """One station. What its latest report says is None before the first one came.

    ``unsent`` and ``refused`` are counts of its envelopes, ``oldest_unsent`` when the first of them was kept,
    ``unsent`` None too where visits came after the report was made;
    ``quarantined`` those that the clinic set aside. ``drift`` is how far its clock is behind the clinic's.
    ``resting`` are the quantities that no instrument may measure just now, ``due`` the first moment at which
    one will rest. ``paper`` is a word of the printer's state. ``trail_parted``: its trail of staff actions
    does not go on from what it told before, or did not hold when it was followed.
    """

    id: str
    name: str
    street: str
    light: Light
    last_seen: datetime | None
    quarantined: int
    drift: timedelta | None
    clock_trusted: bool | None
    trail_parted: bool
    unsent: int | None = None
    refused: int | None = None
    oldest_unsent: datetime | None = None
    reported_at: datetime | None = None
    made_at: datetime | None = None
    software: str | None = None
    resting: tuple[str, ...] = ()
    due: datetime | None = None
    paper: str | None = None

    def drifts(self) -> bool:
        """Whether its clock is too far off, or it says so itself."""
        return self.clock_trusted is False or (self.drift is not None and abs(self.drift) > DRIFT)

    def paper_amiss(self) -> bool:
        """Whether somebody should look at its printer; one that has none asks for nobody."""
        return self.paper not in {None, PAPER_FINE, "none"}

    def due_soon(self, now: datetime) -> bool:
        """Whether a calibration or a control ends before long, or has ended."""
        return self.due is not None and self.due - now <= SOON


def take_report(connection: Transaction, header: Header, content: bytes, key: str, now: datetime) -> bool:
    """File what the station with that verify key says of itself. Raises ``HealthError`` for no report.

    Returns whether it is the newest of that station.
    """
    trail = read_report(content).trail
    newest = keep_report(
        connection,
        KeptReport(header.tenant, header.station, header.sequence, now.isoformat(), content),
    )
    keep_head(
        connection,
        Head(
            tenant=header.tenant,
            station=header.station,
            verify_key=key,
            number=trail.number,
            hash=trail.hash,
            sequence=header.sequence,
            told_at=now.isoformat(),
            parted=trail.broken_at is not None,
        ),
    )
    return newest


def take_passing_report(
    connection: Transaction, header: Header, content: bytes, key: str, now: datetime
) -> bool:
    """File a report that says all that the one before it said, and keep none of them as an envelope.

    Returns whether it is the newest; an older one that comes again is no sign of life.
    """
    newest = take_report(connection, header, content, key, now)
    if newest:
        saw_station(connection, header, now)
    return newest


def fleet_of(clinic: Clinic, connection: Transaction) -> tuple[Facts, ...]:
    """The facts of every station of ``clinic`` as of now, those that may send first."""
    tenant = clinic.settings.tenant
    aside = quarantined_by_station(connection, tenant)
    return facts_of(connection, stations_in(connection, tenant), aside, tenant, clinic.now())


def facts_of(
    connection: Transaction,
    stations: tuple[EnrolledStation, ...],
    quarantined: dict[str, int],
    tenant: str,
    now: datetime,
) -> tuple[Facts, ...]:
    """The facts of each of ``stations``, in their order."""
    said = {one.station: one for one in reports(connection, tenant)}
    parted, came = trails_parted(connection, tenant), last_arrivals(connection, tenant)
    facts = (_facts(one, said.get(one.id), quarantined.get(one.id, 0), parted, now) for one in stations)
    return tuple(_without_stale_counts(one, came.get(one.id)) for one in facts)


def _facts(
    station: EnrolledStation,
    kept: KeptReport | None,
    quarantined: int,
    parted: frozenset[tuple[str, str]],
    now: datetime,
) -> Facts:
    seen = None if station.last_seen is None else datetime.fromisoformat(station.last_seen)
    alone = Facts(
        id=station.id,
        name=station.name,
        street=station.street,
        light=_light(station, seen, now),
        last_seen=seen,
        quarantined=quarantined,
        drift=None if station.drift_ms is None else timedelta(milliseconds=station.drift_ms),
        clock_trusted=station.clock_trusted,
        trail_parted=(station.id, station.verify_key) in parted,
    )
    report = _read(kept)
    return alone if report is None or kept is None else _with_report(alone, report, kept)


def _with_report(facts: Facts, report: StationReport, kept: KeptReport) -> Facts:
    asked = [one for instrument in report.instruments for one in instrument.quantities if one.asked]
    return replace(
        facts,
        unsent=report.waiting,
        refused=report.refused,
        oldest_unsent=report.oldest,
        reported_at=datetime.fromisoformat(kept.received_at),
        made_at=report.at + (facts.drift or timedelta(0)),
        software=report.software,
        resting=tuple(sorted({str(one.quantity) for one in asked if one.state == "rests"})),
        due=_due(asked),
        paper=report.paper,
    )


def _without_stale_counts(facts: Facts, came: str | None) -> Facts:
    """What waits there is not known any more once visits came that the report may have counted."""
    if came is None or facts.made_at is None or datetime.fromisoformat(came) <= facts.made_at:
        return facts
    return replace(facts, unsent=None, oldest_unsent=None)


def _due(asked: list[QuantityReport]) -> datetime | None:
    return min((one.until for one in asked if one.until is not None), default=None)


def _light(station: EnrolledStation, seen: datetime | None, now: datetime) -> Light:
    if station.state is StationState.REVOKED:
        return Light.REVOKED
    if seen is None:
        return Light.NEVER
    if now - seen <= ONLINE:
        return Light.ONLINE
    return Light.LATE if now - seen <= SILENT else Light.SILENT


def _read(kept: KeptReport | None) -> StationReport | None:
    """The report, None where there is none or this software cannot read it any more."""
    if kept is None:
        return None
    try:
        return read_report(kept.content)
    except HealthError:
        return None
