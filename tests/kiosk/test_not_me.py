"""The card was somebody else's, and she says so: nothing is that person's, all that was measured is hers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.reading import Quantity
from health.visit import Answer, Consent, Question
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Count
from kiosk.person import SimulatedPerson
from kiosk.personas import people
from kiosk.views import IdentifyView, WeightAskView
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.screens.test_novice import slip
from tests.kiosk.test_couples_and_other_cards import goes_to, lay, sealed

HERS, HIS = "lin", "chen"
"""Lin stands here; the card she laid first was Chen's."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    """A station whose clinic tells of earlier visits, of the same person whoever asks."""
    with hand_moved(tmp_path, Circumstances(slip=slip("57.8"), guideline=False)) as made:
        lay(made, HIS)
        made.attendant.choose(Choice.YES)
        yield made


def number_of(name: str) -> str:
    card = people().called(name).card
    assert card is not None
    return card.card().number


def drafts(house: HandMovedStation) -> int:
    return house.desk.submit(Count()).result().counts.drafts


@pytest.mark.parametrize("step", [Step.REMEMBERED, Step.RESULT, Step.TRENDS])
def test_nothing_is_filed_to_the_owner_of_the_card_and_every_value_is_filed_to_her(
    house: HandMovedStation, step: Step
) -> None:
    _comes_to(house, step)
    before, wrong = house.attendant.visit.observations, house.visit
    assert before
    assert drafts(house) == 1
    house.attendant.choose(Choice.NOT_ME)
    assert drafts(house) == 0
    body = house.view().body
    assert isinstance(body, IdentifyView)
    assert body.trouble is not None
    lay(house, HERS)
    goes_to(house, HERS, Step.GOODBYE)
    records = sealed(house)
    assert [one.visit.resident.identity for one in records] == [number_of(HERS)]
    assert records[0].visit.id != wrong
    after = {o.quantity: o for o in records[0].visit.observations}
    assert {o.quantity: after[o.quantity] for o in before} == {o.quantity: o for o in before}
    assert len(after) == len(records[0].visit.observations)


def _comes_to(house: HandMovedStation, step: Step) -> None:
    if step is Step.RESULT:
        goes_to(house, HERS, step)
        house.attendant.choose(Choice.NEXT)
    elif step is Step.TRENDS:
        goes_to(house, HERS, Step.RESULT)
        assert house.view().right is Choice.EARLIER
        house.attendant.choose(Choice.EARLIER)
    else:
        goes_to(house, HERS, step)
    assert (house.view().step, house.view().right) == (step, Choice.NOT_ME)


@pytest.mark.parametrize(("last", "staff"), [("54.0", False), ("47.0", True)])
def test_where_a_weight_is_asked_about_against_another_s_she_says_so_and_is_weighed_as_herself(
    tmp_path: Path, last: str, staff: bool
) -> None:
    with hand_moved(tmp_path, Circumstances(slip=slip(last), guideline=False)) as house:
        lay(house, HIS)
        house.attendant.choose(Choice.YES)
        goes_to(house, HERS, Step.WEIGHT_ASK)
        body = house.view().body
        assert isinstance(body, WeightAskView)
        assert (body.staff, body.not_me, house.view().right) == (staff, True, Choice.SKIP)
        assert house.view().help_called is staff
        house.attendant.choose(Choice.NOT_ME)
        assert isinstance(house.view().body, IdentifyView)
        assert house.attendant.visit.value_of(Quantity.BODY_WEIGHT) is None
        assert (drafts(house), house.view().help_called) == (0, False)
        house.slip = None
        lay(house, HERS)
        goes_to(house, HERS, Step.GOODBYE)
        records = sealed(house)
    assert [one.visit.resident.identity for one in records] == [number_of(HERS)]
    weight = records[0].visit.value_of(Quantity.BODY_WEIGHT)
    assert str(weight.value if weight else None) == "57.8"


