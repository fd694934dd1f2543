"""The questions the assessment needs, one a screen, answered while she is about to sit.

"Don't know" is an answer. It must not ask what was asked before, nor anything the visit cannot use.
"""

from devices.reading import Quantity
from health.questionnaire import questions_for
from health.visit import Answer
from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening, Step

STEPS = frozenset({Step.QUESTION})
_ANSWERS = {Choice.YES: Answer.YES, Choice.NO: Answer.NO, Choice.UNKNOWN: Answer.UNKNOWN}


class Asking:
    """The question step."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def begin(self) -> None:
        """Choose the questions once; a guest without a name is asked the same."""
        sitting = self._at.sitting
        if self._at.step is Step.QUESTION and not sitting.questions:
            sitting.questions = questions_for(sitting.visit, self._at.today, blood=self._blood())

    def choose(self, choice: Choice) -> None:
        """Take the answer and go on; the last one leads to the chair."""
        sitting = self._at.sitting
        if choice is Choice.BACK and sitting.asked > 0:
            sitting.asked -= 1
            self._at.go(Happening.BACK)
        elif choice in _ANSWERS:
            question = sitting.questions[sitting.asked]
            sitting.visit = sitting.visit.with_answer(question, _ANSWERS[choice])
            sitting.assessment = None
            self._next()
        elif choice is Choice.SKIP:
            self._next()

    def _next(self) -> None:
        sitting = self._at.sitting
        sitting.asked += 1
        if sitting.asked < len(sitting.questions):
            self._at.go(Happening.NEXT)
        else:
            sitting.asked = len(sitting.questions) - 1
            self._at.keep()
            self._at.go(Happening.ALL_DONE)

    def _blood(self) -> bool:
        sitting = self._at.sitting
        return sitting.ticket is not None or sitting.visit.value_of(Quantity.TOTAL_CHOLESTEROL) is not None
