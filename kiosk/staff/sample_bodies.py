"""Bodies of the staff area's sample views, with synthetic people and instruments only. No widget here."""

from health.words import Words
from kiosk.backroom.steps import Press
from kiosk.backroom.views import (
    Action,
    DetailView,
    EntryView,
    Fact,
    FrameLine,
    FramesView,
    HomeView,
    KeypadView,
    ListView,
    MoreView,
    Pill,
    RowView,
    State,
    TileView,
)


class SampleOverviews:
    """The door, home, and the instruments."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def say(self, key: str, **args: str) -> str:
        """A sentence of the staff area."""
        return self._words.text(f"backroom.{key}", **args)

    def day(self, month: int, day: int) -> str:
        """A day in words."""
        names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        said = str(month) if self._words.language == "zh_CN" else names[month - 1]
        return self.say("day", month=said, day=str(day))

    def pill(self, state: State, word: str) -> Pill:
        """A state with the word of ``word``."""
        return Pill(state, self.say(word))

    def number(self) -> EntryView:
        """The staff number, while the reader is away."""
        say = self.say
        return EntryView(
            "", say("number.title"), say("number.sentence"), "LI-NA", letters=True, complete=True
        )

    def pin(self, *, wrong: bool = False, closed: bool = False) -> KeypadView:
        """The PIN, four of six digits typed; or what a wrong one is answered."""
        say = self.say
        trouble = say("pin.wrong", left="8") if wrong else say("pin.shut") if closed else None
        return KeypadView(
            say("pin.title", name="王莉"),
            say("pin.sentence"),
            typed=0 if wrong or closed else 4,
            trouble=trouble,
            closed=closed,
            hint=None if trouble else say("pin.hint", pin="582946"),
        )

    def home(self) -> HomeView:
        """A morning with two things to do."""
        say = self.say
        return HomeView(
            self.day(11, 23),
            (
                RowView("strays", "question", say("home.stray", count="1"), say("home.stray_more"),
                        self.pill(State.LOOK, "home.stray_word")),
                self._module("analyser", "drop", "blood", State.STOP, "state.rests", say("chart.rejected")),
                self._module("handle", "fist", "grip", State.LOOK, "state.soon",
                             say("until", day=self.day(11, 26))),
                self._module("scale", "stand", "stand", State.GOOD, "state.ready",
                             say("until", day=self.day(12, 5))),
                self._module("cuff", "cuff", "pressure", State.GOOD, "state.ready", say("not_asked")),
            ),
            (
                TileView(Press.VISITS, "people", say("home.visits"), "14", say("home.people"),
                         say("home.unfinished", count="1")),
                TileView(Press.DELIVERY, "cloud", say("home.waiting"), "3", say("home.sheets"),
                         say("delivery.why.no_link"), State.LOOK),
                TileView(Press.CONTROL, "chart", say("home.control"), "4", say("home.items"),
                         say("home.control_due"), State.LOOK),
                TileView(Press.CALIBRATE, "weight", say("home.calibrate"), "1", say("home.machines"),
                         say("home.soon"), State.LOOK),
            ),
        )  # fmt: skip

    def _module(self, id_: str, icon: str, role: str, state: State, word: str, more: str) -> RowView:
        return RowView(id_, icon, self.say(f"role.{role}"), more, self.pill(state, word))

    def more(self) -> MoreView:
        """Everything else."""
        named = (
            (Press.INSTRUMENTS, "stand", "instruments"),
            (Press.STRAYS, "question", "strays"),
            (Press.LOTS, "bottle", "lots"),
            (Press.STATION, "network", "station"),
            (Press.TOUCH, "target", "touch"),
            (Press.SOUND, "voice", "sound"),
            (Press.ACCOUNTS, "badge", "accounts"),
            (Press.LANGUAGE, "globe", "language"),
        )
        return MoreView(tuple(Action(press, icon, self.say(f"more.{name}")) for press, icon, name in named))

    def instruments(self) -> ListView:
        """All instruments and the printer."""
        rows = (
            *self.home().rows[1:],
            self._module("reader", "card", "card", State.GOOD, "state.ready", self.say("line_open")),
            self._module("printer", "print", "printer", State.GOOD, "state.ready", self.say("printer_ready")),
        )
        return ListView(self.say("instruments.title"), self.say("instruments.sentence"), rows)

    def instrument(self, *, notice: bool = False) -> DetailView:
        """The stand for height and weight."""
        say = self.say
        facts = (
            Fact(say("instrument.model"), "上禾 SH"),
            Fact(say("instrument.evidence"), say("grade.B").split("：")[0].split(":")[0]),
            Fact(say("instrument.port"), "/dev/serial/by-id/…scale"),
            Fact(say("instrument.last"), say("instrument.ago", seconds="38")),
            Fact(say("instrument.calibrated"), self.day(12, 5)),
            Fact(say("instrument.checked"), self.day(11, 28)),
        )
        actions = (
            Action(Press.CALIBRATE, "weight", say("instrument.calibrate_weight"), "body_weight"),
            Action(Press.CALIBRATE, "trend", say("instrument.calibrate_height"), "body_height"),
            Action(Press.CHECK, "tick", say("instrument.check_weight"), "body_weight"),
            Action(Press.CHECK, "tick", say("instrument.check_height"), "body_height"),
            Action(Press.SELF_TEST, "heart", say("instrument.self_test")),
            Action(Press.FRAMES, "wave", say("instrument.frames")),
        )
        said = say("instrument.tested", seconds="38") if notice else None
        return DetailView("stand", say("role.stand"), say("grade.B"), self.pill(State.GOOD, "state.ready"),
                          facts, actions, notice=said)  # fmt: skip

    def frames(self, *, empty: bool = False) -> FramesView:
        """What came over the wire of the stand."""
        line = "57 3A 30 35 31 2E 33 20 48 3A 31 35 32 2E 34 0D 0A"
        lines = tuple(
            FrameLine(f"9:4{number}:12.{number}07 {self.say('frames.heard')}", line, "W:051.3 H:152.4")
            for number in range(5)
        )
        return FramesView(self.say("role.stand"), self.say("frames.sentence"), () if empty else lines,
                          self.say("frames.empty"))  # fmt: skip
