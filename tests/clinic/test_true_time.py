"""What a station sealed with a wrong clock: its true time is worked out, what it said is kept."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.expiring import erase_older
from clinic.fhir.reading import resources_of
from clinic.intake import take_in
from clinic.pages.saying import Saying
from clinic.pages.sheet import sheet_of
from clinic.store.visits import KeptVisit, visit_of
from clinic.truetime import record_of
from health.envelope import Kind
from health.fhir.resources import Encounter
from health.record import read
from health.station_report import write_report
from health.visit import Visit
from health.words import words_of
from tests.clinic.running import Running
from tests.clinic.stations import A_REPORT, FakeStation
from tests.clinic.stations import visit_of as a_visit

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
NO_BATTERY = datetime(1970, 1, 1, 0, 30, tzinfo=UTC)
UP_MS = 30 * 60 * 1000
A_VISIT = timedelta(minutes=12)
NEAR = timedelta(seconds=2)


def in_1970(opened: datetime = NO_BATTERY - A_VISIT) -> Visit:
    """A visit of which every time is wrong by as much."""
    whole = a_visit()
    assert whole.opened_at is not None
    off = opened - whole.opened_at
    seen = tuple(replace(one, at=None if one.at is None else one.at + off) for one in whole.observations)
    return replace(whole, on=opened.date(), opened_at=opened, closed_at=opened + A_VISIT, observations=seen)


def at(running: Running, now: datetime) -> Clinic:
    return replace(running.clinic, now=lambda: now)


def send(clinic: Clinic, station: FakeStation, visit: Visit, up_ms: int = UP_MS, **header: object) -> None:
    sealed = {"wall": NO_BATTERY, "clock_trusted": False, "monotonic_ms": up_ms} | header
    envelope = station.envelope(visit, **sealed)
    assert take_in(clinic, envelope.header.id, envelope.to_bytes()).status == 201


def report(clinic: Clinic, station: FakeStation, up_ms: int, **header: object) -> None:
    """What the station says of itself, sealed when it had been up so long."""
    nothing: dict[str, object] = {"visit": None, "monotonic_ms": up_ms, "wall": clinic.now()}
    envelope = station.envelope(a_visit(), write_report(A_REPORT), kind=Kind.STATION, **(nothing | header))
    assert take_in(clinic, envelope.header.id, envelope.to_bytes()).status == 201


def kept(clinic: Clinic, visit: UUID) -> KeptVisit:
    with clinic.store.reading() as connection:
        found = visit_of(connection, "clinic", str(visit))
    assert found is not None
    return found


def measured(clinic: Clinic, visit: Visit) -> datetime:
    return datetime.fromisoformat(kept(clinic, visit.id).measured_at)


def test_what_waited_for_hours_with_a_wrong_clock_gets_the_time_it_was_measured(running: Running) -> None:
    station, visit, clinic = running.station(), in_1970(), at(running, NOW)
    send(clinic, station, visit)
    assert measured(clinic, visit) == NOW - A_VISIT
    before = kept(clinic, visit.id).place_in_feed
    report(clinic, station, UP_MS + 5 * 3600 * 1000)
    assert abs(measured(clinic, visit) - (NOW - timedelta(hours=5) - A_VISIT)) < NEAR
    assert kept(clinic, visit.id).civil_date == "2026-11-28"
    assert kept(clinic, visit.id).place_in_feed > before
    late = kept(clinic, visit.id)
    report(at(running, NOW + timedelta(hours=1)), station, UP_MS + 5 * 3600 * 1000 + 1000)
    assert kept(clinic, visit.id) == late


def test_the_record_goes_on_saying_what_the_station_said_and_everybody_else_hears_the_true_time(
    running: Running,
) -> None:
    station, visit, clinic = running.station(), in_1970(), at(running, NOW)
    send(clinic, station, visit)
    filed = kept(clinic, visit.id)
    assert read(filed.record).visit == visit
    told = record_of(filed).visit
    assert (told.on, told.opened_at, told.closed_at) == (NOW.date(), NOW - A_VISIT, NOW)
    assert {one.at.date() for one in told.observations if one.at is not None} == {NOW.date()}
    saying = Saying(words_of("en"), clinic.settings.zone)
    notes = sheet_of(filed, record_of(filed), saying, NOW).notes
    assert any("said 1970-01-01 08:18" in note for note in notes)
    with clinic.store.reading() as connection:
        made = resources_of(clinic, connection, filed)
    (encounter,) = [one for one in made if isinstance(one, Encounter)]
    assert encounter.period is not None
    assert str(encounter.period.start).startswith("2026-11-28")


def test_a_clock_that_was_wrong_makes_nothing_old_enough_to_be_erased(running: Running) -> None:
    station, visit, clinic = running.station(), in_1970(), at(running, NOW)
    send(clinic, station, visit)
    assert erase_older(clinic, date(2026, 1, 1), "test").visits == 0
    assert kept(clinic, visit.id).record


def test_an_hour_off_is_moved_back_and_a_clock_that_is_right_is_believed(
    running: Running,
) -> None:
    station, clinic = running.station(), at(running, NOW)
    fast = in_1970(NOW + timedelta(hours=1) - A_VISIT)
    send(clinic, station, fast, wall=NOW + timedelta(hours=1))
    assert measured(clinic, fast) == NOW - A_VISIT
    right = in_1970(NOW - timedelta(days=3))
    send(clinic, station, right, wall=NOW - timedelta(days=3) + A_VISIT, clock_trusted=True)
    report(clinic, station, UP_MS + 1000)
    assert measured(clinic, right) == NOW - timedelta(days=3)


def test_a_clock_that_was_set_in_the_middle_of_a_visit_dates_it_by_its_end(running: Running) -> None:
    station, visit, clinic = running.station(), in_1970(), at(running, NOW)
    send(clinic, station, visit, wall=NOW - timedelta(hours=2), clock_trusted=True)
    assert measured(clinic, visit) == NOW - timedelta(hours=2)


def test_what_another_boot_told_says_nothing_of_this_one(running: Running) -> None:
    station, visit, clinic = running.station(), in_1970(), at(running, NOW)
    send(clinic, station, visit)
    station.boot = UUID(int=7)
    report(clinic, station, UP_MS + 9 * 3600 * 1000)
    assert measured(clinic, visit) == NOW - A_VISIT
