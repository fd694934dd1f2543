"""The questions the assessment needs, one a screen, answered while she is about to sit.

What she said on an earlier visit is shown first, all of it on one screen; one press keeps it. "Don't know" is
an answer. It must not ask what was asked before, nor anything the visit cannot use.
"""

from devices.reading import Quantity
from health.questionnaire import questions_for
from health.remembered import confirmed, to_confirm
from health.visit import Answer
from kiosk.attendance import Attendance
from kiosk.care.telephone import to_ask
from kiosk.flow.steps import Choice, Happening, Step

STEPS = frozenset({Step.REMEMBERED, Step.QUESTION})
_ANSWERS = {Choice.YES: Answer.YES, Choice.NO: Answer.NO, Choice.UNKNOWN: Answer.UNKNOWN}


class Asking:
    """The question step."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def begin(self) -> None:
        """Show what is remembered, then choose the questions once; a guest is asked the same."""
        sitting = self._at.sitting
        if self._at.step is not Step.QUESTION or sitting.questions:
            return
        wanted = questions_for(sitting.visit, self._at.today, blood=self._blood())
        if sitting.recalled is None:
            sitting.recalled = to_confirm(sitting.remembered, wanted, sitting.visit)
            if sitting.recalled:
                self._at.go(Happening.RECALLED)
                return
        sitting.questions = wanted
        if not wanted:
            self._at.keep()
            self._go_on()

    def choose(self, choice: Choice) -> None:
        """Take the answer and go on; the last one leads to the chair."""
        sitting = self._at.sitting
        if self._at.step is Step.REMEMBERED:
            self._confirm(choice)
        elif choice is Choice.BACK and sitting.asked > 0:
            sitting.asked -= 1
            self._at.go(Happening.BACK)
        elif choice in _ANSWERS:
            question = sitting.questions[sitting.asked]
            sitting.visit = sitting.visit.with_answer(question, _ANSWERS[choice])
            sitting.assessment = None
            self._next()
        elif choice is Choice.SKIP:
            self._next()

    def _confirm(self, choice: Choice) -> None:
        """All of it still holds; or all of it is asked, and she says one by one what changed."""
        sitting = self._at.sitting
        if choice is Choice.YES:
            sitting.visit = confirmed(sitting.visit, sitting.recalled or ())
            sitting.assessment = None
            self._at.keep()
            self._at.go(Happening.YES)
        elif choice is Choice.NO:
            self._at.go(Happening.NO)

    def _next(self) -> None:
        sitting = self._at.sitting
        sitting.asked += 1
        if sitting.asked < len(sitting.questions):
            self._at.go(Happening.NEXT)
        else:
            sitting.asked = len(sitting.questions) - 1
            self._at.keep()
            self._go_on()

    def _go_on(self) -> None:
        """To the chair, or first to how her doctor reaches her."""
        self._at.go(Happening.REACH if to_ask(self._at) else Happening.ALL_DONE)

    def _blood(self) -> bool:
        sitting = self._at.sitting
        return sitting.ticket is not None or sitting.visit.value_of(Quantity.TOTAL_CHOLESTEROL) is not None
