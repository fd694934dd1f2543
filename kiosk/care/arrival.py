"""From the idle screen to consent: who she is and what she agrees to.

Knows cards, phone numbers and guests. It must not show a full name or number, and keeps nothing before
consent: a person who refuses leaves no trace.
"""

from msgspec.structs import replace

from devices.model import Role
from devices.reading import Card, Quantity
from health.record import Record
from health.slip import Slip
from health.visit import Answer, Consent, Question, Resident, Sex
from kiosk.attendance import Attendance
from kiosk.care.starting import sends_current
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.telephone_number import is_number, with_digit

STEPS = frozenset(
    {
        Step.IDLE,
        Step.WELCOME,
        Step.IDENTIFY,
        Step.PHONE,
        Step.CONFIRM,
        Step.CONSENT,
        Step.SAFETY,
    }
)

_PLAIN = {
    (Step.IDLE, Choice.START): Happening.START,
    (Step.WELCOME, Choice.START): Happening.START,
    (Step.WELCOME, Choice.BACK): Happening.BACK,
    (Step.IDENTIFY, Choice.BY_PHONE): Happening.BY_PHONE,
    (Step.IDENTIFY, Choice.BACK): Happening.BACK,
    (Step.PHONE, Choice.BACK): Happening.BACK,
    (Step.CONFIRM, Choice.BACK): Happening.BACK,
}


class Arrival:
    """Welcome, identify, confirm, consent, safety."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def begin(self) -> None:
        """Ask for a pacemaker only where something here sends a current through her."""
        if self._at.step is Step.SAFETY and not sends_current(self._at.bench.model(Role.STAND)):
            self._at.go(Happening.NEXT)

    def choose(self, choice: Choice, detail: str) -> None:
        """Act on what was pressed at one of these steps."""
        step = self._at.step
        plain = _PLAIN.get((step, choice))
        if plain is not None:
            self._at.go(plain)
        elif step is Step.IDENTIFY and choice is Choice.AS_GUEST:
            self._become(Resident())
            self._at.go(Happening.AS_GUEST)
        elif step is Step.PHONE:
            self._type(choice, detail)
        elif step is Step.CONFIRM:
            self._confirm(choice)
        elif step is Step.CONSENT:
            self._consent(choice)
        elif step is Step.SAFETY:
            self._safety(choice)

    def card(self, card: Card) -> None:
        """A card was laid on the reader. Whatever was found for the card before it is dropped."""
        sitting = self._at.sitting
        sitting.card = card
        sitting.history, sitting.remembered, sitting.assessment = (), (), None
        self._become(Resident())
        self._at.go(Happening.CARD)

    def found(self, record: Record | None) -> None:
        """What she broke off a moment ago: go on there, or begin."""
        sitting = self._at.sitting
        owner = sitting.visit.resident.identity
        if self._at.step is not Step.CONFIRM or owner is None:
            return
        if record is not None and record.visit.resident.identity != owner:
            return
        if record is None or sitting.mistaken:
            self._at.go(Happening.YES)
            return
        sitting.visit = replace(record.visit, incomplete=False, missing=())
        sitting.shares = True
        has = {o.quantity for o in sitting.visit.observations}
        sitting.stood = Quantity.BODY_WEIGHT in has
        sitting.blood_done = Quantity.TOTAL_CHOLESTEROL in has
        called = sitting.visit.call
        open_call = called is not None and called.outcome is None
        self._at.go(Happening.URGENT if open_call else _where_to_go_on(has))

    def remember(self, identity: str, slip: Slip) -> None:
        """The clinic's slip of the owner of a card, taken where it is she who stands here."""
        sitting = self._at.sitting
        if sitting.visit.resident.identity == identity:
            sitting.history, sitting.remembered = slip.visits, slip.remembered
            sitting.reach_asked = slip.reach_asked
            sitting.assessment = None

    def card_not_read(self) -> None:
        """The reader saw a card and could not read it."""
        if self._at.step is Step.IDENTIFY:
            self._at.sitting.trouble = "say.card.again"
            self._at.sitting.complaints += 1

    def _confirm(self, choice: Choice) -> None:
        card = self._at.sitting.card
        if choice is Choice.YES and card is not None:
            self._become(
                Resident(
                    sex=Sex(card.sex),
                    birth_date=card.birth_date,
                    name=card.name,
                    identity=card.number,
                )
            )
            self._at.clerk.look_for_draft(self._at.sitting.visit.id, card.number)
            self._at.clerk.ask_clinic(card.number)
        elif choice is Choice.NO:
            self._at.sitting.card = None
            self._at.go(Happening.NO)

    def _become(self, resident: Resident) -> None:
        """Be this person from now on; what was told of anybody else is gone."""
        sitting = self._at.sitting
        sitting.visit = replace(sitting.visit, resident=resident)
        sitting.history, sitting.remembered, sitting.reach_asked = (), (), False

    def _type(self, choice: Choice, detail: str) -> None:
        sitting = self._at.sitting
        if choice is Choice.DIGIT and len(detail) == 1 and detail in "0123456789":
            sitting.digits = with_digit(sitting.digits, detail)
        elif choice is Choice.DELETE:
            sitting.digits = sitting.digits[:-1]
        elif choice is Choice.CONFIRM and is_number(sitting.digits):
            self._become(Resident(phone=sitting.digits))
            self._at.go(Happening.DONE)
        elif choice is Choice.CONFIRM:
            sitting.trouble = "say.phone.again"

    def _consent(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice in (Choice.REFUSE, Choice.LEAVE):
            self._become(Resident())
            self._at.go(Happening.REFUSED)
        elif choice in (Choice.AGREE, Choice.PRINT_ONLY):
            known = sitting.visit.resident != Resident()
            agreed = Consent.SHARE if choice is Choice.AGREE and known else Consent.PRINT_ONLY
            sitting.shares = agreed is Consent.SHARE
            sitting.visit = replace(sitting.visit, consent=agreed)
            self._at.go(self._agreed())

    def _agreed(self) -> Happening:
        """On to the first thing; who was measured under another name goes on behind what is hers already."""
        if not self._at.sitting.mistaken:
            return Happening.AGREED
        self._at.keep()
        return Happening.SIT_OPEN if self._at.sitting.stood else Happening.STAND_OPEN

    def _safety(self, choice: Choice) -> None:
        answers = {Choice.YES: Answer.YES, Choice.NO: Answer.NO, Choice.UNKNOWN: Answer.UNKNOWN}
        if choice in answers:
            sitting = self._at.sitting
            sitting.visit = sitting.visit.with_answer(Question.PACEMAKER, answers[choice])
            self._at.go(Happening.NEXT)


def _where_to_go_on(has: set[Quantity]) -> Happening:
    """The first part of the way that is not behind her."""
    if Quantity.BODY_WEIGHT not in has:
        return Happening.STAND_OPEN
    if Quantity.SYSTOLIC not in has:
        return Happening.SIT_OPEN
    return Happening.GRIP_OPEN
