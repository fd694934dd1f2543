"""Staff keep the instruments of a real station true: ptys, real drivers, the real desk."""

from decimal import Decimal
from pathlib import Path

import pytest

from devices.model import Role
from devices.simulators.acts import InsertSample, StepOff, StepOn
from kiosk.backroom.chart_views import ChartView, Dot, RunView
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import (
    ChooseView,
    DoneView,
    EntryView,
    HomeView,
    ListView,
    PointView,
    PrepareView,
    State,
    TouchView,
)
from tests.kiosk.backroom.hand import Hand, at_station, trail
from tests.kiosk.walk import until


def test_a_scale_is_calibrated_with_three_masses_and_the_record_says_who(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.OPEN, "scale")
        hand.press(Press.CALIBRATE, "body_weight")
        assert [one.title[:3].strip() for one in hand.body(PrepareView).references] == ["20", "120", "60"]
        hand.press(Press.BEGIN)
        taken = 0
        while hand.step is StaffStep.POINT:
            until(hand.running, lambda: hand.step is not StaffStep.POINT or hand.body(PointView).can_take)
            if hand.step is StaffStep.POINT:
                hand.press(Press.TAKE)
                taken += 1
        done = hand.body(DoneView)
        assert (taken, done.state, len(done.lines)) == (9, State.GOOD, 3)
        hand.press(Press.LEAVE)
        assert hand.running.staff.view() is None
        assert ("demo", "calibrate", "passed") in trail(hand)
        assert trail(hand)[-1][:2] == ("demo", "sign_out")


def test_a_mass_that_is_shown_wrong_is_not_passed_and_rests_the_scale(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.OPEN, "scale")
        hand.press(Press.CHECK, "body_weight")
        scale = hand.running.bench.simulated(Role.STAND)
        assert scale is not None
        hand.running.demo.colleague.away = True
        scale.act(StepOn(Decimal("61.0"), Decimal("100.0")))
        until(hand.running, lambda: hand.body(PointView).value == "61.0")
        ruler = hand.body(PointView).ruler
        assert ruler is not None
        assert not ruler.good
        hand.press(Press.TAKE)
        hand.wait(StaffStep.CHECKED)
        assert hand.body(DoneView).state is State.STOP
        hand.press(Press.BACK)
        until(hand.running, lambda: hand.body(HomeView).rows[0].id == "scale")
        pill = hand.body(HomeView).rows[0].pill
        assert pill is not None
        assert pill.state is State.STOP


def test_another_reference_is_one_press_away_before_and_after_a_check(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.OPEN, "scale")
        hand.press(Press.CHECK, "body_weight")
        assert hand.body(PointView).plate == "60"
        assert hand.view.left is not None
        hand.press(hand.view.left.press)
        until(hand.running, lambda: hand.body(PointView).value == "120.0")
        hand.press(Press.TAKE)
        hand.wait(StaffStep.CHECKED)
        assert hand.body(DoneView).state is State.GOOD
        hand.press(Press.CHECK)
        assert hand.body(PointView).plate == "20"


