"""Before the sheet she says which thing she will do first at home, in one press, or leaves it.

Whichever picture she picks, the right one is shown behind it and said kindly. Her answer is kept nowhere.
"""

from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.teaching import Deed, lesson_of, pictures_of

STEPS = frozenset({Step.TEACH})


class Teaching:
    """The teach step."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def choose(self, choice: Choice, detail: str) -> None:
        """Pick one, go on behind it, or leave it out."""
        sitting = self._at.sitting
        if choice is Choice.SKIP:
            self._at.go(Happening.SKIP)
        elif sitting.lesson is None or sitting.picked is not None:
            if choice is Choice.NEXT:
                self._at.go(Happening.NEXT)
        elif choice is Choice.PICK and detail in pictures_of(sitting.lesson, sitting.visit.id):
            sitting.picked = Deed(detail)
            sitting.entered = self._at.clock.monotonic()


def after_results(at: Attendance) -> Happening:
    """Where the results lead: to the pictures where there is something to teach, else to the sheet."""
    at.sitting.lesson, at.sitting.picked = lesson_of(at.assessment(), at.house.rulebook.advice), None
    called = at.sitting.visit.call is not None
    return Happening.NEXT if called or at.sitting.lesson is None else Happening.TEACH
