"""What the courier promises: every envelope arrives once, whatever the road does."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from health.wire import BatchResult, Delivered, encode, unpack
from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.courier.courier import Courier
from kiosk.courier.events import ClockHeard, CourierEvent, LinkDown, LinkUp
from kiosk.desk import Desk
from kiosk.events import Arrived, DeskEvent
from kiosk.jobs import Count, KeepAlarm, KeepDraft, KeepSealed, NextToSend
from kiosk.store.ledger import Counts
from tests.kiosk.fake_clinic import FakeClinic, Reply, fake_clinic
from tests.kiosk.station import HeldTime, record, seal_of


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_S", 0.01)
    monkeypatch.setattr(patience, "CAP_S", 0.05)
    monkeypatch.setattr(courier_module, "LOOK_S", 0.05)


class House:
    """A desk with its ledger, and couriers that come and go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[DeskEvent | CourierEvent] = []
        self.couriers: list[Courier] = []
        self.desk = self._desk()

    def _desk(self) -> Desk:
        time_ = HeldTime()
        desk = Desk(self.folder, seal_of(time_), time_.now, self.told.append)
        desk.start()
        return desk

    def keep(self, how_many: int = 1) -> list[UUID]:
        visits = []
        for _ in range(how_many):
            one = record()
            self.desk.submit(KeepSealed(one, shares=True)).result(5)
            visits.append(one.visit.id)
        return visits

    def courier(self, url: str) -> Courier:
        courier = Courier(self.desk, url, self.told.append)
        self.couriers.append(courier)
        courier.start()
        return courier

    def counts(self) -> Counts:
        return self.desk.submit(Count()).result(5).counts

    def first(self) -> UUID:
        return self.desk.submit(NextToSend(1)).result(5).envelopes[0].id

    def restart(self) -> None:
        self.close()
        self.couriers, self.desk = [], self._desk()

    def close(self) -> None:
        for courier in self.couriers:
            assert courier.stop()
        assert self.desk.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


def until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not come true in time"
        time.sleep(0.005)


def test_every_visit_arrives_byte_for_byte_and_is_told(house: House) -> None:
    visits = house.keep(3)
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 3)
    assert len(clinic.stored) == 3
    assert [e.visit for e in house.told if isinstance(e, Arrived)] == visits
    assert LinkUp() in house.told


def test_drafts_and_guests_do_not_travel(house: House) -> None:
    house.desk.submit(KeepDraft(record(), shares=True)).result(5)
    house.desk.submit(KeepSealed(record(), shares=False)).result(5)
    house.keep()
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 1)
        time.sleep(0.05)
    assert len(clinic.stored) == 1


def test_an_alarm_goes_before_the_visits_that_waited_longer(house: House) -> None:
    house.keep(3)
    house.desk.submit(KeepAlarm(record())).result(5)
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 4)
        first = clinic.stored[clinic.order[0]]
    assert b'"kind":"alarm"' in first


def test_a_dead_clinic_loses_nothing_and_gets_everything_once_it_is_up(house: House) -> None:
    with fake_clinic() as gone:
        port = int(gone.url.rpartition(":")[2])
    house.keep(2)
    house.courier(gone.url)
    until(lambda: any(isinstance(e, LinkDown) for e in house.told))
    assert house.counts().waiting == 2
    with fake_clinic(port):
        until(lambda: house.counts().done == 2)


def test_a_restart_of_the_station_resumes_where_it_was(house: House) -> None:
    house.keep(2)
    house.restart()
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 2)
        assert len(clinic.stored) == 2


def test_an_answer_lost_after_the_clinic_stored_it_makes_no_second_visit(house: House) -> None:
    house.keep(3)
    with fake_clinic() as clinic:
        clinic.lose_answers = 2
        house.courier(clinic.url)
        until(lambda: house.counts().done == 3)
        assert len(clinic.order) == 3
        assert len(clinic.asked) >= 5


def _html(*_: object) -> Reply:
    return Reply(200, b"<html>Please log in</html>", "text/html")


def _html_called_json(*_: object) -> Reply:
    return Reply(200, b"<html>Please log in</html>")


def _elsewhere(*_: object) -> Reply:
    return Reply(302, headers=(("Location", "http://127.0.0.1:1/login"),))


def _ill(*_: object) -> Reply:
    return Reply(500)


def _busy(*_: object) -> Reply:
    return Reply(429, headers=(("Retry-After", "1"),))


def _empty(*_: object) -> Reply:
    return Reply(204, b"", "")


def _endless(*_: object) -> Reply:
    return Reply(200, b" " * (1024 * 1024 + 1))


