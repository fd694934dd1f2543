"""Every scenario of every simulator against its driver, on a clock that jumps: hours in milliseconds."""

from decimal import Decimal

import pytest

from devices.catalogue import CATALOGUE, model_of
from devices.reading import Reading, Remark
from devices.session import Body, Start
from devices.simulators.acts import StepOn
from devices.simulators.samples import samples
from tests.devices.pair import Pair
from tests.devices.promise import Promise
from tests.devices.promises import PROMISES, WEIGHT, refusals_of, values_of

BODY = Body(male=False, age=86, height=Decimal("152.4"))
EVERY = [(slug, scenario) for slug, promised in PROMISES.items() for scenario in promised]


def _played(slug: str, scenario: str) -> Pair:
    model = model_of(slug)
    promise = PROMISES[slug][scenario]
    pair = Pair(model, scenario)
    for act, seconds in samples(model.role):
        pair.act(act)
        if model.can.start and promise.ordered and act == samples(model.role)[0][0]:
            pair.order(Start(BODY))
        pair.run(promise.patience if len(samples(model.role)) == 1 else max(seconds, _needs(scenario)))
    return pair


def _needs(scenario: str) -> float:
    return 25.0 if scenario == "unsteady" else 8.0


def test_every_scenario_of_the_catalogue_has_a_promise() -> None:
    assert {model.slug: set(model.scenarios) for model in CATALOGUE} == {
        slug: set(promised) for slug, promised in PROMISES.items()
    }


@pytest.mark.parametrize(("slug", "scenario"), EVERY)
def test_a_scenario_gives_the_values_it_promises_and_no_other(slug: str, scenario: str) -> None:
    promise: Promise = PROMISES[slug][scenario]
    pair = _played(slug, scenario)
    assert values_of(pair.whats()) == promise.values
    assert refusals_of(pair.whats()) == promise.refused


def test_movement_is_a_remark_on_every_value_of_the_cuff() -> None:
    remarks = [
        what.remarks for what in _played("omron-hbp9030", "movement").whats() if isinstance(what, Reading)
    ]
    assert remarks == [(Remark.MOVEMENT,)] * 3


def test_the_specimen_travels_with_every_result() -> None:
    told = _played("astm-lis", "default").whats()
    assert {what.specimen for what in told if isinstance(what, Reading)} == {"DEMO-0001"}


def test_live_force_is_told_and_never_called_stable() -> None:
    told = _played("grip-line", "default").whats()
    live = [what for what in told if isinstance(what, Reading) and what.stable is False]
    assert len(live) > 10


def test_the_same_weight_again_after_a_pause_is_a_new_reading_once_it_repeats() -> None:
    pair = Pair(model_of("pelstar-esc"))
    step_on, step_off = (act for act, _ in samples(model_of("pelstar-esc").role))
    assert isinstance(step_on, StepOn)
    for _ in range(2):
        pair.act(step_on)
        pair.run(8)
        pair.act(step_off)
        pair.run(8)
    assert values_of(pair.whats()) == (WEIGHT, WEIGHT)


def test_stepping_off_before_the_weight_locks_gives_nothing() -> None:
    pair = Pair(model_of("pelstar-esc"))
    step_on, step_off = (act for act, _ in samples(model_of("pelstar-esc").role))
    pair.act(step_on)
    pair.run(1)
    pair.act(step_off)
    pair.run(30)
    assert pair.told == []
