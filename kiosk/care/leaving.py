"""From the last value to the door: the result, the sheet, goodbye.

Closes the visit once, before anything is printed, so paper and record are the same. A value that cannot wait
is called for before its result is shown.
"""

from msgspec.structs import replace

from health.assessment import Level
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.cards import pages_of
from kiosk.care.blood import Blood
from kiosk.care.grip import Gripping
from kiosk.care.teaching import after_results
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.flow.table import GOODBYE_SECONDS
from kiosk.printroom import TROUBLE
from kiosk.trends import worth_drawing
from kiosk.views import PaperState

STEPS = frozenset({Step.RESULT, Step.TRENDS, Step.TAKE, Step.PAPER, Step.GOODBYE, Step.NOT_TODAY})
_DONE = frozenset({(Step.PAPER, Choice.DONE), (Step.GOODBYE, Choice.DONE), (Step.GOODBYE, Choice.START)})
TAKES_SECONDS = 10
"""Seconds for which a sheet that came is shown before goodbye."""
SHEET_SECONDS = 120
"""Seconds of real time after which a sheet comes no more: a printer gives up sooner and says so."""
LOOK_SECONDS = 3
"""While paper is offered or cannot be, the printer is asked again as often as this."""


class Leaving:
    """Result, take, paper, goodbye, and the sign on a resting instrument."""

    def __init__(self, at: Attendance, blood: Blood, gripping: Gripping) -> None:
        self._at = at
        self._blood = blood
        self._looked = 0.0
        self._gripping = gripping

    def begin(self) -> None:
        """What a step does when it opens."""
        step, sitting = self._at.step, self._at.sitting
        if step is Step.RESULT:
            sitting.page = 0
            self._look()
            self._blood.left_behind()
            if self._at.assessment().level is Level.NOW and sitting.visit.call is None:
                self._at.go(Happening.URGENT)
        elif step is Step.TAKE or step is Step.GOODBYE:
            self.close()

    def choose(self, choice: Choice) -> None:
        """Act on what was pressed."""
        step = self._at.step
        if step is Step.NOT_TODAY and choice in (Choice.NEXT, Choice.SKIP):
            self._at.go(self._after_rest())
        elif step is Step.RESULT and choice is Choice.NEXT:
            self._turn_page()
        elif step is Step.RESULT and choice is Choice.BACK:
            self._at.sitting.page = max(0, self._at.sitting.page - 1)
        elif step is Step.RESULT and choice is Choice.EARLIER and may_look_back(self._at):
            self._at.go(Happening.EARLIER)
        elif step is Step.TRENDS:
            self._look_back(choice)
        elif step is Step.TAKE:
            self._take(choice)
        elif (step, choice) in _DONE:
            self._at.go(Happening.DONE)

    def came(self, words: str | None) -> None:
        """The printer finished (``words`` None) or could not."""
        sitting = self._at.sitting
        sitting.paper = PaperState.DONE if words is None else PaperState.TROUBLE
        if self._at.step is Step.PAPER:
            sitting.entered = self._at.clock.monotonic()
        sitting.paper_trouble = words
        if words is not None and self._at.step is Step.PAPER and self._at.phone_code() is None:
            self._at.call(Reason.TROUBLE)  # the screen says that staff help her

    def tick(self) -> None:
        """Goodbye does not stay, nor a sheet that came; one that does not come is waited for no longer."""
        step, sitting = self._at.step, self._at.sitting
        if step is Step.TAKE and self._at.clock.since(self._looked) > LOOK_SECONDS:
            self._look()
        shown = self._at.clock.read_since(sitting.entered)
        if step is Step.GOODBYE and shown > GOODBYE_SECONDS:
            self._at.go(Happening.DONE)
        elif step is Step.PAPER and sitting.paper is PaperState.PRINTING:
            if self._at.clock.monotonic() - sitting.entered > SHEET_SECONDS:
                self.came(TROUBLE)
        elif step is Step.PAPER and self._has_her_sheet() and shown > TAKES_SECONDS:
            self._at.go(Happening.DONE)

    def _has_her_sheet(self) -> bool:
        """Whether paper is all she wanted, and it lies there."""
        sitting = self._at.sitting
        return sitting.paper is PaperState.DONE and sitting.way is Choice.PRINT

    def close(self) -> None:
        """Seal the visit once. One without consent, or without a value now or to come, leaves nothing.

        Somebody who walked off half-way may come back: what was kept so far stays as it is, marked
        incomplete, and goes out by itself when nobody comes.
        """
        sitting = self._at.sitting
        if sitting.closed or sitting.visit.consent is None:
            return
        if sitting.walked_off and sitting.shares and sitting.visit.observations:
            return
        sitting.closed = True
        self._blood.leave_open()
        if not sitting.visit.observations and not (sitting.shares and self._blood.pending()):
            self._at.clerk.forget(sitting.visit.id)
            self._at.clerk.withdraw(sitting.visit.id)
            return
        sitting.visit = replace(sitting.visit, closed_at=self._at.clock.wall())
        self._at.clerk.close_visit(
            sitting.visit, self._at.assessment(), sitting.language, self._at.history, shares=sitting.shares
        )

    def _look(self) -> None:
        """Ask the printer how it is: paper may have been put in, or have run out."""
        self._looked = self._at.clock.monotonic()
        self._at.clerk.look_at_printer()

    def _turn_page(self) -> None:
        sitting = self._at.sitting
        if sitting.page + 1 < pages_of(self._at):
            sitting.page += 1
        else:
            self._at.go(after_results(self._at))

    def _look_back(self, choice: Choice) -> None:
        """Among the pictures of earlier visits: on to the next ones, or back to the results."""
        if choice is Choice.BACK:
            self._at.go(Happening.BACK)
        elif choice is Choice.NEXT:
            self._at.sitting.page += 1

    def _take(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice in (Choice.PRINT, Choice.BOTH) and self._at.clerk.printer_words() is not None:
            return
        if choice in (Choice.PRINT, Choice.BOTH):
            sitting.paper = PaperState.PRINTING
            self._at.clerk.print_sheet(
                sitting.visit, self._at.assessment(), sitting.language, self._at.history
            )
        if choice in (Choice.PRINT, Choice.CODE, Choice.BOTH):
            sitting.way = choice
            self._at.go(Happening.PAPER)
        elif choice in (Choice.NOTHING, Choice.LEAVE):
            self._at.go(Happening.NOTHING)

    def _after_rest(self) -> Happening:
        station = self._at.sitting.resting_station
        if station is Station.BLOOD:
            return Happening.AFTER_BLOOD
        if station is Station.STAND:
            return Happening.AFTER_STAND
        return Happening.AFTER_SIT if station is Station.SIT else self._gripping.after()


def may_look_back(at: Attendance) -> bool:
    """Whether there are pictures of her earlier visits; the way to them is on the first page."""
    return at.sitting.page == 0 and worth_drawing(at.sitting.visit, at.history)
