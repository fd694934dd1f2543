"""Home, everything else, the instruments one by one, and the bytes on their wires.

It shows how things stand and opens the work that was pressed. What may not be done is not shown.
"""

from devices.model import Role
from devices.wire import Piece, Way
from kiosk.backroom.instrument import detail_of, tested
from kiosk.backroom.modules import modules_of, name_of, rows_of
from kiosk.backroom.pages import ROWS, page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import (
    Action,
    DetailView,
    FrameLine,
    FramesView,
    HomeView,
    ListView,
    MoreView,
    Pill,
    RowView,
    StaffBody,
    State,
    TileView,
)
from kiosk.backroom.work import Work
from kiosk.jobs import Count, Standing
from kiosk.staff_events import TodayLine, UnclaimedLine
from kiosk.today import ListToday
from kiosk.unclaimed import ListUnclaimed
from kiosk.upkeep.reading_trail import Note
from kiosk.upkeep.staff import Act
from kiosk.upkeep.standing import State as Stands

STEPS = frozenset(
    {StaffStep.HOME, StaffStep.MORE, StaffStep.INSTRUMENTS, StaffStep.INSTRUMENT, StaffStep.FRAMES}
)
_ON_HOME = 5
_FRAMES = 8
_BYTES = 18
"""Bytes of a frame on one line; a longer one goes on below."""
STRAYS = "strays"


