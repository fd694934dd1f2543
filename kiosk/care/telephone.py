"""How her doctor reaches her: asked once of who shares her visit and whose number nobody knows; read back.

It may be left out, and then it is not asked again. It must not ask a guest, nor for a number that the clinic
has or that she gave at the start, and keeps no number she did not say yes to.
"""

from msgspec.structs import replace

from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.telephone_number import is_number, with_digit

STEPS = frozenset({Step.TELEPHONE, Step.TELEPHONE_CHECK})


def to_ask(at: Attendance) -> bool:
    """Whether she is asked in this visit."""
    sitting = at.sitting
    known = sitting.visit.resident.phone is not None or sitting.reach_asked
    return sitting.shares and sitting.visit.resident.identity is not None and not known


class Telephone:
    """The keypad, and the number read back."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def choose(self, choice: Choice, detail: str) -> None:
        """Type, leave it out, or say whether it was read back right."""
        sitting = self._at.sitting
        if self._at.step is Step.TELEPHONE_CHECK:
            self._check(choice)
        elif choice is Choice.SKIP:
            sitting.number = ""
            self._at.go(Happening.SKIP)
        elif choice is Choice.DIGIT and len(detail) == 1 and detail in "0123456789":
            sitting.number = with_digit(sitting.number, detail)
        elif choice is Choice.DELETE:
            sitting.number = sitting.number[:-1]
        elif choice is Choice.CONFIRM and is_number(sitting.number):
            self._at.go(Happening.DONE)
        elif choice is Choice.CONFIRM:
            sitting.trouble = "say.phone.again"

    def _check(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice is Choice.YES:
            hers = replace(sitting.visit.resident, phone=sitting.number)
            sitting.visit = replace(sitting.visit, resident=hers)
            self._at.keep()
            self._at.go(Happening.YES)
        elif choice is Choice.NO:
            self._at.go(Happening.NO)
        elif choice is Choice.SKIP:
            sitting.number = ""
            self._at.go(Happening.SKIP)
