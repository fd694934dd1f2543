"""Two people, one kiosk: in turn or in each other's way, and nothing of one is ever the other's."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from devices.events import CardHeard
from devices.model import Role
from devices.reading import Quantity
from devices.simulators.acts import Act, InsertSample
from health.envelope import Envelope, Kind
from health.record import Record
from kiosk.care.blood import LIPIDS
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import WARNING
from kiosk.jobs import NextToSend
from kiosk.person import SimulatedPerson
from kiosk.personas import people
from kiosk.views import Overlay, SampleView
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved

WEIGHTS = {"lin": "57.8", "chen": "78.6"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        yield made


def lay(house: HandMovedStation, name: str) -> None:
    """Lay the card of ``name`` on the reader."""
    card = people().called(name).card
    assert card is not None
    house.attendant.hear(CardHeard("reader", card.card(), house.time.monotonic()))


def goes_to(house: HandMovedStation, name: str, step: Step) -> None:
    """Let ``name`` go on as far as ``step``, acting and pressing."""
    she = SimulatedPerson(
        people().called(name), people(), house.clock, house.bench.simulated, house.attendant.choose
    )
    end = house.time.seconds + 3600
    while house.view().step is not step:
        assert house.time.seconds < end, house.view().step
        house.go_on(1.0)
        she.watch(house.view())


def sealed(house: HandMovedStation) -> list[Record]:
    """The visits that were closed, in the order of closing."""
    waiting = house.desk.submit(NextToSend(50)).result().envelopes
    envelopes = [Envelope.from_bytes(one.body) for one in waiting]
    seal = house.desk._seal
    opened = [seal.open(one) for one in envelopes if one.header.kind is Kind.VISIT]
    return [one for one in opened if one is not None]


def test_two_cards_in_turn_make_visits_of_their_own(house: HandMovedStation) -> None:
    for name in ("lin", "chen", "lin", "chen"):
        lay(house, name)
        goes_to(house, name, Step.GOODBYE)
    house.go_on(10)
    for record, name in zip(sealed(house), ("lin", "chen", "lin", "chen"), strict=True):
        card = people().called(name).card
        assert card is not None
        assert record.visit.resident.identity == card.number
        weight = record.visit.value_of(Quantity.BODY_WEIGHT)
        assert str(weight.value if weight else None) == WEIGHTS[name]


def test_whoever_comes_second_is_weighed_too_when_the_analyser_sends_her_on(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=True)) as house:
        for name in ("lin", "chen"):
            lay(house, name)
            goes_to(house, name, Step.GOODBYE)
        weights = [one.visit.value_of(Quantity.BODY_WEIGHT) for one in sealed(house)]
    assert [str(one.value if one else None) for one in weights] == ["57.8", "78.6"]


def test_at_goodbye_the_next_card_begins_at_once_and_finds_nothing(house: HandMovedStation) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.GOODBYE)
    lay(house, "chen")
    assert house.view().step is Step.CONFIRM
    assert house.attendant.visit.observations == ()
    assert house.attendant.visit.answers == ()


@pytest.mark.parametrize(
    "step", [Step.STAND, Step.QUESTION, Step.PRESSURE, Step.GRIP, Step.RESULT, Step.TAKE]
)
def test_somebody_elses_card_in_the_middle_is_asked_about_and_she_may_go_on(
    house: HandMovedStation, step: Step
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", step)
    visit, before = house.visit, house.attendant.visit.observations
    lay(house, "chen")
    view = house.view()
    assert (view.step, view.overlay, view.other) == (step, Overlay.OTHER_CARD, "陈*强")
    house.attendant.choose(Choice.STAY)
    view = house.view()
    assert (view.step, view.overlay, view.other) == (step, None, None)
    assert (house.visit, house.attendant.visit.observations) == (visit, before)


@pytest.mark.parametrize("answers", [True, False], ids=["pressed", "nobody answers"])
def test_then_the_other_one_begins_from_nothing_and_the_first_may_come_back(
    house: HandMovedStation, answers: bool
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    first = house.visit
    lay(house, "chen")
    if answers:
        house.attendant.choose(Choice.CHANGE)
    else:
        house.go_on(WARNING + 2)
    assert house.view().step is Step.CONFIRM
    assert house.visit != first
    assert house.attendant.visit.observations == ()
    goes_to(house, "chen", Step.GOODBYE)
    lay(house, "lin")
    goes_to(house, "lin", Step.GOODBYE)
    assert house.visit == first
    weights = [str(one.visit.value_of(Quantity.BODY_WEIGHT).value) for one in sealed(house)]  # type: ignore[union-attr]
    assert sorted(weights) == ["57.8", "78.6"]


def test_while_it_is_asked_who_goes_on_no_value_is_anybodys(house: HandMovedStation) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.STAND)
    lay(house, "chen")
    chen = SimulatedPerson(people().called("chen"), people(), house.clock, house.bench.simulated)
    chen._acts(house.view())
    for role, act in chen._measured(house.view()):
        chen._do(role, act)
    house.go_on(15)
    assert house.attendant.visit.observations == ()


def test_a_result_of_her_blood_enters_her_visit_though_it_is_asked_who_goes_on(
    house: HandMovedStation,
) -> None:
    """An analyser says it once: her ticket knows whose it is, whoever stands here."""
    lay(house, "lin")
    goes_to(house, "lin", Step.SAMPLE)
    lipids = people().called("lin").lipids
    body = house.view().body
    assert isinstance(body, SampleView)
    house.attendant.choose(Choice.YES)
    goes_to(house, "lin", Step.STAND)
    act(house, Role.BLOOD, InsertSample(body.specimen or "", *lipids))
    for _ in range(20):
        lay(house, "chen")
        house.go_on(WARNING / 2)
        assert house.view().overlay is Overlay.OTHER_CARD
        house.attendant.choose(Choice.SAY)
        if house.attendant.visit.value_of(Quantity.HDL) is not None:
            break
    assert {o.quantity for o in house.attendant.visit.observations} == set(LIPIDS)


def test_who_is_in_danger_is_not_asked_about_another_card(tmp_path: Path) -> None:
    around = Circumstances(models={"analyser": "codefree"}, guideline=False)
    with hand_moved(tmp_path, around) as house:
        lay(house, "lin")
        goes_to(house, "lin", Step.STAND)
        act(house, Role.GLUCOSE, InsertSample("", glucose=Decimal("1.9")))
        lay(house, "chen")
        for _ in range(40):
            if house.view().step is Step.URGENT:
                break
            house.go_on(0.5)
        view = house.view()
        assert (view.step, view.overlay, view.other) == (Step.URGENT, None, None)
        lay(house, "chen")
        house.go_on(WARNING + 5)
        view = house.view()
        assert (view.step, view.overlay, view.other) == (Step.URGENT, None, None)


def act(house: HandMovedStation, role: Role, what: Act) -> None:
    simulated = house.bench.simulated(role)
    assert simulated is not None
    simulated.act(what)


def test_her_own_card_again_asks_nothing(house: HandMovedStation) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    lay(house, "lin")
    assert house.view().overlay is None
