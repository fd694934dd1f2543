"""Calibrations, checks, lots and runs: kept with who and when; what is not in order rests."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.calibration import Refusal as CalibrationRefusal
from devices.calibration import RefusedCalibrationError
from devices.calibration_limits import Standard
from devices.reading import Quantity
from health.station_report import Occasion
from health.visit import Control
from kiosk.events import UpkeepTold
from kiosk.jobs import Office
from kiosk.upkeep.asked import UpkeepPart
from kiosk.upkeep.checking import KeepCalibration, KeepCheck
from kiosk.upkeep.controlling import KeepRun, OpenLot
from kiosk.upkeep.errors import NotAllowedError, NotKnownHereError, UpkeepError
from kiosk.upkeep.looking import Everything, Look
from kiosk.upkeep.standing import State, Why
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import (
    EVERYTHING,
    IN_CONTROL,
    LOT,
    how,
    office,
    points,
    reports,
    results,
    why,
)

WEIGHT, HEIGHT, CHOLESTEROL = Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT, Quantity.TOTAL_CHOLESTEROL
LINE = points(("0", "0.2"), ("150", "150.4"), ("60", "60.3"))
"""A scale that shows 0.2 kg too much when empty and 0.4 kg at 150 kg."""


def check(true: str, shown: str, who: str = "tom") -> KeepCheck:
    return KeepCheck(who, "scale", WEIGHT, ((Standard(f"M{true}", Decimal(true)), Decimal(shown)),))


def test_where_nothing_is_asked_nothing_rests_and_nothing_is_said_to_be_in_control(room: Office) -> None:
    board = Look().do(room)
    assert {one.state for one in board.standings} == {State.READY}
    assert how(room, "scale", WEIGHT).control is Control.NONE
    assert how(room, "handle", Quantity.GRIP_LEFT).control is None


def test_where_everything_is_asked_a_fresh_station_rests_until_it_was_checked(strict: Office) -> None:
    assert why(strict, "scale", WEIGHT) == (State.RESTS, Why.CHECK_MISSING)
    assert why(strict, "analyser", CHOLESTEROL) == (State.RESTS, Why.NO_LOT)
    assert how(strict, "handle", Quantity.GRIP_LEFT).state is State.READY


def test_a_check_that_passed_holds_seven_days_and_no_longer(strict: Office, time: HeldTime) -> None:
    made = check("60", "60.1").do(strict)
    standing = how(strict, "scale", WEIGHT)
    assert (standing.state, standing.control, standing.proof) == (State.READY, Control.IN, made.id)
    time.go_on(days=6, hours=1)
    assert why(strict, "scale", WEIGHT) == (State.SOON, Why.DUE_SOON)
    time.go_on(hours=22)
    still = how(strict, "scale", WEIGHT)
    assert not still.rests(time.wall)
    time.go_on(hours=1)
    assert still.rests(time.wall)
    assert why(strict, "scale", WEIGHT) == (State.RESTS, Why.CHECK_OVERDUE)
    assert how(strict, "scale", HEIGHT).why is Why.CHECK_MISSING


def test_a_check_that_failed_rests_the_scale_even_where_none_was_asked(room: Office) -> None:
    made = check("60", "60.4").do(room)
    assert not made.passed
    assert why(room, "scale", WEIGHT) == (State.RESTS, Why.CHECK_FAILED)
    assert how(room, "scale", WEIGHT).control is Control.OUT
    check("60", "60.1").do(room)
    assert how(room, "scale", WEIGHT).control is Control.IN


def test_a_clock_that_went_back_before_the_check_rests_the_scale(strict: Office, time: HeldTime) -> None:
    check("60", "60.0").do(strict)
    time.wall = time.wall.replace(year=1970)
    assert why(strict, "scale", WEIGHT) == (State.RESTS, Why.CLOCK)


def test_nothing_is_kept_while_the_clock_is_not_to_be_believed(room: Office, time: HeldTime) -> None:
    time.trusted = False
    with pytest.raises(UpkeepError, match="clock"):
        check("60", "60.0").do(room)
    assert Everything("scale").do(room).checks == ()
    time.trusted = True
    assert check("60", "60.0").do(room).passed


def test_a_calibration_is_kept_with_masses_repeats_residual_who_when_and_expiry(room: Office) -> None:
    made = KeepCalibration("tom", "scale", WEIGHT, LINE).do(room)
    (kept,) = Everything("scale").do(room).calibrations
    assert kept == made
    assert (kept.gain, kept.offset, kept.who) == (Decimal("0.9986684"), Decimal("-0.1997"), "tom")
    assert [point.standard.id for point in kept.points] == ["empty", "M150", "M60"]
    assert {len(point.repeats) for point in kept.points} == {3}
    assert (kept.expires - kept.when).days == 365
    assert how(room, "scale", WEIGHT).calibration == kept


def test_a_check_is_judged_after_the_line_in_force(room: Office) -> None:
    assert not check("60", "60.3").do(room).passed
    KeepCalibration("tom", "scale", WEIGHT, LINE).do(room)
    assert how(room, "scale", WEIGHT).state is State.READY
    made = check("60", "60.3").do(room)
    assert (made.passed, made.checks[0].shown) == (True, Decimal("60.0"))


def test_a_calibration_that_ended_rests_the_scale_even_where_none_was_asked(
    room: Office, time: HeldTime
) -> None:
    KeepCalibration("tom", "scale", WEIGHT, LINE).do(room)
    time.go_on(days=340)
    assert why(room, "scale", WEIGHT) == (State.SOON, Why.DUE_SOON)
    time.go_on(days=25)
    assert why(room, "scale", WEIGHT) == (State.RESTS, Why.CALIBRATION_OVERDUE)


def test_an_instrument_that_must_be_calibrated_rests_until_it_is(tmp_path: Path, time: HeldTime) -> None:
    room = office(tmp_path, time, UpkeepPart(calibrated=("scale",)))
    assert why(room, "scale", WEIGHT) == (State.RESTS, Why.CALIBRATION_MISSING)
    KeepCalibration("tom", "scale", WEIGHT, LINE).do(room)
    assert how(room, "scale", WEIGHT).state is State.READY
    assert why(room, "scale", HEIGHT) == (State.RESTS, Why.CALIBRATION_MISSING)
    room.ledger.close()


def test_swapped_masses_are_refused_and_the_refusal_stands_in_the_trail(room: Office) -> None:
    swapped = points(("0", "150.4"), ("150", "0.2"), ("60", "60.3"))
    with pytest.raises(RefusedCalibrationError) as refused:
        KeepCalibration("tom", "scale", WEIGHT, swapped).do(room)
    assert refused.value.refusal is CalibrationRefusal.SWAPPED
    assert Everything("scale").do(room).calibrations == ()
    assert [line.result for line in room.ledger.book.lines()] == ["refused swapped"]


def test_only_who_may_calibrates_and_only_what_has_a_plate(room: Office) -> None:
    with pytest.raises(NotAllowedError):
        KeepCalibration("ann", "scale", WEIGHT, LINE).do(room)
    with pytest.raises(NotKnownHereError, match="plate"):
        KeepCalibration("tom", "analyser", CHOLESTEROL, LINE).do(room)
    with pytest.raises(NotKnownHereError, match="no instrument"):
        KeepCalibration("tom", "lathe", WEIGHT, LINE).do(room)


def test_everything_is_there_after_the_ledger_was_closed_and_opened_again(
    tmp_path: Path, time: HeldTime
) -> None:
    before = office(tmp_path, time, EVERYTHING)
    KeepCalibration("tom", "scale", WEIGHT, LINE).do(before)
    check("60", "60.3").do(before)
    OpenLot("ann", "analyser", LOT).do(before)
    KeepRun("ann", "analyser", results(*IN_CONTROL)).do(before)
    told = (Look().do(before), Everything("scale").do(before), Everything("analyser").do(before))
    before.ledger.close()
    after = office(tmp_path, time, EVERYTHING)
    assert (Look().do(after), Everything("scale").do(after), Everything("analyser").do(after)) == told
    after.ledger.close()


def test_every_change_is_told_to_the_screen_and_to_the_clinic(tmp_path: Path, time: HeldTime) -> None:
    told: list[object] = []
    room = replace(office(tmp_path, time, EVERYTHING), tell=told.append)
    made = KeepCalibration("tom", "scale", WEIGHT, LINE).do(room)
    assert isinstance(told[-1], UpkeepTold)
    assert told[-1].board == Look().do(room)
    (report,) = reports(room)
    assert report.occasion is Occasion.CHANGED
    (scale, *_) = report.instruments
    assert (scale.quantities[0].state, scale.quantities[0].calibration) == ("ready", made.id)
    assert (scale.calibrations[0].gain, scale.calibrations[0].standards) == (
        "0.9986684",
        ("empty", "M150", "M60"),
    )
    head = room.ledger.book.head()
    assert (report.trail.number, report.trail.hash) == (head.number, head.hash.hex())
    room.ledger.close()
