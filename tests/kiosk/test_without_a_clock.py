"""A station whose clock lost its battery goes on, works out no age, and the clinic finds the true time."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from clinic.store.store import FILE as CLINIC_FILE
from devices.reading import Quantity
from health.assessment import Reason
from kiosk.clock import Clock
from kiosk.opening import opened
from kiosk.stationtime import StationTime
from tests.kiosk.test_to_the_clinic import real_clinic
from tests.kiosk.walk import SPEED, settings_with, until, walk

NO_BATTERY = datetime(1970, 1, 1, 0, 3, tzinfo=UTC) - datetime.now(UTC)


def _wall() -> datetime:
    return datetime.now(UTC) + NO_BATTERY


def test_in_1970_she_is_measured_no_age_is_worked_out_and_the_clinic_dates_it_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.opening.Clock", partial(Clock, wall=_wall))
    monkeypatch.setattr("kiosk.opening.StationTime", partial(StationTime, wall=_wall))
    begun = datetime.now(UTC)
    with (
        real_clinic(tmp_path / "clinic") as url,
        opened(settings_with({}), tmp_path / "station", SPEED, url) as here,
    ):
        until(here.station, here.station.bench.all_there)
        done = walk(here.station, "lin")
        until(here.station, lambda: done.visit.id in here.station.arrived)
    assert done.visit.on.year == 1970
    assert done.visit.value_of(Quantity.SYSTOLIC) is not None
    silent = {one.rule: one.reason for one in done.assessment.not_assessed}
    assert Reason.CLOCK_UNTRUSTED in silent.values()
    assert done.assessment.scores == ()
    with closing(sqlite3.connect(tmp_path / "clinic" / CLINIC_FILE)) as database:
        ((measured, trusted),) = database.execute(
            "SELECT v.measured_at, e.clock_trusted FROM visit v JOIN envelope e ON e.id = v.envelope"
        )
    assert not trusted
    assert begun - timedelta(minutes=1) < datetime.fromisoformat(measured) < datetime.now(UTC)
