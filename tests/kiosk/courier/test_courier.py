"""What the courier promises: every envelope arrives once, whatever the road does."""

import threading
import time
from datetime import timedelta

import pytest

from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.courier.events import ClockHeard, LinkDown, LinkUp
from kiosk.events import Arrived
from kiosk.jobs import KeepAlarm, KeepDraft, KeepSealed
from tests.kiosk.courier.conftest import House, until
from tests.kiosk.fake_clinic import Reply, fake_clinic
from tests.kiosk.ports import quiet_port
from tests.kiosk.station import record


def test_every_visit_arrives_byte_for_byte_and_is_told(house: House) -> None:
    visits = house.keep(3)
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 3)
    assert len(clinic.stored) == 3
    assert [e.visit for e in house.told if isinstance(e, Arrived)] == visits
    assert LinkUp() in house.told


def test_drafts_and_guests_do_not_travel(house: House) -> None:
    house.desk.submit(KeepDraft(record(), shares=True)).result(30)
    house.desk.submit(KeepSealed(record(), shares=False)).result(30)
    house.keep()
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 1)
        time.sleep(0.05)
    assert len(clinic.stored) == 1


def test_an_alarm_goes_before_the_visits_that_waited_longer(house: House) -> None:
    house.keep(3)
    house.desk.submit(KeepAlarm(record())).result(30)
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: house.counts().done == 4)
        first = clinic.stored[clinic.order[0]]
    assert b'"kind":"alarm"' in first


def test_a_dead_clinic_loses_nothing_and_gets_everything_once_it_is_up(house: House) -> None:
    port = quiet_port()
    with fake_clinic(port) as gone:
        pass
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


def test_the_clinics_clock_is_heard(house: House) -> None:
    house.keep()
    with fake_clinic() as clinic:
        house.courier(clinic.url)
        until(lambda: any(isinstance(e, ClockHeard) for e in house.told))
    heard = next(e for e in house.told if isinstance(e, ClockHeard))
    assert abs(heard.ahead) < timedelta(seconds=30)


def test_woken_it_looks_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier_module, "LOOK_S", 600.0)
    with fake_clinic() as clinic:
        courier = house.courier(clinic.url)
        time.sleep(0.05)
        house.keep()
        courier.wake()
        until(lambda: house.counts().done == 1)


def test_stopping_does_not_wait_for_a_clinic_that_does_not_answer(house: House) -> None:
    house.keep()
    hangs = threading.Event()

    def hang(*_: object) -> Reply:
        hangs.wait(60)
        return Reply(500)

    with fake_clinic() as clinic:
        clinic.switch = hang
        courier = house.courier(clinic.url)
        until(lambda: len(clinic.asked) == 1)
        assert not courier.stop(0.3)
        assert courier._thread.is_alive()
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
