"""In the chair: what makes a pressure guideline pressure, and what happens when a cuff cannot measure."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from devices.events import Heard, Trouble
from devices.model import Role
from devices.reading import Quantity, Reading
from devices.simulators.acts import PutFinger, TakePressure
from health.record import Record, read, write
from health.station import Station
from health.visit import Method, Skip
from health.words import words_of
from kiosk import opening
from kiosk.clock import Clock
from kiosk.flow.steps import Choice, Step
from kiosk.paper import sheet_of
from kiosk.running import RunningStation
from kiosk.settings import InstrumentPart
from kiosk.views import GapView, PressureView, ResultView
from kiosk.visit_report import as_json
from kiosk.visit_run import run_visit
from tests.kiosk.walk import SPEED, settings_with, station, until
from tests.printouts.cases import text_of

PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE)


class Chair:
    """A guest in the chair of a real station whose clock goes on only when a test says so."""

    def __init__(self, running: RunningStation, held: "Held") -> None:
        self.running = running
        self.held = held

    def sits(self) -> None:
        for choice in (
            Choice.START, Choice.START, Choice.AS_GUEST, Choice.PRINT_ONLY, Choice.NO,
            Choice.SKIP, Choice.SKIP,
        ):  # fmt: skip
            self.running.choose(choice)
        while self.running.attendant.step is Step.QUESTION:
            self.running.choose(Choice.SKIP)
        assert self.running.attendant.step is Step.REST

    def goes_on(self, seconds: float) -> None:
        self.held.ahead += seconds
        self.running.tick()

    def cuff_says(self, *values: int) -> None:
        for kind, value, unit in zip(PRESSURE, values, ("mm[Hg]", "mm[Hg]", "/min"), strict=True):
            reading = Reading(kind, Decimal(value), unit)
            self.running.attendant.hear(Heard("cuff", reading, self.held.now()))

    def cuff_fails(self, code: str) -> None:
        self.running.attendant.hear(Trouble("cuff", code, self.held.now()))

    def waits(self, step: Step) -> None:
        until(self.running, lambda: self.running.attendant.step is step)

    def method(self) -> Method | None:
        found = self.running.visit.value_of(Quantity.SYSTOLIC)
        return None if found is None else found.method


class Held:
    """The monotonic clock, and how far a test has put it ahead."""

    ahead = 0.0

    def now(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    made = Held()

    def clock(**settings: Any) -> Clock:  # noqa: ANN401 - as the class takes them
        return replace(Clock(**settings), monotonic=made.now)

    monkeypatch.setattr(opening, "Clock", clock)
    return made


@contextmanager
def chair(data: Path, held: Held, model: str = "omron-hbp9030") -> Iterator[Chair]:
    with station(data, models={"cuff": model}, pressure="guideline", speed=1.0) as running:
        she = Chair(running, held)
        she.sits()
        yield she


def two_runs(she: Chair, first: float, gap: float, second: float) -> None:
    she.goes_on(301)
    she.waits(Step.PRESSURE)
    she.goes_on(first)
    she.cuff_says(128, 78, 70)
    she.waits(Step.GAP)
    she.goes_on(gap)
    she.waits(Step.PRESSURE)
    she.goes_on(second)
    she.cuff_says(126, 76, 70)
    she.waits(Step.GRIP)


def test_five_minutes_two_runs_and_a_minute_between_make_guideline_pressure(
    tmp_path: Path, held: Held
) -> None:
    with chair(tmp_path, held) as she:
        two_runs(she, 38, 61, 38)
        assert she.method() is Method.GUIDELINE


@pytest.mark.parametrize(("first", "second"), [(5, 38), (38, 5)], ids=["rest", "gap"])
def test_a_cuff_that_was_begun_before_the_rest_or_the_gap_was_over_is_quick(
    tmp_path: Path, held: Held, first: float, second: float
) -> None:
    with chair(tmp_path, held) as she:
        two_runs(she, first, 61, second)
        assert she.method() is Method.QUICK


def test_a_second_run_left_out_is_a_single_reading_and_quick(tmp_path: Path, held: Held) -> None:
    with chair(tmp_path, held) as she:
        she.goes_on(301)
        she.waits(Step.PRESSURE)
        she.goes_on(38)
        she.cuff_says(128, 78, 70)
        she.waits(Step.GAP)
        she.running.choose(Choice.SKIP)
        she.waits(Step.GRIP)
        assert she.method() is Method.QUICK


@pytest.mark.parametrize("seconds", [1, 200], ids=["at once", "after a while"])
def test_a_run_in_the_middle_of_the_rest_does_not_count_and_she_is_asked_to_rest(
    tmp_path: Path, held: Held, seconds: float
) -> None:
    with chair(tmp_path, held) as she:
        she.goes_on(seconds)
        she.cuff_says(150, 90, 80)
        body = she.running.view().body
        assert body.trouble == words_of("zh_CN").text("say.cuff.wait")  # type: ignore[union-attr]
        assert she.method() is None
        assert she.running.attendant.step is Step.REST


def test_a_cuff_that_cannot_measure_is_tried_once_more_after_a_minute_then_staff_come(
    tmp_path: Path, held: Held
) -> None:
    with chair(tmp_path, held) as she:
        she.goes_on(301)
        she.waits(Step.PRESSURE)
        she.cuff_fails("error_1")
        pause = she.running.view().body
        assert isinstance(pause, GapView)
        assert pause.trouble == words_of("zh_CN").text("say.cuff.loose")
        assert pause.last is None
        she.goes_on(59)
        assert isinstance(she.running.view().body, GapView)
        she.goes_on(2)
        she.waits(Step.PRESSURE)
        assert not she.running.view().help_called
        she.cuff_fails("error_1")
        assert she.running.view().help_called
        assert she.running.attendant.step is Step.PRESSURE
        she.goes_on(60)
        she.cuff_fails("error_1")
        she.waits(Step.GRIP)
        reasons = {m.quantity: m.reason for m in she.running.visit.missing}
        assert {reasons[q] for q in PRESSURE} == {Skip.NO_RESULT}
        assert she.method() is None


def test_a_cuff_of_the_wire_starts_only_by_her_key_and_the_stop_key_stands_there_only_while_it_runs(
    tmp_path: Path,
) -> None:
    with station(tmp_path, models={"cuff": "and-tm2655"}, pressure="guideline", speed=SPEED) as running:
        she = Chair(running, Held())
        she.sits()
        she.waits(Step.PRESSURE)
        simulated = running.bench.simulated(Role.PRESSURE)
        assert simulated is not None
        simulated.act(TakePressure(128, 78, 70))
        assert _keys(running) == (True, True)
        running.choose(Choice.START)
        assert _keys(running) == (False, True)
        she.waits(Step.GAP)
        assert running.visit.value_of(Quantity.SYSTOLIC) is not None


def _keys(running: RunningStation) -> tuple[bool, bool]:
    body = running.view().body
    assert isinstance(body, PressureView)
    return body.can_start, body.can_stop


def test_a_single_reading_is_quick_on_the_screen_on_paper_in_the_record_and_in_the_json(
    tmp_path: Path,
) -> None:
    words = words_of("zh_CN")
    methods: set[str | None] = set()
    with station(tmp_path, pressure="quick") as running:
        done = run_visit(_Watched(running, methods), "lin", SPEED)  # type: ignore[arg-type]
    said = json.loads(as_json(done))["observations"]
    assert {said[q]["method"] for q in ("systolic", "diastolic", "pulse")} == {"quick"}
    here = Station("kiosk-1", "康驿一号", tenant="demo", demo=True)
    record = Record(done.visit, done.assessment, (), here, "zh_CN", "0")
    kept = read(write(record)).visit
    assert {kept.value_of(q).method for q in PRESSURE} == {Method.QUICK}  # type: ignore[union-attr]
    paper = text_of(sheet_of(record), tmp_path)
    assert words.text("sheet.method.quick") in paper
    assert words.text("sheet.method.guideline") not in paper
    assert words.text("say.quick") in methods


class _Watched:
    """A station that remembers how the values of every result card it showed were taken."""

    def __init__(self, running: RunningStation, methods: set[str | None]) -> None:
        self._running = running
        self._methods = methods

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for the whole station
        body = self._running.view().body
        if isinstance(body, ResultView):
            self._methods.update(card.method for card in body.cards)
        return getattr(self._running, name)


@pytest.mark.parametrize("model", ["nonin-8", "nonin-7"])
def test_a_clip_beside_the_chair_gives_oxygen_during_the_rest_and_leaves_the_pulse_to_the_cuff(
    tmp_path: Path, model: str
) -> None:
    settings = settings_with({}, pressure="guideline")
    clip = InstrumentPart("clip", model, "simulated")
    fitted = replace(settings, instrument=(*settings.instrument, clip))
    with opening.opened(fitted, tmp_path, SPEED, "none") as whole:
        running = whole.station
        until(running, running.bench.all_there)
        she = Chair(running, Held())
        she.sits()
        finger, cuff = running.bench.simulated(Role.OXYGEN), running.bench.simulated(Role.PRESSURE)
        assert finger is not None
        assert cuff is not None
        finger.act(PutFinger(97, 72))
        until(running, lambda: running.visit.value_of(Quantity.SPO2) is not None)
        she.waits(Step.PRESSURE)
        cuff.act(TakePressure(128, 78, 70))
        she.waits(Step.GAP)
        visit = running.visit
    oxygen, pulse = visit.value_of(Quantity.SPO2), visit.value_of(Quantity.PULSE)
    assert oxygen is not None
    assert (str(oxygen.value), oxygen.unit, oxygen.instrument) == ("97", "%", "clip")
    assert pulse is not None
    assert pulse.instrument == "cuff"


def test_a_clip_without_a_finger_holds_nobody_up_and_says_why_there_is_no_value(
    tmp_path: Path, held: Held
) -> None:
    settings = settings_with({"clip": "default"}, pressure="guideline")
    clip = InstrumentPart("clip", "nonin-8", "simulated")
    fitted = replace(settings, instrument=(*settings.instrument, clip))
    with opening.opened(fitted, tmp_path, 1.0, "none") as whole:
        until(whole.station, whole.station.bench.all_there)
        she = Chair(whole.station, held)
        she.sits()
        assert whole.station.view().body.clip  # type: ignore[union-attr]
        she.goes_on(301)
        she.waits(Step.PRESSURE)
        reasons = {m.quantity: m.reason for m in whole.station.visit.missing}
        assert reasons[Quantity.SPO2] is Skip.NO_RESULT
