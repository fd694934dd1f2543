"""A visit at a station that is kept true: values name their proof, and what rests is never shown."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from devices.calibration_limits import Standard
from devices.control import Result
from devices.events import Heard, Refused
from devices.reading import Comparator, Quantity, Reading
from health.visit import Control, Instrument, Observation, Skip
from kiosk.flow.steps import Station, Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.upkeep.asked import NOTHING_ASKED
from kiosk.upkeep.checking import KeepCalibration, KeepCheck
from kiosk.upkeep.controlling import KeepRun, OpenLot
from kiosk.upkeep.demo import DEMO, PIN
from kiosk.upkeep.lockout import OTHER_UNIT, Lockout
from kiosk.upkeep.looking import Everything, Look
from kiosk.upkeep.signing_in import LetIn, SignIn
from kiosk.upkeep.standing import Board, Standing, State, Why
from kiosk.views import NotTodayView
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office, points
from tests.kiosk.walk import SPEED, settings_with, station, until, walk

WEIGHT = Quantity.BODY_WEIGHT
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningStation]:
    with station(tmp_path) as one:
        yield one


def test_a_demonstration_begins_in_order_and_every_value_names_its_proof(running: RunningStation) -> None:
    board = running.bench.lockout.board
    assert board is not None
    assert {one.state for one in board.standings} == {State.READY}
    done = walk(running, "lin")
    weight = done.visit.value_of(WEIGHT)
    (first, *_) = running.desk.submit(Everything("scale")).result(30).calibrations
    assert weight is not None
    assert (weight.control, weight.calibration, weight.proof) == (Control.IN, first.id, first.id)
    assert (first.who, first.points[1].standard.id) == (DEMO, "DEMO-200")
    cholesterol = done.visit.value_of(Quantity.TOTAL_CHOLESTEROL)
    series = running.desk.submit(Everything("analyser")).result(30).series
    assert cholesterol is not None
    assert series is not None
    assert (cholesterol.control, cholesterol.proof) == (Control.IN, series.runs[-1].id)
    assert series.lot.number.startswith("DEMO")
    grip = done.visit.value_of(Quantity.GRIP_LEFT)
    assert grip is not None
    assert (grip.control, grip.proof) == (None, None)
    scale = next(one for one in done.visit.instruments if one.id == "scale")
    assert scale.calibration is not None
    assert first.id.hex[-4:] in scale.calibration


def test_a_demonstration_has_one_account_whose_pin_is_public(running: RunningStation) -> None:
    badge = next(iter(settings_with({}).badges))
    answer = running.desk.submit(SignIn(DEMO, PIN, badge)).result(30)
    assert isinstance(answer, LetIn)


def test_out_of_control_blood_is_left_out_in_kind_words_and_everything_else_goes_on(
    running: RunningStation,
) -> None:
    series = running.desk.submit(Everything("analyser")).result(30).series
    assert series is not None
    far = tuple(
        Result(one.material, one.quantity, one.unit, one.mean + 4 * one.sd) for one in series.lot.targets
    )
    kept = running.desk.submit(KeepRun(DEMO, "analyser", far)).result(30)
    until(running, lambda: running.bench.lockout.board == kept.board)
    done = walk(running, "lin")
    assert not {Step.SAMPLE, Step.BLOOD_RUNNING, Step.BLOOD_WAIT} & done.steps
    rests = [view.body for view in done.views if isinstance(view.body, NotTodayView)]
    assert {body.station for body in rests} == {Station.BLOOD}
    missing = {one.quantity: one.reason for one in done.visit.missing}
    assert missing[Quantity.HDL] is Skip.INSTRUMENT_AWAY
    assert done.visit.value_of(WEIGHT) is not None
    assert done.visit.value_of(Quantity.SYSTOLIC) is not None


def test_a_scale_whose_check_failed_is_not_stood_upon_and_everything_else_goes_on(
    running: RunningStation,
) -> None:
    mass = Standard("M60", Decimal(60))
    check = running.desk.submit(KeepCheck(DEMO, "scale", WEIGHT, ((mass, Decimal("61.0")),))).result(30)
    assert not check.passed
    until(running, lambda: _why(running) is Why.CHECK_FAILED)
    done = walk(running, "lin")
    assert {Step.STAND, Step.STAND_DONE} & done.steps <= {Step.STAND}
    assert done.visit.value_of(WEIGHT) is None
    assert done.visit.value_of(Quantity.BODY_HEIGHT) is None
    assert Skip.INSTRUMENT_AWAY in {one.reason for one in done.visit.missing if one.quantity is WEIGHT}
    assert done.visit.value_of(Quantity.SYSTOLIC) is not None


def test_sugar_that_the_control_does_not_hold_is_left_out_and_the_fats_go_on(running: RunningStation) -> None:
    series = running.desk.submit(Everything("analyser")).result(30).series
    assert series is not None
    fats = tuple(one for one in series.lot.targets if one.quantity is not Quantity.GLUCOSE)
    running.desk.submit(OpenLot(DEMO, "analyser", replace(series.lot, number="F-1", targets=fats))).result(30)
    good = tuple(Result(one.material, one.quantity, one.unit, one.mean) for one in fats)
    kept = running.desk.submit(KeepRun(DEMO, "analyser", good)).result(30)
    until(running, lambda: running.bench.lockout.board == kept.board)
    done = walk(running, "lin")
    assert done.visit.value_of(Quantity.TOTAL_CHOLESTEROL) is not None
    assert done.visit.value_of(Quantity.GLUCOSE) is None


def _why(running: RunningStation) -> Why | None:
    board = running.bench.lockout.board
    standing = None if board is None else board.of("scale", WEIGHT)
    return None if standing is None else standing.why


def test_the_scale_is_corrected_by_the_line_in_force(running: RunningStation) -> None:
    before = walk(running, "lin").visit.value_of(WEIGHT)
    shows_less = points(("0", "0"), ("160", "158.4"), ("60", "59.4"))
    line = running.desk.submit(KeepCalibration(DEMO, "scale", WEIGHT, shows_less)).result(30)
    until(running, lambda: _line(running) == line.id)
    after = walk(running, "lin").visit.value_of(WEIGHT)
    assert before is not None
    assert after is not None
    assert after.calibration == line.id
    assert after.value == (before.value * line.gain + line.offset).quantize(Decimal("0.1"))
    assert after.value > before.value
    assert after.samples[0].frame == before.samples[0].frame


def _line(running: RunningStation) -> UUID | None:
    board = running.bench.lockout.board
    standing = None if board is None else board.of("scale", WEIGHT)
    return None if standing is None or standing.calibration is None else standing.calibration.id


def test_a_station_that_asks_for_nothing_measures_and_says_that_nothing_was_checked(tmp_path: Path) -> None:
    free = replace(settings_with({}), upkeep=NOTHING_ASKED)
    with opened(free, tmp_path, SPEED, "none") as one:
        until(one.station, one.station.bench.all_there)
        weight = walk(one.station, "lin").visit.value_of(WEIGHT)
    assert weight is not None
    assert (weight.control, weight.calibration, weight.proof) == (Control.NONE, None, None)


def test_what_ends_ends_at_that_moment_and_not_at_the_next_look() -> None:
    ends = NOW + timedelta(seconds=30)
    lockout = Lockout()
    seen = Observation(WEIGHT, Decimal("51.3"), "kg", instrument="scale")
    assert lockout.marked(seen, NOW) == seen
    lockout.keep_to(
        Board(NOW, (Standing("scale", WEIGHT, State.READY, Why.IN_ORDER, True, Control.IN, ends),))
    )
    assert not lockout.rests("scale", ends - timedelta(seconds=1))
    assert lockout.rests("scale", ends)
    assert lockout.marked(seen, ends) is None
    late = lockout.noted(seen)
    assert late.control is Control.IN


def test_a_reading_in_another_unit_than_its_line_is_refused_and_off_scale_stays_off_scale(
    tmp_path: Path,
) -> None:
    room = office(tmp_path, HeldTime())
    line = KeepCalibration("tom", "scale", WEIGHT, points(("0", "0"), ("160", "158.4"), ("60", "59.4")))
    line.do(room)
    lockout = Lockout()
    lockout.keep_to(Look().do(room))
    room.ledger.close()
    pounds = Heard("scale", Reading(WEIGHT, Decimal("113.1"), "[lb_av]"), 1.0)
    assert lockout.true(pounds) == Refused("scale", OTHER_UNIT, 0, 1.0)
    over = Heard("scale", Reading(WEIGHT, Decimal(200), "kg", Comparator.ABOVE), 1.0)
    assert lockout.true(over) == over
    grip = Heard("handle", Reading(Quantity.GRIP_LEFT, Decimal(20), "kg"), 1.0)
    assert lockout.true(grip) == grip
    described = lockout.described(Instrument("scale", "shanghe-sh", "Shanghe"))
    assert (described.calibration or "").startswith("2026-11-23 ")
    assert lockout.described(Instrument("handle", "grip-line", "own")).calibration is None
