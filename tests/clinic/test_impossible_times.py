"""A clock out of its mind: what it says is set aside, and no page of anybody else suffers from it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace
from msgspec.structs import replace as changed

from clinic.store.visits import latest_visits, visit_of
from devices.reading import Quantity
from health.envelope import Envelope, Kind
from health.station_report import InstrumentReport, QuantityReport, write_report
from tests.clinic.running import Running
from tests.clinic.stations import A_REPORT, OPENED, FakeStation
from tests.clinic.stations import visit_of as a_visit

END = datetime(9999, 12, 31, 23, 0, tzinfo=UTC)
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
PAGES = ("/worklist", "/visits", "/stations", "/board", "/quarantine", "/metrics")


def at_the_end(station: FakeStation) -> Envelope:
    return station.envelope(replace(a_visit(), opened_at=END, closed_at=None))


def at_the_beginning(station: FakeStation) -> Envelope:
    return station.envelope(replace(a_visit(), opened_at=BEGINNING))


def sealed_at_the_end(station: FakeStation) -> Envelope:
    return station.envelope(a_visit(), wall=END)


def measured_at_the_end(station: FakeStation) -> Envelope:
    visit = a_visit()
    return station.envelope(
        replace(visit, observations=tuple(replace(one, at=END) for one in visit.observations))
    )


def up_for_ages(station: FakeStation) -> Envelope:
    return station.envelope(a_visit(), monotonic_ms=2**53 - 1, clock_trusted=False)


def due_at_the_end(station: FakeStation) -> Envelope:
    due = QuantityReport(Quantity.BODY_WEIGHT, "ready", "cal.fine", asked=True, until=END)
    told = changed(
        A_REPORT, at=END, oldest=BEGINNING, instruments=(InstrumentReport("x", "y", False, (due,)),)
    )
    return station.envelope(a_visit(), write_report(told), kind=Kind.STATION, visit=None)


WRONG = (at_the_end, at_the_beginning, sealed_at_the_end, measured_at_the_end, up_for_ages, due_at_the_end)


def test_a_time_that_cannot_be_is_set_aside_and_every_page_answers(running: Running) -> None:
    station = running.station()
    for odd in WRONG:
        answer = running.put(odd(station))
        assert (answer.status_code, odd.__name__) == (202, odd.__name__)
    good = a_visit()
    assert running.put(station.envelope(good, monotonic_ms=0, clock_trusted=False)).status_code == 201
    browser = running.staff()
    for page in PAGES:
        assert browser.get(running.url + page, timeout=30).status_code == 200, page
    assert "里面有一个不可能的时间" in browser.get(f"{running.url}/quarantine", timeout=30).text


@pytest.mark.parametrize("hours", [-12, 8, 14])
def test_a_visit_stands_in_its_place_whatever_zone_its_times_are_written_in(
    running: Running, hours: int
) -> None:
    station, zone = running.station(), timezone(timedelta(hours=hours))
    before, after = OPENED - timedelta(hours=1), OPENED + timedelta(hours=1)
    many = [replace(a_visit(), opened_at=at) for at in (before, OPENED.astimezone(zone), after)]
    for visit in many:
        assert running.put(station.envelope(visit)).status_code == 201
    with running.clinic.store.reading() as connection:
        found = [one.id for one in latest_visits(connection, "clinic", 10)]
        kept = visit_of(connection, "clinic", str(many[1].id))
    assert found == [str(one.id) for one in reversed(many)]
    assert kept is not None
    assert kept.measured_at == OPENED.isoformat()
