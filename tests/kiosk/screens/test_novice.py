"""Somebody who only knows "press the big blue one, do what the picture shows" comes to goodbye.

Through the real attendant, clerk, ledger, drivers and simulators, and by the keys that the real screens show;
time alone is moved by hand.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.catalogue import model_of
from devices.reading import Quantity
from health.remembered import Remembered
from health.slip import Slip
from health.visit import Answer, Observation, PastVisit, Question
from kiosk.flow.steps import Choice, Step
from kiosk.measuring_views import QuestionView
from kiosk.personas import people
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.settings import DEMO, read_settings
from tests.kiosk.novice.eyes import COUNTED, Eyes
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.novice.someone import Novice, StuckError

FITTED = read_settings(DEMO).instrument
FAULTS = [
    (part.id, fault) for part in FITTED for fault in model_of(part.model).scenarios if fault != "default"
]
THEN, BEFORE_THEN = date(2026, 8, 20), date(2026, 5, 18)
ANSWERS = {
    Question.SMOKER: Answer.NO,
    Question.DIABETES: Answer.NO,
    Question.BP_TREATED: Answer.YES,
    Question.KNOWN_CVD: Answer.NO,
    Question.KIDNEY_DISEASE: Answer.NO,
    Question.FAMILY_HISTORY_ASCVD: Answer.NO,
}


QUESTIONS = (Step.QUESTION, Step.TELEPHONE, Step.TELEPHONE_CHECK)
"""What is asked of her once; a number has eleven digits."""


def slip(weight: str) -> Slip:
    """What a clinic tells of visits three and six months ago: enough for a picture."""
    seen = (
        Observation(Quantity.BODY_WEIGHT, Decimal(weight), "kg"),
        Observation(Quantity.SYSTOLIC, Decimal(138), "mm[Hg]"),
    )
    past = (PastVisit(THEN, seen), PastVisit(BEFORE_THEN, seen))
    return Slip(past, tuple(Remembered(q, a, THEN) for q, a in ANSWERS.items()), reach_asked=True)


NEEDS_HER_HEIGHT = {"scale": "tanita-pc"}
HARD_TO_REACH: dict[Step, tuple[str, Circumstances]] = {
    Step.PHONE: ("guest", Circumstances()),
    Step.SAFETY: ("shen", Circumstances(models=NEEDS_HER_HEIGHT)),
    Step.TALL: ("shen", Circumstances(models=NEEDS_HER_HEIGHT)),
    Step.WEIGHT_ASK: ("shen", Circumstances(slip=slip("80.0"))),
    Step.REMEMBERED: ("shen", Circumstances(slip=slip("51.0"))),
    Step.BLOOD_WAIT: ("shen", Circumstances(scenarios={"analyser": "silent"}, guideline=False)),
    Step.NOT_TODAY: ("shen", Circumstances(absent=("analyser",))),
    Step.URGENT: ("zhao", Circumstances()),
    Step.ANSWERED: ("zhao", Circumstances()),
    Step.TRENDS: ("shen", Circumstances(slip=slip("51.0"))),
    Step.TEACH: ("shen", Circumstances()),
}
"""Who comes to a step that not everybody comes to, and at which station."""


@pytest.fixture(scope="module")
def eyes(module_face: Face) -> Eyes:
    return Eyes(module_face)


def comes(house: HandMovedStation, eyes: Eyes, name: str = "shen", *, staff: bool = True) -> Novice:
    return Novice(house, eyes, people().called(name), staff=staff)


def test_the_keys_of_a_screen_hang_on_nothing_that_only_counts(module_face: Face) -> None:
    looks, found = Eyes(module_face, forgetful=True), set()
    for view in (each.view for each in samples("zh_CN") if each.view.overlay is None):
        fields = getattr(view.body, "__struct_fields__", ())
        for name in COUNTED.intersection(fields):
            found.add(name)
            counts = [replace(view, body=replace(view.body, **{name: count})) for count in (0, 1, 2, 7)]
            assert len({looks.keys(each) for each in counts}) == 1, (view.step, name)
    assert found == COUNTED


@pytest.mark.parametrize("step", Step)
def test_she_finds_the_way_out_from_every_screen_with_the_help_panel_on_it(
    tmp_path: Path, eyes: Eyes, step: Step
) -> None:
    name, around = HARD_TO_REACH.get(step, ("lin", Circumstances()))
    with hand_moved(tmp_path, around) as house:
        before = comes(house, eyes, name, staff=step is not Step.BLOOD_AGAIN)
        if step is Step.TALL:
            before.comes_to(Step.SAFETY)
            house.attendant.choose(Choice.NO)
        if step is Step.TRENDS:
            before.comes_to(Step.RESULT)
            house.attendant.choose(Choice.EARLIER)
        if step is not Step.IDLE:
            before.comes_to(step)
        house.attendant.choose(Choice.HELP)
        comes(house, eyes, name).comes_and_goes()


@pytest.mark.parametrize("instrument", [part.id for part in FITTED])
def test_she_comes_to_goodbye_in_every_fault_of_an_instrument(
    tmp_path: Path, eyes: Eyes, instrument: str
) -> None:
    stuck: list[str] = []
    for _, fault in [each for each in FAULTS if each[0] == instrument]:
        around = Circumstances(scenarios={instrument: fault}, guideline=False)
        with hand_moved(tmp_path / fault, around) as house:
            try:
                comes(house, eyes).comes_and_goes()
            except StuckError as told:
                stuck.append(f"{fault}: {told}")
    assert stuck == []


def test_with_her_card_a_return_visit_takes_eight_taps_and_a_first_one_no_more_beside_its_questions(
    tmp_path: Path, eyes: Eyes
) -> None:
    taps: list[Step] = []
    for name in ("shen", "lin", "xu"):
        persona = people().called(name)
        for again in (False, True):
            around = Circumstances(slip=slip(str(persona.weight)) if again else None)
            with hand_moved(tmp_path / f"{name}{again}", around) as house:
                she = Novice(house, eyes, persona, knows_the_reader=again)
                she.comes_and_goes()
            assert any(view.right is Choice.EARLIER for view in she.views) is again
            told = Step.TEACH in she.way and not again  # the pictures are one question more
            taps = she.taps if again else taps_beside_questions(she)[told:]
            assert len(taps) <= 8, (name, again, taps)


def taps_beside_questions(she: Novice) -> list[Step]:
    """Where else she pressed; fails where one question took more than one press."""
    asked = {view.body.key for view in she.views if isinstance(view.body, QuestionView)}
    answers = [step for step in she.taps if step is Step.QUESTION]
    assert len(answers) <= len(asked), (len(answers), asked)
    return [step for step in she.taps if step not in QUESTIONS]


@pytest.mark.parametrize(
    ("name", "staff", "around"),
    [
        ("zhao", True, Circumstances()),
        ("zhao", False, Circumstances()),
        ("shen", False, Circumstances()),
        ("guest", True, Circumstances()),
        ("shen", True, Circumstances(printer="none")),
        ("shen", True, Circumstances(printer="stuck")),
        ("shen", True, Circumstances(printer="mute")),
        ("shen", True, Circumstances(printer="none", phone_page="https://page.example/p")),
        ("shen", True, Circumstances(absent=tuple(part.id for part in FITTED))),
        ("shen", False, Circumstances(slip=slip("80.0"))),
    ],
    ids=[
        "an urgent value",
        "an urgent value and nobody comes",
        "nobody comes to take blood",
        "no card",
        "no printer",
        "a jam",
        "a printer that says nothing more",
        "the telephone alone",
        "no instrument at all",
        "an odd weight and nobody comes",
    ],
)
def test_she_comes_to_goodbye_whatever_the_day_is_like(
    tmp_path: Path, eyes: Eyes, name: str, staff: bool, around: Circumstances
) -> None:
    with hand_moved(tmp_path, around) as house:
        comes(house, eyes, name, staff=staff).comes_and_goes()


@pytest.mark.parametrize(
    ("model", "fault"),
    [("pelstar-esc", "garbage_height"), ("pelstar-live", "cut_frame"), ("pelstar-binary", "unsteady")],
)
def test_a_scale_that_goes_on_saying_what_is_no_weight_does_not_keep_her(
    tmp_path: Path, eyes: Eyes, model: str, fault: str
) -> None:
    around = Circumstances(models={"scale": model}, scenarios={"scale": fault}, guideline=False)
    with hand_moved(tmp_path, around) as house:
        comes(house, eyes).comes_and_goes()
