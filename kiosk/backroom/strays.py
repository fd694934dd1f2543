"""Results without a person: whose each is, or why it is thrown away; and a meter that is to be given back.

The one place where a value finds its person afterwards, so the person is always chosen by a hand and
confirmed by another press, and the ticket that fits is offered first.
"""

from uuid import UUID

from devices.reading import Quantity
from kiosk.backroom.modules import icon_of, name_of
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import Action, ChooseView, ListView, Option, Pill, RowView, StaffBody, State
from kiosk.corrections import FileResult
from kiosk.staff_events import TodayLine, UnclaimedLine
from kiosk.today import ListToday
from kiosk.unclaimed import Discard, DiscardResult, ListUnclaimed, ReleaseMeter

STEPS = frozenset({StaffStep.STRAYS, StaffStep.STRAY, StaffStep.DISCARD})
_OPTIONS = 6
_SHORT = {
    Quantity.TOTAL_CHOLESTEROL: "TC",
    Quantity.HDL: "HDL",
    Quantity.TRIGLYCERIDES: "TG",
    Quantity.LDL: "LDL",
    Quantity.GLUCOSE: "GLU",
}


class Strays:
    """What waits for its person."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._lines: tuple[UnclaimedLine, ...] | None = None
        self._today: tuple[TodayLine, ...] = ()
        self._result: UUID | None = None

    def begin(self) -> None:
        """Ask for both lists."""
        if self._shift.step is StaffStep.STRAYS:
            self._result, self._lines = None, None
        if self._shift.step in (StaffStep.STRAYS, StaffStep.STRAY):
            self._shift.ask(ListUnclaimed(), self._listed)
            self._shift.ask(ListToday(), self._seen)

    def forget(self) -> None:
        """Home opens the only one there is: nothing was chosen from the list."""
        self._result = None

    def choose(self, press: Press, detail: str) -> None:
        """Open one, say whose it is, throw it away, give a meter back."""
        step = self._shift.step
        if step is StaffStep.STRAYS and press is Press.OPEN:
            self._result = UUID(detail)
            self._shift.go(StaffHappening.OPEN)
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(self._lines or ()) + 1
        elif step is StaffStep.STRAYS and press is Press.RELEASE:
            self._shift.ask(ReleaseMeter(detail, self._shift.by), self._released)
        elif step is StaffStep.STRAY and press is Press.DISCARD:
            self._shift.go(StaffHappening.DISCARD)
        elif press is Press.CHOOSE:
            self._shift.chosen = detail
        elif press is Press.CONFIRM and self._shift.chosen and not self._shift.waits:
            self._confirm(self._shift.chosen)

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.STRAYS:
            return self._list()
        return self._whose() if step is StaffStep.STRAY else self._discard()

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.strays")

    @property
    def _line(self) -> UnclaimedLine | None:
        """The one that was opened, or the only one."""
        lines = self._lines or ()
        if self._result is None:
            return lines[0] if len(lines) == 1 else None
        return next((line for line in lines if line.id == self._result), None)

    def _confirm(self, chosen: str) -> None:
        line, by = self._line, self._shift.by
        if line is None:
            return
        if self._shift.step is StaffStep.STRAY:
            self._shift.ask(FileResult(line.id, UUID(chosen), by), self._filed)
        else:
            self._shift.ask(DiscardResult(line.id, Discard(chosen), by), self._discarded)

    def _filed(self, _: None) -> None:
        self._shift.go(StaffHappening.CONFIRM, self._shift.say("stray.filed"))

    def _discarded(self, _: None) -> None:
        self._shift.go(StaffHappening.CONFIRM, self._shift.say("discard.done"))

    def _released(self, _: None) -> None:
        self._shift.notice = self._shift.say("strays.released")

    def _listed(self, lines: tuple[UnclaimedLine, ...]) -> None:
        self._lines = lines

    def _seen(self, lines: tuple[TodayLine, ...]) -> None:
        self._today = lines

    def _list(self) -> ListView:
        say = self._shift.say
        rows = tuple(self._row(line) for line in self._lines or ())
        taken = self._shift.premises.taken_meters()
        free = None
        if taken:
            free = Action(Press.RELEASE, "lock", say("strays.release"), taken[0])
        return ListView(
            say("strays.title"),
            say("strays.sentence"),
            page_of(rows, self._shift.page),
            self._shift.page,
            pages_of(rows),
            say("strays.empty") if self._lines == () else "",
            free,
        )

    def _row(self, line: UnclaimedLine) -> RowView:
        say = self._shift.say
        pill = Pill(State.LOOK, say("strays.word"))
        name, icon = name_of(self._shift, line.instrument), icon_of(self._shift, line.instrument)
        return RowView(str(line.id), icon, name, self._when(line), pill)

    def _when(self, line: UnclaimedLine) -> str:
        time = self._shift.hour(line.heard_at)
        if line.specimen is None:
            return self._shift.say("strays.no_specimen", time=time)
        return self._shift.say("strays.more", time=time, specimen=line.specimen)

    def _whose(self) -> ChooseView:
        say, line = self._shift.say, self._line
        if line is None:
            return ChooseView(say("stray.title"), "", (), None, say("stray.confirm"))
        values = "  ".join(
            f"{_SHORT.get(o.quantity, o.quantity)} {o.comparator or ''}{o.value}" for o in line.values
        )
        sentence = self._shift.notice or say(
            "stray.sentence", time=self._shift.hour(line.heard_at), values=values
        )
        people = sorted((one for one in self._today if one.who), key=lambda one: one.visit != line.visit)
        options = tuple(self._option(one, fits=one.visit == line.visit) for one in people[:_OPTIONS])
        shown = options if line.why is not None else ()
        empty = "" if shown or self._shift.waits else say("stray.empty" if line.why else "stray.shut")
        return ChooseView(
            say("stray.title"), sentence, shown, self._shift.chosen, say("stray.confirm"), empty
        )

    def _option(self, line: TodayLine, *, fits: bool) -> Option:
        count = str(len(line.measured))
        time = "" if line.opened_at is None else self._shift.hour(line.opened_at)
        more = self._shift.say("visits.more", time=time, count=count)
        return Option(str(line.visit), line.who, self._shift.say("stray.fits", more=more) if fits else more)

    def _discard(self) -> ChooseView:
        say = self._shift.say
        options = tuple(Option(one, say(f"discard_why.{one}")) for one in Discard)
        sentence = self._shift.notice or say("discard.sentence")
        return ChooseView(say("discard.title"), sentence, options, self._shift.chosen, say("discard.confirm"))