def test_one_weighing_is_noted_once_and_the_mass_must_be_put_on_again(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.running.demo.colleague.away = True
        hand.press(Press.OPEN, "scale")
        hand.press(Press.CALIBRATE, "body_weight")
        hand.press(Press.BEGIN)
        scale = hand.running.bench.simulated(Role.STAND)
        assert scale is not None
        scale.act(StepOn(Decimal("20.0"), Decimal("100.0")))
        until(hand.running, lambda: hand.body(PointView).can_take)
        for _ in range(3):
            hand.press(Press.TAKE)
        assert hand.body(PointView).taken == ("20.0",)
        scale.act(StepOff())
        scale.act(StepOn(Decimal("20.0"), Decimal("100.0")))
        until(hand.running, lambda: hand.body(PointView).can_take)
        hand.press(Press.TAKE)
        assert hand.body(PointView).taken == ("20.0", "20.0")


def test_a_control_run_is_kept_and_charted_and_never_becomes_a_result_of_a_person(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.CONTROL)
        until(hand.running, lambda: bool(hand.body(ChooseView).options))
        hand.press(Press.CONFIRM)
        assert hand.body(RunView).specimen == "QC-1"
        hand.wait(StaffStep.CHART)
        until(hand.running, lambda: len(hand.body(ChartView).dots) == 2)
        assert hand.body(ChartView).dot is Dot.GOOD
        hand.press(Press.BACK)
        until(hand.running, lambda: hand.body(HomeView).tiles[0].number == "0")
        assert all(row.id != "strays" for row in hand.body(HomeView).rows)


def test_a_control_that_is_out_asks_what_was_mended_before_the_next(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.running.demo.colleague.away = True
        analyser = hand.running.bench.simulated(Role.BLOOD)
        assert analyser is not None
        hand.press(Press.CONTROL)
        until(hand.running, lambda: bool(hand.body(ChooseView).options))
        hand.press(Press.CONFIRM)
        for level in ("1", "2"):
            _until_level(hand, level)
            far = [Decimal(one.mean) + 1 for one in hand.body(RunView).values]
            analyser.act(InsertSample(f"QC-{level}", *far))
        hand.wait(StaffStep.CHART)
        until(hand.running, lambda: hand.body(ChartView).dot is Dot.REJECTED)
        hand.press(Press.CONTROL)
        until(hand.running, lambda: bool(hand.body(ChooseView).options))
        hand.press(Press.CONFIRM)
        assert hand.step is StaffStep.MENDED
        hand.press(Press.CONFIRM)
        assert hand.step is StaffStep.MENDED
        hand.press(Press.CHOOSE, "strips")
        hand.press(Press.CONFIRM)
        hand.wait(StaffStep.RUN)


def _until_level(hand: Hand, level: str) -> None:
    until(hand.running, lambda: hand.body(RunView).specimen == f"QC-{level}")


def test_a_new_lot_is_typed_from_its_sheet_and_rests_the_analyser_until_it_passes(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.MORE)
        hand.press(Press.LOTS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 1)
        hand.press(Press.NEW)
        hand.type("L24")
        hand.type("20251399")
        assert hand.body(EntryView).trouble is not None
        for _ in range(8):
            hand.press(Press.DELETE)
        hand.type("20270331")
        levels_of_every_test = 2 * 5
        for _ in range(levels_of_every_test):
            hand.type("5.1")
            hand.type("0.1")
        hand.wait(StaffStep.LOTS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 2)
        assert "L24" in hand.body(ListView).rows[0].title
        hand.press(Press.BACK)
        until(hand.running, lambda: hand.body(HomeView).rows[0].id == "analyser")


def test_strips_are_entered_by_kind_lot_and_last_day(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.MORE)
        hand.press(Press.LOTS)
        hand.press(Press.SUPPLY)
        hand.press(Press.CONFIRM)
        assert hand.step is StaffStep.SUPPLY
        hand.press(Press.CHOOSE, "strips")
        hand.press(Press.CONFIRM)
        hand.type("K118")
        hand.type("20270331")
        hand.wait(StaffStep.LOTS)
        until(hand.running, lambda: any("K118" in row.title for row in hand.body(ListView).rows))


def test_nobody_touches_it_for_three_minutes_and_it_logs_out(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        backroom = hand.running.staff._backroom
        assert backroom is not None
        backroom._shift.touched -= 120
        hand.running.tick()
        assert hand.running.staff.view() is not None
        backroom._shift.touched -= 60
        hand.running.tick()
        assert hand.running.staff.view() is None
        assert trail(hand)[-1] == ("demo", "sign_out", "idle")


def test_the_touch_test_measures_the_miss_in_millimetres(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.MORE)
        hand.press(Press.TOUCH)
        while hand.step is StaffStep.TOUCH:
            target = hand.body(TouchView)
            hand.press(Press.HIT, f"{target.x + 3.0:.3f},{target.y - 4.0:.3f}")
        shown = hand.body(TouchView)
        assert (shown.mean, shown.largest) == ("5.0 毫米", "5.0 毫米")
        assert shown.verdict is not None
        assert shown.verdict.state is State.LOOK
        assert "4.0" in shown.lean


@pytest.mark.parametrize("press", [Press.STATION, Press.SOUND, Press.INSTRUMENTS])
def test_the_rest_of_the_area_opens_and_goes_back(tmp_path: Path, press: Press) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.MORE)
        hand.press(press)
        assert hand.step not in (StaffStep.MORE, StaffStep.OUT)
        if press is Press.STATION:
            until(hand.running, lambda: len(hand.body(ListView).rows) > 0)
        hand.press(Press.BACK)
        assert hand.step in (StaffStep.MORE, StaffStep.HOME)
