"""How the stations stand: what they say of themselves, what the clinic sees, and trails that do not go on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from msgspec.structs import replace as changed

from clinic.enrolment import revoke
from clinic.fleet import Facts, Light, facts_of
from clinic.store.fleet import quarantined_by_station
from clinic.store.stations import all_stations, place_station
from devices.reading import Quantity
from health.envelope import Kind
from health.station_report import (
    InstrumentReport,
    Occasion,
    QuantityReport,
    StationReport,
    TrailReport,
    write_report,
)
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import A_REPORT, OPENED, FakeStation, visit_of


def fleet(running: Running, at: datetime | None = None) -> dict[str, Facts]:
    clinic, tenant = running.clinic, running.clinic.settings.tenant
    with clinic.store.reading() as connection:
        aside = quarantined_by_station(connection, tenant)
        facts = facts_of(connection, all_stations(clinic.store, tenant), aside, tenant, at or clinic.now())
    return {one.id: one for one in facts}


def tell(running: Running, station: FakeStation, report: StationReport = A_REPORT, **header: object) -> None:
    told = {"kind": Kind.STATION, "visit": None, "wall": datetime.now(UTC), **header}
    assert running.put(station.envelope(visit_of(), write_report(report), **told)).status_code in {200, 201}


def trail(number: int, mark: str, *, broken_at: int | None = None) -> StationReport:
    ends = TrailReport(number, mark * 32, followed=broken_at is not None, broken_at=broken_at)
    return changed(A_REPORT, trail=ends)


def test_a_station_says_what_waits_what_rests_and_what_is_due(running: Running) -> None:
    station, due = running.station(), OPENED + timedelta(days=3)
    scale = InstrumentReport(
        "scale",
        "shanghe-sh",
        simulated=False,
        quantities=(
            QuantityReport(Quantity.BODY_WEIGHT, "ready", "upkeep.in_order", asked=True, until=due),
            QuantityReport(Quantity.BODY_HEIGHT, "rests", "upkeep.never", asked=True),
            QuantityReport(Quantity.WAIST, "rests", "upkeep.never", asked=False),
        ),
    )
    report = changed(A_REPORT, waiting=3, refused=1, oldest=OPENED, paper="low", instruments=(scale,))
    tell(running, station, report)
    facts = fleet(running)[station.id]
    assert (facts.light, facts.unsent, facts.refused, facts.oldest_unsent) == (Light.ONLINE, 3, 1, OPENED)
    assert (facts.resting, facts.due, facts.paper, facts.software) == (("body_height",), due, "low", "0.1.0")
    assert facts.due_soon(OPENED)
    assert not facts.trail_parted


def test_an_older_report_that_comes_later_changes_nothing(running: Running) -> None:
    station = running.station()
    station.sequence = 5
    tell(running, station, changed(A_REPORT, waiting=1))
    station.sequence = 2
    tell(running, station, changed(A_REPORT, waiting=9))
    assert fleet(running)[station.id].unsent == 1


def test_what_waits_is_not_known_once_visits_came_after_the_report_was_made(running: Running) -> None:
    station, now = running.station(), datetime.now(UTC)
    tell(running, station, changed(A_REPORT, at=now, waiting=5, oldest=OPENED))
    assert fleet(running)[station.id].unsent == 5
    assert running.put(station.envelope(visit_of(), wall=datetime.now(UTC))).status_code == 201
    facts = fleet(running)[station.id]
    assert (facts.unsent, facts.oldest_unsent, facts.software) == (None, None, "0.1.0")
    tell(running, station, changed(A_REPORT, at=now, waiting=5, oldest=OPENED))
    assert fleet(running)[station.id].unsent is None
    page = running.staff().get(f"{running.url}/stations", timeout=30).text
    assert page[page.index('id="s-') :].count('<td class="soft">?</td>') >= 2
    tell(running, station, changed(A_REPORT, at=datetime.now(UTC) + timedelta(seconds=30)))
    assert fleet(running)[station.id].unsent == 0


def test_regular_reports_are_not_heaped_up_and_an_old_one_is_no_sign_of_life(running: Running) -> None:
    station = running.station()
    made = [
        station.envelope(visit_of(), write_report(A_REPORT), kind=Kind.STATION, visit=None) for _ in range(3)
    ]
    assert [running.put(one).status_code for one in made] == [201, 201, 201]
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM envelope").scalar_one() == 0
    seen = fleet(running)[station.id].last_seen
    assert [running.put(one).status_code for one in made] == [200, 200, 200]
    assert fleet(running)[station.id].last_seen == seen


def test_a_report_of_a_change_stays_as_it_came(running: Running) -> None:
    tell(running, running.station(), changed(A_REPORT, occasion=Occasion.CHANGED))
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM envelope").scalar_one() == 1


def test_a_station_goes_from_heard_to_late_to_silent(running: Running) -> None:
    station, never = running.station(), running.station("never-1")
    gone = running.station("gone-1")
    tell(running, station)
    revoke(running.clinic, gone.id, NURSE)
    now = datetime.now(UTC)
    lights = [fleet(running, now + timedelta(hours=hours))[station.id].light for hours in (0, 1, 25)]
    assert lights == [Light.ONLINE, Light.LATE, Light.SILENT]
    assert [fleet(running)[one.id].light for one in (never, gone)] == [Light.NEVER, Light.REVOKED]


def test_a_day_without_a_link_is_not_taken_for_a_wrong_clock(running: Running) -> None:
    station, now = running.station(), datetime.now(UTC)
    for late in (timedelta(hours=20), timedelta(seconds=1), timedelta(hours=3)):
        up = timedelta(hours=100) - late
        tell(running, station, wall=now - late, monotonic_ms=round(up.total_seconds() * 1000))
    assert not fleet(running)[station.id].drifts()
    station.boot = UUID(int=7)
    tell(running, station, wall=now + timedelta(hours=1))
    facts = fleet(running)[station.id]
    assert facts.drifts()
    assert facts.drift is not None
    assert abs(facts.drift + timedelta(hours=1)) < timedelta(minutes=10)


def test_a_clock_that_goes_wrong_while_the_station_runs_is_told_as_far_as_it_is_wrong(
    running: Running,
) -> None:
    station, now = running.station(), datetime.now(UTC)
    for n, behind in enumerate((0, 5, 20, 60, -30, 0)):
        wall, up = now - timedelta(minutes=behind), 600_000 + n
        tell(running, station, wall=wall, monotonic_ms=up)
        # A visit that had waited a while says nothing new of a clock that was set since.
        waited = timedelta(minutes=9)
        running.put(station.envelope(visit_of(), wall=now - waited, monotonic_ms=60_000 + n))
        facts = fleet(running)[station.id]
        assert facts.drift is not None
        assert abs(facts.drift - timedelta(minutes=behind)) < timedelta(minutes=1)
        assert facts.drifts() is (behind != 0)


def test_a_clock_that_the_station_itself_does_not_trust_is_told(running: Running) -> None:
    station = running.station()
    tell(running, station, clock_trusted=False)
    assert fleet(running)[station.id].drifts()


def test_a_trail_that_goes_on_is_in_order_in_whatever_order_it_comes(running: Running) -> None:
    station = running.station()
    tell(running, station, trail(3, "ab"), sequence=10)
    tell(running, station, trail(3, "ab"), sequence=11)
    tell(running, station, trail(9, "ef"), sequence=30)
    tell(running, station, trail(5, "cd"), sequence=20)
    assert not fleet(running)[station.id].trail_parted


@pytest.mark.parametrize(
    "second", [trail(3, "cd"), trail(2, "ab"), trail(4, "ab", broken_at=2)], ids=["other", "back", "broken"]
)
def test_a_trail_that_was_changed_or_cut_is_told(running: Running, second: StationReport) -> None:
    station = running.station()
    tell(running, station, trail(3, "ab"))
    tell(running, station, second)
    assert fleet(running)[station.id].trail_parted


def test_a_station_that_was_joined_anew_begins_another_trail(running: Running) -> None:
    tell(running, running.station(), trail(30, "ab"))
    again = running.station()
    tell(running, again, trail(1, "cd"))
    assert not fleet(running)[again.id].trail_parted


def test_what_was_set_aside_is_counted_for_its_station_and_no_other_tenant(running: Running) -> None:
    station = running.station()
    assert running.put(station.envelope(visit_of(), b"junk")).status_code == 202
    tell(running, station)
    assert fleet(running)[station.id].quarantined == 1
    with running.clinic.store.reading() as connection:
        assert quarantined_by_station(connection, "elsewhere") == {}


def test_a_station_stands_in_a_street(running: Running) -> None:
    station = running.station()
    with running.clinic.store.writing() as connection:
        assert place_station(connection, "clinic", station.id, "晚晴街道")
        assert not place_station(connection, "elsewhere", station.id, "x")
    assert fleet(running)[station.id].street == "晚晴街道"


def test_a_report_that_no_software_can_read_any_more_leaves_what_the_clinic_saw(running: Running) -> None:
    station = running.station()
    tell(running, station)
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE station_report SET content = content || content")
    facts = fleet(running)[station.id]
    assert (facts.light, facts.unsent) == (Light.ONLINE, None)
    assert replace(facts, light=Light.LATE).light is Light.LATE