class Overview:
    """What is where. ``work`` says which instrument and quantity the next step is about."""

    def __init__(self, shift: Shift, work: Work) -> None:
        self._shift = shift
        self._work = work
        self._today: tuple[TodayLine, ...] | None = None
        self._strays: tuple[UnclaimedLine, ...] = ()
        self._count: Standing | None = None

    def begin(self) -> None:
        """Ask the desk what home tells."""
        if self._shift.step is StaffStep.HOME:
            self._today, self._count = None, None
            self.refresh()

    def refresh(self) -> None:
        """Ask again for what home tells; what was told stands until the answer."""
        if self._shift.step is not StaffStep.HOME:
            return
        self._shift.ask(Count(), self._counted)
        if self._shift.may(Act.VISIT):
            self._shift.ask(ListToday(), self._listed)
        if self._shift.may(Act.CORRECT):
            self._shift.ask(ListUnclaimed(), self._found)

    def choose(self, press: Press, detail: str) -> None:
        """Open what was pressed."""
        step = self._shift.step
        if press is Press.OPEN:
            self._open(detail)
        elif press is Press.LANGUAGE:
            self._work.next_language()
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(rows_of(self._shift)) + 1
        elif press is Press.SELF_TEST:
            self._test()
        elif step is StaffStep.HOME and press in (Press.CALIBRATE, Press.CONTROL):
            self._most_urgent(press)
        elif press in (Press.CALIBRATE, Press.CHECK):
            self._work.begin_on(self._work.instrument, detail)
            self._shift.go(StaffHappening(press.value))
        elif press.value in set(StaffHappening):
            self._shift.go(StaffHappening(press.value))

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.HOME:
            return self._home()
        if step is StaffStep.MORE:
            return self._more()
        if step is StaffStep.INSTRUMENTS:
            return self._instruments()
        return self._instrument() if step is StaffStep.INSTRUMENT else self._frames()

    def heading(self) -> str:
        """What the head says."""
        member = self._shift.member
        if self._shift.step in (StaffStep.HOME, StaffStep.MORE):
            return self._shift.say("heading.staff", name="" if member is None else member.name)
        return self._shift.say(
            "heading.frames" if self._shift.step is StaffStep.FRAMES else "heading.instruments"
        )

    def _open(self, detail: str) -> None:
        if detail == STRAYS:
            self._shift.go(StaffHappening.ONLY_ONE if len(self._strays) == 1 else StaffHappening.STRAYS)
            return
        self._work.begin_on(detail, "")
        self._shift.go(StaffHappening.OPEN)

    def _most_urgent(self, press: Press) -> None:
        """The tile of home opens the instrument that needs it most."""
        roles = (Role.STAND,) if press is Press.CALIBRATE else (Role.BLOOD, Role.GLUCOSE)
        tools = self._shift.premises.tools
        for module in modules_of(self._shift):
            model = tools.model_of(module.instrument.id)
            if model is not None and model.role in roles:
                quantity = module.worst.quantity if module.worst else model.measures[0]
                self._work.begin_on(module.instrument.id, quantity)
                self._shift.go(StaffHappening(press.value))
                return

    def _test(self) -> None:
        self._shift.notice = tested(self._shift, self._work.instrument)
        self._shift.premises.desk.submit(Note(self._shift.by, Act.TEST, self._work.instrument))

    def _home(self) -> HomeView:
        shift = self._shift
        rows: list[RowView] = []
        if self._strays:
            title = shift.say("home.stray", count=str(len(self._strays)))
            pill = Pill(State.LOOK, shift.say("home.stray_word"))
            rows.append(RowView(STRAYS, "question", title, shift.say("home.stray_more"), pill))
        if self._count is not None and self._count.trouble:
            pill = Pill(State.STOP, shift.say("home.ledger_word"))
            more = shift.say("home.ledger_more")
            rows.append(RowView("", "sheet", shift.say("home.ledger"), more, pill, opens=False))
        rows += rows_of(shift)
        tiles = (self._visits(), self._waiting(), self._controls(), self._calibrations())
        shown = tuple(tile for tile in tiles if tile is not None)
        return HomeView(shift.day(shift.clock.today()), tuple(rows[:_ON_HOME]), shown)

    def _visits(self) -> TileView | None:
        if not self._shift.may(Act.VISIT):
            return None
        say = self._shift.say
        number = "–" if self._today is None else str(len(self._today))
        return TileView(Press.VISITS, "people", say("home.visits"), number, say("home.people"), "")

    def _waiting(self) -> TileView:
        say, count = self._shift.say, self._count
        number = "–" if count is None else str(count.counts.waiting)
        waits = count is not None and count.counts.waiting > 0
        cut = self._shift.premises.trouble()
        more = say(f"delivery.why.{cut}") if cut else "" if waits else say("home.all_sent")
        state = State.LOOK if cut else State.PLAIN
        return TileView(Press.DELIVERY, "cloud", say("home.waiting"), number, say("home.sheets"), more, state)

    def _controls(self) -> TileView | None:
        say = self._shift.say
        board = self._shift.premises.board()
        tests = [s for s in (board.standings if board else ()) if self._work.controlled(s.instrument)]
        if not tests or not self._shift.may(Act.CONTROL):
            return None
        due = [s for s in tests if s.state is not Stands.READY]
        more = say("home.control_due") if due else say("home.control_ok")
        state = State.LOOK if due else State.PLAIN
        return TileView(
            Press.CONTROL, "chart", say("home.control"), str(len(tests)), say("home.items"), more, state
        )

    def _calibrations(self) -> TileView | None:
        if not self._shift.may(Act.CALIBRATE) or not self._shift.premises.plates:
            return None
        say, board = self._shift.say, self._shift.premises.board()
        mine = [s for s in (board.standings if board else ()) if self._work.calibrated(s)]
        late = {s.instrument for s in mine if s.state is Stands.RESTS}
        soon = {s.instrument for s in mine if s.state is Stands.SOON}
        more = say("home.overdue") if late else say("home.soon") if soon else say("home.none_due")
        state = State.STOP if late else State.LOOK if soon else State.PLAIN
        number = str(len(late | soon))
        return TileView(
            Press.CALIBRATE, "weight", say("home.calibrate"), number, say("home.machines"), more, state
        )

    def _more(self) -> MoreView:
        may, say = self._shift.may, self._shift.say
        offered = (
            (Press.INSTRUMENTS, "stand", "instruments", True),
            (Press.STRAYS, "question", "strays", may(Act.CORRECT)),
            (Press.LOTS, "bottle", "lots", may(Act.LOT)),
            (Press.STATION, "network", "station", may(Act.STATION)),
            (Press.TOUCH, "target", "touch", may(Act.STATION)),
            (Press.SOUND, "voice", "sound", True),
            (Press.ACCOUNTS, "badge", "accounts", may(Act.STAFF)),
            (Press.LANGUAGE, "globe", "language", True),
        )
        return MoreView(
            tuple(Action(press, icon, say(f"more.{name}")) for press, icon, name, there in offered if there)
        )

    def _instruments(self) -> ListView:
        say, rows = self._shift.say, rows_of(self._shift)
        shown = page_of(rows, self._shift.page)
        return ListView(
            say("instruments.title"),
            say("instruments.sentence"),
            shown,
            self._shift.page,
            pages_of(rows, ROWS),
        )

    def _instrument(self) -> DetailView:
        return detail_of(self._shift, self._work.instrument)

    def _frames(self) -> FramesView:
        shift, id_ = self._shift, self._work.instrument
        pieces = shift.premises.tools.seen(id_)
        lines = [line for piece in pieces[-_FRAMES:] for line in self._lines(piece)]
        return FramesView(
            name_of(shift, id_),
            shift.say("frames.sentence"),
            tuple(lines[-_FRAMES:]),
            shift.say("frames.empty"),
        )

    def _lines(self, piece: Piece) -> list[FrameLine]:
        say = self._shift.say
        way = "frames.said" if piece.way is Way.SAID else "frames.heard" if piece.whole else "frames.noise"
        ago = max(0, round(self._shift.clock.monotonic() - piece.at))
        head = f"{say(way)} · {say('instrument.ago', seconds=str(ago))}"
        if not piece.data:
            return [FrameLine(head, "", say("frames.hidden", size=str(piece.size)))]
        cut = [piece.data[n : n + _BYTES] for n in range(0, len(piece.data), _BYTES)]
        return [
            FrameLine(head if n == 0 else "…", part.hex(" ").upper(), _text(part))
            for n, part in enumerate(cut)
        ]

    def _counted(self, count: Standing) -> None:
        self._count = count

    def _listed(self, lines: tuple[TodayLine, ...]) -> None:
        self._today = lines

    def _found(self, lines: tuple[UnclaimedLine, ...]) -> None:
        self._strays = lines


def _text(data: bytes) -> str:
    """The bytes as they would be read, with a dot for what has no letter."""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in data)
