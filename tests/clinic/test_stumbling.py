"""What opens and still cannot be filed waits for staff, alone; what staff try again came when it came."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import msgspec
import pytest
import requests
from msgspec.structs import replace

from clinic import truetime
from clinic.intake import take_in
from clinic.store.stations import station_of
from clinic.store.visits import visit_of
from health.envelope import Envelope, Kind
from health.station_report import TrailReport, write_report
from health.wire import BatchResult, decode, pack
from tests.clinic.running import Running
from tests.clinic.stations import A_REPORT, OPENED, FakeStation
from tests.clinic.stations import visit_of as a_visit
from tests.clinic.test_set_aside import press

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def without_a_zone(station: FakeStation) -> Envelope:
    whole = a_visit()
    return station.envelope(replace(whole, opened_at=OPENED.replace(tzinfo=None)))


def with_a_value_of_no_zone(station: FakeStation) -> Envelope:
    whole = a_visit()
    first, *others = whole.observations
    return station.envelope(
        replace(whole, observations=(replace(first, at=OPENED.replace(tzinfo=None)), *others))
    )


def with_a_trail_of_many_lines(station: FakeStation) -> Envelope:
    trail = SimpleNamespace(number=2**70, hash="00" * 32, followed=False, broken_at=None)
    said = msgspec.json.decode(write_report(A_REPORT)) | {"trail": vars(trail)}
    return station.envelope(a_visit(), msgspec.json.encode(said), kind=Kind.STATION, visit=None)


@pytest.mark.parametrize(
    "made",
    [without_a_zone, with_a_value_of_no_zone, with_a_trail_of_many_lines],
    ids=lambda one: one.__name__,
)
def test_a_time_without_a_zone_and_a_count_beyond_counting_are_set_aside_and_hold_up_no_other(
    running: Running, made: Callable[[FakeStation], Envelope]
) -> None:
    station = running.station()
    odd, good = made(station), station.envelope(a_visit())
    body = pack([odd.to_bytes(), good.to_bytes()])
    answer = requests.post(f"{running.url}/envelopes", data=body, timeout=30)
    assert [one.status for one in decode(answer.content, BatchResult).results] == [202, 201]
    assert running.put(odd).status_code == 202
    with running.clinic.store.reading() as connection:
        (aside,) = connection.exec_driver_sql("SELECT id FROM envelope WHERE state = 'quarantined'").scalars()
    assert aside == str(odd.header.id)


def test_what_this_software_stumbles_over_waits_for_an_update_and_holds_up_no_other(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    station, whole = running.station(), truetime.timed
    odd, good = station.envelope(a_visit()), station.envelope(a_visit())

    def stumbling(*asked: object) -> object:
        if getattr(asked[1], "id", "") == str(odd.header.visit):
            raise KeyError("a fault of ours")
        return whole(*asked)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(truetime, "timed", stumbling)
        body = pack([odd.to_bytes(), good.to_bytes()])
        answer = requests.post(f"{running.url}/envelopes", data=body, timeout=30)
        assert [one.status for one in decode(answer.content, BatchResult).results] == [202, 201]
        assert running.put(odd).status_code == 202
    assert running.put(odd).status_code == 201


def _kept(running: Running, visit: UUID | None) -> datetime:
    with running.clinic.store.reading() as connection:
        found = visit_of(connection, "clinic", str(visit))
    assert found is not None
    return datetime.fromisoformat(found.measured_at)


def test_a_press_of_staff_is_no_sign_of_life_of_a_station(running: Running) -> None:
    station, browser = running.station(), running.staff()
    assert running.put(station.envelope(a_visit(), b"not readable")).status_code == 202
    heard = station_of(running.clinic.store, "clinic", station.id)
    press(running, browser, "again", which="all")
    assert station_of(running.clinic.store, "clinic", station.id) == heard


def test_a_visit_of_a_wrong_clock_that_opens_days_later_was_measured_before_it_came(
    running: Running,
) -> None:
    station, browser = running.station(), running.staff()
    wall = datetime(1970, 1, 1, 1, 0, tzinfo=UTC)
    visit = replace(a_visit(), opened_at=wall, closed_at=wall)
    sealed = station.envelope(visit, wall=wall, clock_trusted=False, monotonic_ms=1000)
    early = replace(running.clinic, now=lambda: NOW)
    assert take_in(early, sealed.header.id, sealed.to_bytes()).status == 201
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE envelope SET state = 'quarantined', reason = 'does_not_open' WHERE state = 'opened'"
        )
        connection.exec_driver_sql("DELETE FROM visit")
        connection.exec_driver_sql("UPDATE station SET boot = ''")
    press(running, browser, "again", which="all")
    assert abs(_kept(running, visit.id) - NOW) < timedelta(seconds=5)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=400), timedelta(days=365 * 150)])
def test_nothing_was_measured_later_than_it_came_however_sure_the_station_is(
    running: Running, ahead: timedelta
) -> None:
    station, clinic = running.station(), replace(running.clinic, now=lambda: NOW)
    late = replace(a_visit(), opened_at=NOW + ahead, closed_at=NOW + ahead, on=(NOW + ahead).date())
    sealed = station.envelope(late, wall=NOW + ahead, monotonic_ms=60_000)
    assert take_in(clinic, sealed.header.id, sealed.to_bytes()).status == 201
    assert abs(_kept(running, late.id) - NOW) < timedelta(seconds=5)
    half = replace(a_visit(), opened_at=NOW + ahead, closed_at=NOW, on=(NOW + ahead).date())
    sealed = station.envelope(half, wall=NOW, monotonic_ms=61_000)
    assert take_in(clinic, sealed.header.id, sealed.to_bytes()).status == 201
    assert _kept(running, half.id) == NOW


def test_a_clock_a_little_ahead_is_believed(running: Running) -> None:
    station, clinic = running.station(), replace(running.clinic, now=lambda: NOW)
    at = NOW + timedelta(minutes=3)
    visit = replace(a_visit(), opened_at=at, closed_at=at)
    sealed = station.envelope(visit, wall=at)
    assert take_in(clinic, sealed.header.id, sealed.to_bytes()).status == 201
    assert _kept(running, visit.id) == at


def test_a_report_says_no_more_lines_than_a_trail_can_have() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"number": 2**31, "hash": "00" * 32}, TrailReport)
