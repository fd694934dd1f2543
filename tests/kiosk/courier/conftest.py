"""A station's desk and courier with a clinic that can be told to misbehave."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.courier.courier import Courier
from kiosk.courier.events import CourierEvent
from kiosk.desk import Desk
from kiosk.events import DeskEvent
from kiosk.jobs import Count, KeepSealed, NextToSend
from kiosk.staff_events import StaffEvent
from kiosk.store.reckoning import Counts
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
        self.told: list[DeskEvent | StaffEvent | CourierEvent] = []
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
            self.desk.submit(KeepSealed(one, shares=True)).result(30)
            visits.append(one.visit.id)
        return visits

    def courier(self, url: str) -> Courier:
        courier = Courier(self.desk, url, self.told.append)
        self.couriers.append(courier)
        courier.start()
        return courier

    def counts(self) -> Counts:
        return self.desk.submit(Count()).result(30).counts

    def first(self) -> UUID:
        return self.desk.submit(NextToSend(1)).result(30).envelopes[0].id

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


def until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not come true in time"
        time.sleep(0.005)
