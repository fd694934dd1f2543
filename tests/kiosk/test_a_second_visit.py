"""Who comes again with her card is compared with last time and confirms her answers; nobody else is."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from devices.model import Role
from devices.reading import Quantity
from devices.simulators.acts import LayCard
from health.remembered import LASTING, Remembered
from health.slip import Slip
from health.visit import Answer, Observation, PastVisit, Question
from health.words import words_of
from kiosk.courier.events import SlipTold
from kiosk.flow.steps import Choice, Step
from kiosk.personas import people
from kiosk.running import RunningStation
from kiosk.views import QuestionView, RememberedView, ResultView
from tests.clinic.running import Running, clinic_at
from tests.kiosk.walk import Walk, station, until, walk

THEN = date(2026, 8, 20)
SLIP = Slip(
    (PastVisit(THEN, (Observation(Quantity.BODY_WEIGHT, Decimal("57.1"), "kg"),)),),
    (
        Remembered(Question.SMOKER, Answer.NO, THEN),
        Remembered(Question.DIABETES, Answer.UNKNOWN, THEN),
        Remembered(Question.BP_TREATED, Answer.YES, THEN),
    ),
)


def asked(running: Running) -> list[str]:
    """What the clinic's trail says of slips."""
    with running.clinic.store.reading() as connection:
        rows = connection.execute(text("SELECT did FROM audit WHERE did LIKE 'slip%' ORDER BY number"))
        return [did for (did,) in rows]


def slip_found(running: RunningStation, persona: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Come as far as consent and stay there until the clinic has answered; whether it knew her."""
    told: list[bool] = []
    hear = running.attendant.remember

    def listen(event: SlipTold) -> None:
        told.append(bool(event.slip.visits))
        hear(event)

    monkeypatch.setattr(running.attendant, "remember", listen)
    running.send(persona, presses=True)
    until(running, lambda: running.attendant.step is Step.CONSENT)
    running.send_away()
    until(running, lambda: bool(told))
    monkeypatch.undo()
    return told[0]


def questions_in(done: Walk) -> set[str]:
    return {view.body.key for view in done.views if isinstance(view.body, QuestionView)}


def test_the_second_visit_compares_and_confirms_on_one_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic_at(tmp_path / "clinic", "demo") as clinic, station(tmp_path, clinic=clinic.url) as running:
        first = walk(running, "lin")
        until(running, lambda: first.visit.id in running.arrived)
        assert slip_found(running, "lin", monkeypatch)
        second = walk(running, "lin")
        assert asked(clinic) == ["slip missed", "slip found"]
        assert Step.REMEMBERED not in first.steps
        assert first.assessment.changes == ()
        (shown,) = {view.body for view in second.views if isinstance(view.body, RememberedView)}
        lasting = {q for q, a in first.visit.answers if q in LASTING and a != "unknown"}
        assert len(shown.lines) == len(lasting) > 2
        assert not questions_in(second) & lasting
        assert dict(second.visit.answers) == dict(first.visit.answers)
        assert second.assessment.changes
        pages = [view.body for view in second.views if isinstance(view.body, ResultView)]
        assert any(card.change for page in pages for card in page.cards)
        assert not slip_found(running, "chen", monkeypatch)
        to_the_questions(running)
        assert running.attendant.step is Step.QUESTION
        assert running.attendant.assessment.changes == ()


@pytest.mark.parametrize("still_so", [True, False])
def test_what_changed_or_was_never_known_is_asked_one_by_one(tmp_path: Path, *, still_so: bool) -> None:
    with station(tmp_path) as running:
        number = lay_card(running, "lin")
        running.attendant.remember(SlipTold(number, SLIP))
        to_the_questions(running)
        assert running.attendant.step is Step.REMEMBERED
        say = words_of("zh_CN").text
        lines = (say("remembered.smoker.no"), say("remembered.bp_treated.yes"))
        assert running.view().body == RememberedView(lines)
        assert running.visit.answer_to(Question.SMOKER) is None
        running.choose(Choice.YES if still_so else Choice.NO)
        told = {Question.SMOKER: Answer.NO, Question.BP_TREATED: Answer.YES} if still_so else {}
        assert {q: a for q, a in running.visit.answers if q is not Question.PACEMAKER} == told
        asked_for: set[str] = set()
        while isinstance(body := running.view().body, QuestionView):
            asked_for.add(body.key)
            running.choose(Choice.UNKNOWN)
        assert Question.DIABETES in asked_for
        assert ({Question.SMOKER, Question.BP_TREATED} <= asked_for) is not still_so


def test_a_slip_of_somebody_else_or_too_late_is_dropped(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        lin = lay_card(running, "lin")
        running.attendant.remember(SlipTold("110101194003021224", SLIP))
        to_the_questions(running)
        assert running.attendant.step is Step.QUESTION
        running.attendant.remember(SlipTold(lin, SLIP))
        assert running.attendant.assessment.changes == ()
        running.send_away()
        until(running, lambda: running.view().overlay is not None)
        running.choose(Choice.LEAVE)
        until(running, lambda: running.idle)
        running.attendant.remember(SlipTold(lin, SLIP))
        for choice in (Choice.START, Choice.START, Choice.AS_GUEST):
            running.choose(choice)
        running.attendant.remember(SlipTold(lin, SLIP))
        to_the_questions(running, Choice.PRINT_ONLY)
        assert running.attendant.step is Step.QUESTION


def lay_card(running: RunningStation, name: str) -> str:
    """Lay the card of ``name``, say yes, wait for consent; the card's number."""
    card, reader = people().called(name).card, running.bench.simulated(Role.CARD)
    assert card is not None
    assert reader is not None
    reader.act(LayCard(card.card()))
    until(running, lambda: running.attendant.step is Step.CONFIRM)
    running.choose(Choice.YES)
    until(running, lambda: running.attendant.step is Step.CONSENT)
    return card.card().number


def to_the_questions(running: RunningStation, agree: Choice = Choice.AGREE) -> None:
    """Consent, no pacemaker, no blood, no scale."""
    for choice in (agree, Choice.NO, Choice.SKIP, Choice.SKIP):
        running.choose(choice)


def test_a_typed_number_and_a_guest_ask_the_clinic_nothing(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", "demo") as clinic, station(tmp_path, clinic=clinic.url) as running:
        for way in (Choice.BY_PHONE, Choice.AS_GUEST):
            for choice in (Choice.START, Choice.START, way):
                running.choose(choice)
            if way is Choice.BY_PHONE:
                for digit in "13800000738":
                    running.choose(Choice.DIGIT, digit)
                running.choose(Choice.CONFIRM)
            assert running.attendant.step is Step.CONSENT
            running.choose(Choice.REFUSE)
            until(running, lambda: running.idle)
        assert asked(clinic) == []


def test_while_the_clinic_is_down_the_visit_goes_on_and_nothing_is_compared(tmp_path: Path) -> None:
    with closing(clinic_at(tmp_path / "clinic", "demo").gen) as opening:
        clinic = next(opening)
        with station(tmp_path, clinic=clinic.url) as running:
            next(opening, None)
            done = walk(running, "lin")
    assert Step.REMEMBERED not in done.steps
    assert done.assessment.changes == ()
