"""What wires do in the middle of a visit: told in words, mended without a restart, no foreign value."""

from decimal import Decimal
from pathlib import Path

import msgspec

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity, Reading
from devices.simulators.acts import StepOn
from health.words import words_of
from kiosk.flow.steps import Choice, Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from tests.kiosk.walk import SPEED, settings_with, station, trouble_of, until

LIN = StepOn(Decimal("57.8"), Decimal("160.5"))


def _come_to_the_scale(running: RunningStation) -> None:
    for choice in (
        Choice.START, Choice.START, Choice.AS_GUEST, Choice.PRINT_ONLY, Choice.NO, Choice.SKIP
    ):  # fmt: skip
        running.choose(choice)
    assert running.attendant.step is Step.STAND


def test_what_nobody_understands_is_said_staff_are_called_and_the_next_good_line_counts(
    tmp_path: Path,
) -> None:
    with station(tmp_path, speed=1.0) as running:
        scale = running.bench.simulated(Role.STAND)
        assert scale is not None
        _come_to_the_scale(running)
        words = words_of("zh_CN").text("say.instrument.unclear")

        def garbled() -> bool:
            scale.fault("garbage")
            return trouble_of(running.view()) == words

        until(running, garbled)
        assert running.view().help_called
        scale.act(LIN)
        until(running, lambda: running.visit.value_of(Quantity.BODY_WEIGHT) is not None)


def test_of_two_scales_only_the_one_in_use_is_believed_and_the_other_takes_over_when_it_goes(
    tmp_path: Path,
) -> None:
    one = settings_with({}, models={"scale": "sma"})
    second = next(part for part in one.instrument if part.id == "scale")
    both = msgspec.structs.replace(
        one, instrument=(*one.instrument, msgspec.structs.replace(second, id="spare"))
    )
    with opened(both, tmp_path, SPEED, "none") as whole:
        running = whole.station
        until(running, running.bench.all_there)
        _come_to_the_scale(running)
        foreign = Reading(Quantity.BODY_WEIGHT, Decimal("91.2"), "kg", stable=True)
        assert not running.bench.heeds(Heard("spare", foreign, 0.0))
        assert running.bench.heeds(Heard("scale", foreign, 0.0))
        scale = running.bench.simulated(Role.STAND)
        assert scale is not None
        scale.fault("unplug")
        until(running, lambda: running.bench.id_of(Role.STAND) == "spare")
        assert running.bench.heeds(Heard("spare", foreign, 0.0))
