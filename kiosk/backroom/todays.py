"""Today's visits: a copy of the sheet, a visit that is void, a visit that is somebody else's.

Names come masked from the desk and stay masked. Everything is an amendment; nothing is edited, and the desk
writes who did it.
"""

from uuid import UUID

from health.amendment import REASONS, Change, Reason
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import (
    Action,
    ChooseView,
    DetailView,
    Fact,
    ListView,
    Option,
    Pill,
    RowView,
    StaffBody,
    State,
)
from kiosk.corrections import BLOOD, ExchangeBlood, MoveVisit, VoidVisit
from kiosk.staff_events import TodayLine, Whereabouts
from kiosk.today import ListToday, Reprint
from kiosk.upkeep.staff import Act

STEPS = frozenset({StaffStep.VISITS, StaffStep.VISIT, StaffStep.VOID, StaffStep.MOVE})
_OPTIONS = 6
"""Answers on one page: the latest people are the likeliest."""
_SWAPPED = "blood:"
"""Before the visit with which only the blood was swapped."""
_WHERE = {
    Whereabouts.DELIVERED: (State.GOOD, "visits.delivered", "visit.sent_yes"),
    Whereabouts.WAITING: (State.LOOK, "visits.waiting", "visit.sent_no"),
    Whereabouts.REFUSED: (State.STOP, "visits.refused", "visit.sent_refused"),
}


class Todays:
    """The visits of today and what is put right about them."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._lines: tuple[TodayLine, ...] | None = None
        self._visit: UUID | None = None

    def begin(self) -> None:
        """Ask for the list."""
        if self._shift.step is StaffStep.VISITS:
            self._lines = None
            self._shift.ask(ListToday(), self._listed)

    def choose(self, press: Press, detail: str) -> None:
        """Open a visit, print it, say that it is void or whose it is."""
        step = self._shift.step
        if step is StaffStep.VISITS and press is Press.OPEN:
            self._visit = UUID(detail)
            self._shift.go(StaffHappening.OPEN)
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(self._lines or ()) + 1
        elif step is StaffStep.VISIT and press is Press.REPRINT and self._visit is not None:
            self._shift.ask(Reprint(self._visit, self._shift.by), self._reprinting)
        elif step is StaffStep.VISIT and press in (Press.VOID, Press.MOVE):
            self._shift.go(StaffHappening(press.value))
        elif press is Press.CHOOSE:
            self._shift.chosen = detail
        elif press is Press.CONFIRM and self._shift.chosen and not self._shift.waits:
            self._correct(self._shift.chosen)

    def printed(self, words: str | None) -> None:
        """The copy lies in the tray, or the printer said why not (a key)."""
        if self._shift.step is StaffStep.VISIT:
            said = self._shift.say("visit.printed_now") if words is None else self._shift.words.text(words)
            self._shift.notice = said

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.VISITS:
            return self._list()
        if step is StaffStep.VOID:
            return self._void()
        return self._move() if step is StaffStep.MOVE else self._detail()

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.visits")

    @property
    def _line(self) -> TodayLine | None:
        return next((line for line in self._lines or () if line.visit == self._visit), None)

    def _correct(self, chosen: str) -> None:
        if self._visit is None:
            return
        by, visit = self._shift.by, self._visit
        if self._shift.step is StaffStep.VOID:
            self._shift.ask(VoidVisit(visit, Reason(chosen), by), self._voided)
        elif chosen.startswith(_SWAPPED):
            other = UUID(chosen.removeprefix(_SWAPPED))
            self._shift.ask(ExchangeBlood(visit, other, by), self._moved)
        else:
            self._shift.ask(MoveVisit(visit, UUID(chosen), Reason.OTHER_CARD, by), self._moved)

    def _voided(self, _: None) -> None:
        self._shift.go(StaffHappening.CONFIRM, self._shift.say("void.done"))

    def _moved(self, _: None) -> None:
        self._shift.go(StaffHappening.CONFIRM, self._shift.say("move.done"))

    def _reprinting(self, _: None) -> None:
        self._shift.notice = self._shift.say("visit.reprinting")

    def _listed(self, lines: tuple[TodayLine, ...]) -> None:
        self._lines = lines

    def _list(self) -> ListView:
        say, lines = self._shift.say, self._lines or ()
        rows = tuple(self._row(line) for line in lines)
        return ListView(
            say("visits.title"),
            say("visits.sentence"),
            page_of(rows, self._shift.page),
            self._shift.page,
            pages_of(rows),
            say("visits.empty") if self._lines == () else "",
        )

    def _row(self, line: TodayLine) -> RowView:
        state, word, _ = _WHERE[line.whereabouts]
        pill = Pill(state, self._shift.say(word))
        return RowView(str(line.visit), "person", self._name(line), self._more(line), pill)

    def _name(self, line: TodayLine) -> str:
        return line.who or self._shift.say("visits.guest")

    def _more(self, line: TodayLine) -> str:
        count = str(len(line.measured))
        time = "" if line.opened_at is None else self._shift.hour(line.opened_at)
        return self._shift.say("visits.more", time=time, count=count)

    def _detail(self) -> DetailView:
        say, line = self._shift.say, self._line
        if line is None:
            return DetailView("person", say("visits.title"), "", None, (), (), notice=self._shift.notice)
        state, word, sent = _WHERE[line.whereabouts]
        facts = (
            Fact(say("visit.time"), "" if line.opened_at is None else self._shift.hour(line.opened_at)),
            Fact(say("visit.values"), say("visit.count", count=str(len(line.measured)))),
            Fact(say("visit.sent"), say(sent)),
            Fact(say("visit.later"), say("visit.later_yes" if line.amended else "visit.later_no")),
        )
        actions = [Action(Press.REPRINT, "print", say("visit.reprint"))]
        if self._shift.may(Act.CORRECT):
            actions += [
                Action(Press.VOID, "close", say("visit.void")),
                Action(Press.MOVE, "people", say("visit.move")),
            ]
        return DetailView(
            "person",
            self._name(line),
            say("visit.sentence"),
            Pill(state, say(word)),
            facts,
            tuple(actions),
            main=True,
            notice=self._shift.notice,
        )

    def _void(self) -> ChooseView:
        say = self._shift.say
        options = tuple(Option(one, say(f"reason.{one}")) for one in REASONS[Change.VOID])
        sentence = self._shift.notice or say("void.sentence")
        return ChooseView(say("void.title"), sentence, options, self._shift.chosen, say("void.confirm"))

    def _move(self) -> ChooseView:
        say = self._shift.say
        others = [line for line in self._lines or () if line.visit != self._visit and line.who]
        options = tuple(option for line in others for option in self._whose(line))[:_OPTIONS]
        sentence = self._shift.notice or say("move.sentence")
        empty = "" if options else say("move.empty")
        chosen = self._shift.chosen
        confirm = say("move.swap" if (chosen or "").startswith(_SWAPPED) else "move.confirm")
        return ChooseView(say("move.title"), sentence, options, chosen, confirm, empty)

    def _whose(self, line: TodayLine) -> tuple[Option, ...]:
        """The whole visit is hers; or only the blood of the two was swapped, where both gave some."""
        whole = Option(str(line.visit), self._name(line), self._more(line))
        if self._line is None or not all(set(one.measured) & set(BLOOD) for one in (line, self._line)):
            return (whole,)
        say = self._shift.say
        title = say("move.blood", who=self._name(line))
        return whole, Option(f"{_SWAPPED}{line.visit}", title, say("move.blood_more"))