def test_no_answer_of_the_other_goes_along_and_she_is_asked_herself(house: HandMovedStation) -> None:
    _comes_to(house, Step.TRENDS)
    assert house.attendant.visit.answer_to(Question.BP_TREATED) is Answer.YES
    house.attendant.choose(Choice.NOT_ME)
    assert house.attendant.visit.answer_to(Question.BP_TREATED) is None
    sitting = house.attendant._at.sitting
    assert (sitting.history, sitting.remembered, sitting.recalled) == ((), (), None)
    lay(house, HERS)
    goes_to(house, HERS, Step.REMEMBERED)
    assert house.attendant.visit.resident.identity == number_of(HERS)


def test_what_was_measured_already_is_not_measured_again(house: HandMovedStation) -> None:
    _comes_to(house, Step.TRENDS)
    house.attendant.choose(Choice.NOT_ME)
    lay(house, HERS)
    she = SimulatedPerson(
        people().called(HERS), people(), house.clock, house.bench.simulated, house.attendant.choose
    )
    way = []
    while house.view().step is not Step.RESULT:
        way.append(house.view().step)
        house.go_on(1.0)
        she.watch(house.view())
    assert set(way) == {Step.CONFIRM, Step.CONSENT, Step.REMEMBERED}


def test_she_is_asked_for_consent_anew_and_as_a_guest_leaves_nothing_here(house: HandMovedStation) -> None:
    _comes_to(house, Step.REMEMBERED)
    house.attendant.choose(Choice.NOT_ME)
    assert house.attendant.visit.consent is None
    house.attendant.choose(Choice.AS_GUEST)
    assert house.view().step is Step.CONSENT
    goes_to(house, "guest", Step.GOODBYE)
    assert house.attendant.visit.consent is Consent.PRINT_ONLY
    house.go_on(30)
    assert sealed(house) == []
    assert drafts(house) == 0


def test_who_walks_off_instead_leaves_nothing(house: HandMovedStation, tmp_path: Path) -> None:
    _comes_to(house, Step.REMEMBERED)
    house.attendant.choose(Choice.NOT_ME)
    house.go_on(200)
    assert house.view().step is Step.IDLE
    counts = house.desk.submit(Count()).result().counts
    assert (counts.drafts, counts.waiting) == (0, 0)


def test_after_a_call_of_staff_it_is_theirs_to_put_right(tmp_path: Path) -> None:
    weight = people().called("zhao").weight
    with hand_moved(tmp_path, Circumstances(slip=slip(str(weight)), guideline=False)) as house:
        lay(house, HIS)
        house.attendant.choose(Choice.YES)
        goes_to(house, "zhao", Step.URGENT)
        goes_to(house, "zhao", Step.RESULT)
        assert house.attendant.visit.call is not None
        house.attendant.choose(Choice.EARLIER)
        assert house.view().step is Step.TRENDS
        assert house.view().right is None
        house.attendant.choose(Choice.NOT_ME)
        assert house.view().step is Step.TRENDS


def test_pressed_where_it_is_not_offered_it_does_nothing(house: HandMovedStation) -> None:
    goes_to(house, HERS, Step.STAND)
    house.attendant.choose(Choice.NOT_ME)
    assert house.view().step is Step.STAND


def test_blood_of_a_visit_under_the_wrong_name_is_filed_to_her(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(slip=slip("57.8"), guideline=False)) as house:
        lay(house, HIS)
        house.attendant.choose(Choice.YES)
        goes_to(house, HERS, Step.REMEMBERED)
        tickets = house.attendant._at.sitting.tickets
        assert tickets
        house.attendant.choose(Choice.NOT_ME)
        lay(house, HERS)
        goes_to(house, HERS, Step.GOODBYE)
        found = sealed(house)[0].visit
        assert found.value_of(Quantity.TOTAL_CHOLESTEROL) is not None
        assert found.resident.identity == number_of(HERS)