def _of_another(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply:
    return Reply(201, encode(Delivered(UUID(int=1), 201)))


def _other_status(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply:
    return Reply(201, encode(Delivered(UUID(path.rpartition("/")[2]), 202)))


@pytest.mark.parametrize(
    "switch",
    [_html, _html_called_json, _elsewhere, _ill, _busy, _empty, _endless, _of_another, _other_status],
)
def test_nothing_but_a_receipt_for_this_envelope_is_success(
    house: House, switch: Callable[..., Reply]
) -> None:
    house.keep()
    with fake_clinic() as clinic:
        clinic.switch = switch
        house.courier(clinic.url)
        until(lambda: len(clinic.asked) >= 3)
        assert house.counts().done == 0
        assert house.counts().waiting == 1
        clinic.switch = None
        until(lambda: house.counts().done == 1)


@pytest.mark.parametrize("status", [202, 400, 403, 409, 413, 422])
def test_a_bad_one_is_kept_and_never_blocks_those_behind(house: House, status: int) -> None:
    with fake_clinic() as clinic:
        house.keep(3)
        bad = house.first()
        clinic.special[bad] = status
        clinic.switch = lambda c, m, path, b: (
            Reply(status) if status not in (202, 409) and path.endswith(str(bad)) else None
        )
        house.courier(clinic.url)
        until(lambda: house.counts().done == 2)
        counts = house.counts()
        assert (counts.held, counts.refused) == ((1, 0) if status == 202 else (0, 1))
        clinic.special.clear()
        clinic.switch = None
        until(lambda: house.counts().done == 3)


def test_one_that_makes_the_clinic_ill_never_blocks_those_behind(house: House) -> None:
    with fake_clinic() as clinic:
        house.keep(4)
        poison = house.first()
        clinic.switch = lambda c, m, path, b: Reply(500) if path.endswith(str(poison)) else None
        house.courier(clinic.url)
        until(lambda: house.counts().done == 3)
        assert house.counts().waiting == 1


def test_what_was_erased_at_the_clinic_is_erased_here(house: House) -> None:
    with fake_clinic() as clinic:
        house.keep(1)
        clinic.special[house.first()] = 410
        house.courier(clinic.url)
        until(lambda: house.counts().waiting == 0)
        assert house.counts().done == 0


def test_more_than_fifty_travel_together_and_each_has_its_own_answer(house: House) -> None:
    house.keep(60)
    with fake_clinic() as clinic:
        bad = house.first()
        clinic.special[bad] = 422
        house.courier(clinic.url)
        until(lambda: house.counts().done == 59)
        assert clinic.asked[0] == ("POST", "/envelopes")
        assert len(clinic.asked) < 40
        assert house.counts().refused == 1


def test_a_batch_that_is_too_much_is_made_smaller_until_it_fits(house: House) -> None:
    house.keep(55)

    def small_only(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
        return Reply(413) if method == "POST" and len(unpack(body)) > 12 else None

    with fake_clinic() as clinic:
        clinic.switch = small_only
        house.courier(clinic.url)
        until(lambda: house.counts().done == 55)


def test_a_batch_with_poison_in_it_comes_apart(house: House) -> None:
    house.keep(53)
    with fake_clinic() as clinic:
        poison = house.first()

        def ill(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
            return Reply(500) if str(poison).encode() in body else None

        clinic.switch = ill
        house.courier(clinic.url)
        until(lambda: house.counts().done == 52)
        assert house.counts().waiting == 1


def test_a_clinic_that_takes_no_batches_gets_them_one_by_one(house: House) -> None:
    house.keep(52)
    with fake_clinic() as clinic:
        clinic.switch = lambda c, method, p, b: Reply(405) if method == "POST" else None
        house.courier(clinic.url)
        until(lambda: house.counts().done == 52)


def test_a_batch_answered_for_other_envelopes_counts_for_none(house: House) -> None:
    house.keep(51)

    def shifted(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
        if method != "POST":
            return Reply(500)
        return Reply(200, encode(BatchResult(tuple(Delivered(UUID(int=n), 201) for n in range(50)))))

    with fake_clinic() as clinic:
        clinic.switch = shifted
        house.courier(clinic.url)
        until(lambda: len(clinic.asked) > 5)
        assert house.counts().done == 0


def test_the_clinics_clock_is_heard(house: House) -> None:
    house.keep()
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: any(isinstance(e, ClockHeard) for e in house.told))
    heard = next(e for e in house.told if isinstance(e, ClockHeard))
    assert abs(heard.ahead) < timedelta(seconds=3)


def test_woken_it_looks_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier_module, "LOOK_S", 600.0)
    with fake_clinic() as clinic:
        courier = house.courier(clinic.url)
        time.sleep(0.05)
        house.keep()
        courier.wake()
        until(lambda: house.counts().done == 1, 2.0)


def test_it_stops_within_two_seconds_even_when_the_clinic_does_not_answer(house: House) -> None:
    house.keep()
    hangs = threading.Event()

    def hang(*_: object) -> Reply:
        hangs.wait(5)
        return Reply(500)

    with fake_clinic() as clinic:
        clinic.switch = hang
        courier = house.courier(clinic.url)
        until(lambda: len(clinic.asked) == 1)
        begun = time.monotonic()
        courier.stop(0.3)
        assert time.monotonic() - begun < 2
        hangs.set()
        until(lambda: not courier._thread.is_alive())


def test_waiting_grows_is_never_longer_than_a_quarter_of_an_hour_and_never_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    most = [patience.wait_after(n, lambda: 1.0) for n in range(1, 2000)]
    assert most[:3] == [2.0, 4.0, 8.0]
    assert max(most) == most[-1] == 900.0
    assert patience.wait_after(5, lambda: 0.0) == 0.0
    assert patience.wait_asked(7200.0, 1.0) == 900.0
    assert patience.wait_asked(30.0, 1.0) == 30.0
    assert patience.wait_asked(None, 1.0) == 1.0
