"""What waits for the clinic: of what kind, since when, why, and the key that tries now."""

from health.envelope import Kind
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import Action, ListView, Pill, RowView, State
from kiosk.queue import ListWaiting, word_of
from kiosk.store.reckoning import Queued

STEPS = frozenset({StaffStep.DELIVERY})
_ICONS = {Kind.ALARM: "attention", Kind.VISIT: "sheet", Kind.AMENDMENT: "mark", Kind.STATION: "home"}
_AGAIN_S = 2.0
"""How often the list is asked for anew while somebody looks at it."""


class Sending:
    """The queue as it stands."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._queue: tuple[Queued, ...] | None = None
        self._asked = 0.0

    def begin(self) -> None:
        """Ask for the queue."""
        if self._shift.step is StaffStep.DELIVERY:
            self._queue = None
            self._ask()

    def tick(self) -> None:
        """Ask again now and then."""
        here = self._shift.step is StaffStep.DELIVERY and not self._shift.waits
        if here and self._shift.clock.monotonic() - self._asked > _AGAIN_S:
            self._ask()

    def choose(self, press: Press, detail: str) -> None:
        """Try now, or the next page."""
        if press is Press.SEND_NOW:
            self._shift.premises.send()
            self._shift.notice = self._shift.say("delivery.trying")
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(self._queue or ()) + 1

    def body(self) -> ListView:
        """The screen."""
        say, queue = self._shift.say, self._queue or ()
        rows = tuple(self._row(number, one) for number, one in enumerate(queue))
        now = Action(Press.SEND_NOW, "again", say("delivery.now"))
        return ListView(
            say("delivery.title"),
            say("delivery.sentence", count=str(len(queue))) if queue else say("delivery.none_sentence"),
            page_of(rows, self._shift.page),
            self._shift.page,
            pages_of(rows),
            say("delivery.empty") if self._queue == () else "",
            now if queue else None,
        )

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.delivery")

    def _ask(self) -> None:
        self._asked = self._shift.clock.monotonic()
        self._shift.ask(ListWaiting(), self._listed)

    def _listed(self, queue: tuple[Queued, ...]) -> None:
        self._queue = queue

    def _row(self, number: int, one: Queued) -> RowView:
        say = self._shift.say
        since = say("delivery.since", time=self._shift.hour(one.since))
        pill = Pill(State.LOOK, say(f"delivery.why.{word_of(one, self._shift.premises.trouble())}"))
        kind = say(f"delivery.kind.{one.kind}")
        return RowView(str(number), _ICONS[one.kind], kind, since, pill, opens=False)
