"""Whatever goes wrong with an instrument, the visit goes on, says what to do, and keeps nothing false."""

from pathlib import Path

import pytest

from devices.model import Role
from devices.reading import Quantity
from health.visit import Skip
from health.words import words_of
from kiosk.flow.steps import Step
from kiosk.views import StandView
from tests.kiosk.walk import station, trouble_of, until, walk

LIPIDS = {Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL}
STAND = {Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT}
CUFF = {Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE}
GRIP = {Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT}
TRUE_VALUES = {
    Quantity.BODY_WEIGHT: {"57.8"},
    Quantity.BODY_HEIGHT: {"160.5"},
    Quantity.SYSTOLIC: {"116", "114", "115"},
    Quantity.DIASTOLIC: {"74", "72", "73"},
    Quantity.PULSE: {"68", "66", "67"},
    Quantity.GRIP_LEFT: {"25.4", "26.1"},
    Quantity.GRIP_RIGHT: {"26.8", "27.5"},
    Quantity.TOTAL_CHOLESTEROL: {"4.61"},
    Quantity.HDL: {"1.55"},
    Quantity.TRIGLYCERIDES: {"0.98"},
    Quantity.LDL: {"2.62"},
}


CASES = [
    ("scale", "unplug", STAND),
    ("scale", "garbage", STAND),
    ("scale", "cut_frame", STAND),
    ("scale", "unsteady", STAND),
    ("scale", "out_of_range", STAND),
    ("scale", "silent", STAND),
    ("analyser", "bad_checksum", LIPIDS),
    ("analyser", "qc_sample", LIPIDS),
    ("analyser", "unplug", LIPIDS),
    ("analyser", "garbage", LIPIDS),
    ("cuff", "device_error", CUFF),
    ("cuff", "cut_frame", CUFF),
    ("cuff", "unplug", CUFF),
    ("cuff", "garbage", CUFF),
    ("handle", "bad_checksum", GRIP),
    ("handle", "unplug", GRIP),
    ("handle", "garbage", GRIP),
    ("reader", "unplug", LIPIDS),  # the badge of the staff member goes unread
]
OFTEN = {
    ("scale", "unplug"),
    ("scale", "cut_frame"),
    ("scale", "unsteady"),
    ("scale", "out_of_range"),
    ("scale", "silent"),
    ("analyser", "bad_checksum"),
    ("analyser", "qc_sample"),
    ("cuff", "device_error"),
    ("cuff", "garbage"),
    ("handle", "unplug"),
    ("handle", "bad_checksum"),
    ("reader", "unplug"),
}
"""Each fault and each instrument at least once; the other cells wait for the whole.

``test_novice`` goes through every fault of every fitted instrument in every run, in hand-moved time.
"""


@pytest.mark.parametrize(
    ("instrument", "scenario", "quantities"),
    [pytest.param(*one, marks=() if one[:2] in OFTEN else pytest.mark.whole) for one in CASES],
)
def test_a_fault_leaves_out_at_most_what_that_instrument_measures(
    tmp_path: Path, instrument: str, scenario: str, quantities: set[Quantity]
) -> None:
    persona = "guest" if instrument == "reader" else "lin"
    with station(tmp_path, {instrument: scenario}) as running:
        done = walk(running, persona)
    visit = done.visit
    measured = {o.quantity for o in visit.observations}
    expected = set(TRUE_VALUES) - quantities
    assert expected <= measured
    if persona == "lin":
        for one in visit.observations:
            assert str(one.value) in TRUE_VALUES[one.quantity]
    assert {m.quantity for m in visit.missing} == set(TRUE_VALUES) - measured
    assert Step.GOODBYE in done.steps


@pytest.mark.parametrize(
    ("instrument", "scenario", "sentence"),
    [
        ("scale", "unplug", "say.instrument.lost"),
        ("scale", "garbage", "say.stand.again"),
        ("cuff", "device_error", "say.cuff.again"),
        ("cuff", "unplug", "say.instrument.lost"),
        ("handle", "out_of_range", "say.grip.again"),
    ],
)
def test_the_person_is_told_in_one_sentence_what_to_do(
    tmp_path: Path, instrument: str, scenario: str, sentence: str
) -> None:
    words = words_of("zh_CN").text(sentence)
    with station(tmp_path, {instrument: scenario}, speed=40.0) as running:
        running.send("lin", presses=True)
        until(running, lambda: trouble_of(running.view()) == words)


def test_a_weight_that_never_comes_to_rest_is_never_shown(tmp_path: Path) -> None:
    with station(tmp_path, {"scale": "unsteady"}) as running:
        done = walk(running, "lin")
    shown = {v.body.weight for v in done.views if isinstance(v.body, StandView)}
    kept = done.visit.value_of(Quantity.BODY_WEIGHT)
    assert shown <= {None, "57.8"}
    assert kept is None or str(kept.value) == "57.8"


def test_an_instrument_that_is_away_is_said_to_rest_and_the_next_one_is_offered(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        simulated = running.bench.simulated(Role.STAND)
        assert simulated is not None
        simulated.fault("unplug")
        until(running, lambda: not running.bench.available(Role.STAND))
        done = walk(running, "lin")
    assert Step.NOT_TODAY in done.steps
    assert {m.quantity: m.reason for m in done.visit.missing} == dict.fromkeys(STAND, Skip.INSTRUMENT_AWAY)
