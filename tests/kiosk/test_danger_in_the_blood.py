"""A value that cannot wait and is measured once is called for when it is heard, not when all is done."""

from decimal import Decimal
from pathlib import Path

import pytest

from devices.reading import Quantity
from devices.simulators.acts import InsertSample
from health.envelope import Kind
from kiosk.flow.steps import Choice, Step
from kiosk.running import RunningStation
from tests.kiosk.calling_place import Envelopes
from tests.kiosk.deskroom import LIMIT
from tests.kiosk.meters import comes_to, simulated, with_meters
from tests.kiosk.walk import until

METERS = (("analyser", "astm-lis", "default"), ("sugar", "codefree", "default"))


def prick(running: RunningStation, sugar: str) -> None:
    simulated(running, "sugar").act(InsertSample("", glucose=Decimal(sugar)))
    until(running, lambda: running.visit.value_of(Quantity.GLUCOSE) is not None)


@pytest.mark.parametrize("heard_at", [Step.STAND, Step.QUESTION, Step.GRIP])
def test_a_dangerous_sugar_is_called_for_and_sealed_whatever_she_is_at(
    tmp_path: Path, heard_at: Step
) -> None:
    with with_meters(tmp_path, *METERS) as running:
        comes_to(running, "lin", heard_at)
        running.send_away()
        prick(running, "1.9")
        until(running, lambda: running.attendant.step is Step.URGENT)
        until(running, lambda: bool(running.desk.submit(Envelopes()).result(LIMIT)))
        ((kind, record),) = running.desk.submit(Envelopes()).result(LIMIT)
        assert kind is Kind.ALARM
        assert record.visit.call is not None


def test_a_cuff_that_may_be_filling_is_waited_for(tmp_path: Path) -> None:
    with with_meters(tmp_path, *METERS) as running:
        comes_to(running, "lin", Step.PRESSURE)
        running.send_away()
        prick(running, "1.9")
        for _ in range(20):
            running.tick()
        assert running.attendant.step is Step.PRESSURE
        running.choose(Choice.SKIP)
        until(running, lambda: running.attendant.step is Step.URGENT)


def test_a_sugar_that_can_wait_interrupts_nobody(tmp_path: Path) -> None:
    with with_meters(tmp_path, *METERS) as running:
        comes_to(running, "lin", Step.STAND)
        running.send_away()
        prick(running, "5.6")
        for _ in range(20):
            running.tick()
        assert running.attendant.step is Step.STAND
        assert running.visit.call is None
