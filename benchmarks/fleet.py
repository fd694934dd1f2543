"""A day of a district: stations with their own keys, links that fail, acknowledgements that are lost.

Time is simulated, everything else is the clinic's own: each envelope is sealed, signed, checked, opened and
filed. Every quarter of an hour the board is held against what has reached the clinic by then. At the end each
visit must be there once, and the worklist must call for whoever was in danger and for nobody else.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from msgspec import structs
from msgspec.structs import replace

from benchmarks.measure import Figure
from clinic.clinic import Clinic
from clinic.district import Now, standing
from clinic.intake import take_in_all
from clinic.keyring import keys_of
from clinic.settings import ClinicSettings
from clinic.store.stations import EnrolledStation, StationState, let_in
from clinic.store.store import open_store
from clinic.store.tasks import open_tasks
from health.assessment import Level
from health.envelope import Kind
from health.station_report import write_report
from tests.clinic.stations import A_REPORT, SHEN, FakeStation, visit_of

MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
STEP = timedelta(minutes=15)
_AT_ONCE = 50
_TAKEN = {200, 201}


@dataclass(slots=True)
class Day:
    """What was made, what came of it, and how often the board was wrong when it was looked at.

    Visits by their ids; ``came`` are those of which anything has reached the clinic.
    """

    made: set[str] = field(default_factory=set)
    urgent: set[str] = field(default_factory=set)
    came: set[str] = field(default_factory=set)
    sent: int = 0
    refused: int = 0
    wrong_looks: int = 0
    looks: int = 0
    stored: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sealed:
    visit: str
    body: bytes


@dataclass(slots=True)
class _Kiosk:
    """``said`` is how many envelopes waited when the clinic was last told."""

    own: FakeStation
    away: tuple[datetime, datetime]
    waiting: list[_Sealed] = field(default_factory=list)
    said: int = 0

    def online(self, at: datetime) -> bool:
        return not self.away[0] <= at < self.away[1]


def simulate(folder: Path, stations: int, hours: int, visits_an_hour: float, seed: int = 7) -> Day:
    """One day of the district; every link is back for its last step."""
    chance, day, hour = random.Random(seed), Day(), [MIDNIGHT]  # noqa: S311 - a simulation
    clinic = Clinic(ClinicSettings(), keys_of(folder), open_store(folder), lambda: hour[0])
    with closing(clinic.store):
        kiosks = [_kiosk(clinic, n, hours, chance) for n in range(stations)]
        steps = int(timedelta(hours=hours) / STEP)
        for step in range(1, steps):
            hour[0] = MIDNIGHT + step * STEP
            for one in kiosks:
                _measure(one, hour[0], visits_an_hour, chance, day)
                _send(clinic, one, hour[0], chance, day)
            _look(clinic, kiosks, hour[0], day)
        for one in kiosks:
            one.away = (MIDNIGHT, MIDNIGHT)
            _send(clinic, one, hour[0], chance, day)
            while one.waiting or one.said:
                _send(clinic, one, hour[0], chance, day)
        with clinic.store.reading() as connection:
            day.stored = list(connection.exec_driver_sql("SELECT id FROM visit").scalars())
            tasks = open_tasks(connection, "clinic", limit=10**6)
            day.called = [one.visit for one in tasks if one.level == Level.NOW]
            now = standing(clinic, connection)
        day.looks += 1
        day.wrong_looks += _board(now) != (stations, len(day.made), len(day.urgent), 0)
    return day


def run() -> Iterator[Figure]:
    """200 stations, 24 hours."""
    with tempfile.TemporaryDirectory() as place:
        begun = time.perf_counter()
        day = simulate(Path(place), 200, 24, 0.5)
        took = time.perf_counter() - begun
    lost, twice = len(day.made - set(day.stored)), len(day.stored) - len(set(day.stored))
    yield Figure(
        "fleet",
        f"{len(day.made)} visits of 200 stations, {lost} lost, {twice} twice, {len(day.called)} alarms,"
        f" {day.wrong_looks} of {day.looks} looks at the board wrong",
        "24 hours as they are",
        86_400 / took,
    )
    if lost or twice or day.refused or day.wrong_looks or sorted(day.called) != sorted(day.urgent):
        raise SystemExit("The fleet lost something, or the board or the worklist was wrong.")


def _kiosk(clinic: Clinic, number: int, hours: int, chance: random.Random) -> _Kiosk:
    own = FakeStation(clinic.keys.working.public(), clinic.keys.recovery, id=f"s-{number}")
    key, tenant = own.key.verify_key().text, clinic.settings.tenant
    now = clinic.now().isoformat()
    with clinic.store.writing() as connection:
        let_in(connection, EnrolledStation(tenant, own.id, key, StationState.APPROVED, own.id, now))
    start = MIDNIGHT + timedelta(minutes=chance.randrange(60 * hours))
    long = timedelta(minutes=chance.randrange(30, 600)) if chance.random() < 0.5 else timedelta(0)
    return _Kiosk(own, (start, start + long))


def _measure(one: _Kiosk, at: datetime, visits_an_hour: float, chance: random.Random, day: Day) -> None:
    if chance.random() >= visits_an_hour * (STEP / timedelta(hours=1)):
        return
    danger = chance.random() < 0.05
    person = replace(SHEN, identity=f"31010119{len(day.made):010}")
    visit = visit_of(person, systolic="188" if danger else "146")
    visit = replace(visit, opened_at=at - timedelta(minutes=9), closed_at=at, on=at.date())
    if danger:
        draft = replace(visit, incomplete=True, closed_at=None)
        alarm = one.own.envelope(draft, kind=Kind.ALARM, **_clocks(at))
        one.waiting.insert(0, _Sealed(str(visit.id), alarm.to_bytes()))
        day.urgent.add(str(visit.id))
    one.waiting.append(_Sealed(str(visit.id), one.own.envelope(visit, **_clocks(at)).to_bytes()))
    day.made.add(str(visit.id))


def _clocks(at: datetime) -> dict[str, object]:
    """What the two clocks of a station show: every one has been up since midnight."""
    return {"wall": at, "monotonic_ms": (at - MIDNIGHT) // timedelta(milliseconds=1)}


def _send(clinic: Clinic, one: _Kiosk, at: datetime, chance: random.Random, day: Day) -> None:
    if not one.online(at):
        return
    one.said = len(one.waiting)
    nothing: dict[str, UUID | None] = {"visit": None}
    told = write_report(structs.replace(A_REPORT, at=at, waiting=one.said))
    report = one.own.envelope(visit_of(), told, kind=Kind.STATION, **_clocks(at), **nothing)
    taken = one.waiting[:_AT_ONCE]
    receipts = take_in_all(clinic, [report.to_bytes(), *(sealed.body for sealed in taken)])
    day.sent += len(receipts)
    day.refused += sum(receipt.status not in _TAKEN for receipt in receipts)
    day.came |= {sealed.visit for sealed in taken}
    # Of one answer in eight nothing arrives: the station sends the same bytes again.
    if chance.random() >= 0.125:
        one.waiting = one.waiting[_AT_ONCE:]


def _look(clinic: Clinic, kiosks: list[_Kiosk], at: datetime, day: Day) -> None:
    """The board against what is known of the links: who was heard within 15 minutes is online."""
    with clinic.store.reading() as connection:
        now = standing(clinic, connection)
    heard = sum(one.online(at) or (at - STEP > MIDNIGHT and one.online(at - STEP)) for one in kiosks)
    unsent = sum(one.said for one in kiosks)
    day.looks += 1
    day.wrong_looks += _board(now) != (heard, len(day.came), len(day.came & day.urgent), unsent)


def _board(now: Now) -> tuple[int, int, int, int]:
    """Stations online, visits of today, people to be called now, and envelopes that wait at the stations."""
    unsent = sum(one.unsent or 0 for one in now.fleet)
    return now.online(), sum(now.visits.values()), now.tasks.urgent, unsent
