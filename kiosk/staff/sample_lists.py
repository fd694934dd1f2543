"""Bodies of sample views of lists: visits, what waits, results without a person, checks, accounts."""

from kiosk.backroom.icons import CHECK_ICONS
from kiosk.backroom.lots import SUPPLIES
from kiosk.backroom.steps import Press
from kiosk.backroom.views import (
    Action,
    ChooseView,
    DetailView,
    Fact,
    KeypadView,
    ListView,
    Option,
    RowView,
    SoundView,
    State,
)
from kiosk.staff.sample_work import SampleWork

_CHECKS = ("clinic", "clock", "printer", "ports", "ledger", "sound")


class SampleBodies(SampleWork):
    """What a nurse and a supervisor do, and everything else."""

    def lots(self) -> ListView:
        """A lot in use, one that ended, and strips."""
        say = self.say
        rows = (
            RowView("1", "bottle", say("lots.control", number="2406"), say("until", day=self.day(3, 31)),
                    self.pill(State.GOOD, "lots.used"), opens=False),
            RowView("2", "bottle", say("lots.control", number="2309"), say("until", day=self.day(10, 31)),
                    self.pill(State.STOP, "lots.expired"), opens=False),
            RowView("3", "bottle", say("lots.supply", what=say("supply.strips"), number="K118"),
                    say("until", day=self.day(12, 20)), self.pill(State.LOOK, "lots.soon"), opens=False),
        )  # fmt: skip
        new = Action(Press.NEW, "plus", say("lots.new"))
        return ListView(say("lots.title"), say("lots.sentence"), rows, action=new)

    def supply(self) -> ChooseView:
        """What was opened."""
        say = self.say
        options = tuple(Option(one, say(f"supply.{one}")) for one in SUPPLIES)
        return ChooseView(say("supply.title"), say("supply.sentence"), options, "strips", say("supply.go"))

    def delivery(self, *, empty: bool = False) -> ListView:
        """Three envelopes wait because the link is down."""
        say = self.say
        if empty:
            return ListView(say("delivery.title"), say("delivery.none_sentence"), (),
                            empty=say("delivery.empty"))  # fmt: skip
        kinds = (("alarm", "attention", "9:51"), ("visit", "sheet", "9:40"), ("station", "home", "8:00"))
        rows = tuple(
            RowView(str(n), icon, say(f"delivery.kind.{kind}"), say("delivery.since", time=time),
                    self.pill(State.LOOK, "delivery.why.no_link"), opens=False)
            for n, (kind, icon, time) in enumerate(kinds)
        )  # fmt: skip
        now = Action(Press.SEND_NOW, "again", say("delivery.now"))
        return ListView(say("delivery.title"), say("delivery.sentence", count="3"), rows, action=now)

    def visits(self, *, empty: bool = False, notice: bool = False) -> ListView:
        """Four people of today; their names are masked as everywhere."""
        say = self.say
        people = (("9:52", "沈*珍", "11", State.GOOD, "visits.done"),
                  ("9:31", "林*", "9", State.GOOD, "visits.done"),
                  ("9:05", say("visits.guest"), "4", State.LOOK, "visits.part"),
                  ("8:40", "陈*国", "10", State.PLAIN, "visits.void"))  # fmt: skip
        rows = tuple(
            RowView(time, "person", name, say("visits.more", time=time, count=count), self.pill(state, word))
            for time, name, count, state, word in people
        )
        if empty:
            return ListView(say("visits.title"), say("visits.sentence"), (), empty=say("visits.empty"))
        return ListView(say("visits.title"), say("visits.sentence"), rows)

    def visit(self, *, notice: bool = False) -> DetailView:
        """One visit of today."""
        say = self.say
        facts = (
            Fact(say("visit.time"), "9:52"),
            Fact(say("visit.values"), say("visits.more", time="", count="11").strip("，, ")),
            Fact(say("visit.sent"), say("visit.sent_yes")),
            Fact(say("visit.paper"), say("visit.printed")),
        )
        actions = (
            Action(Press.REPRINT, "print", say("visit.reprint")),
            Action(Press.VOID, "close", say("visit.void")),
            Action(Press.MOVE, "people", say("visit.move")),
        )
        said = say("visit.reprinting") if notice else None
        return DetailView("person", "沈*珍", say("visit.sentence"), self.pill(State.GOOD, "visits.done"),
                          facts, actions, main=True, notice=said)  # fmt: skip

    def void(self) -> ChooseView:
        """Why a visit is void."""
        say = self.say
        names = ("test_run", "wrong_use", "instrument_wrong", "asked_for")
        options = tuple(Option(one, say(f"reason.{one}")) for one in names)
        return ChooseView(say("void.title"), say("void.sentence"), options, "test_run", say("void.confirm"))

    def move(self) -> ChooseView:
        """Whose visit it really is."""
        say = self.say
        options = (Option("9:31", "林*", say("visits.more", time="9:31", count="9")),
                   Option("", say("move.blood", who="林*"), say("move.blood_more")))  # fmt: skip
        return ChooseView(say("move.title"), say("move.sentence"), options, "9:31", say("move.confirm"))

    def strays(self) -> ListView:
        """Two results nobody knows the owner of, and a meter that is taken."""
        say = self.say
        rows = (
            RowView("1", "drop", say("role.blood"), say("strays.more", time="9:47", specimen="K1126"),
                    self.pill(State.LOOK, "strays.word")),
            RowView("2", "drop", say("role.blood"), say("strays.no_specimen", time="8:58"),
                    self.pill(State.LOOK, "strays.word")),
        )  # fmt: skip
        free = Action(Press.RELEASE, "lock", say("strays.release"))
        return ListView(say("strays.title"), say("strays.sentence"), rows, action=free)

    def stray(self) -> ChooseView:
        """Whose result it is."""
        say = self.say
        options = (Option("9:52", "沈*珍", say("visits.more", time="9:52", count="7")),
                   Option("9:31", "林*", say("visits.more", time="9:31", count="9")))  # fmt: skip
        values = "TC 5.31  HDL 1.42"
        return ChooseView(say("stray.title"), say("stray.sentence", time="9:47", values=values), options,
                          "9:52", say("stray.confirm"))  # fmt: skip

    def discard(self) -> ChooseView:
        """Why a result is thrown away."""
        say = self.say
        options = tuple(Option(one, say(f"reason.{one}"))
                        for one in ("test_run", "wrong_use", "instrument_wrong"))  # fmt: skip
        return ChooseView(say("discard.title"), say("discard.sentence"), options, "wrong_use",
                          say("discard.confirm"))  # fmt: skip

    def sound(self, *, light: bool = True) -> SoundView:
        """Loudness, and brightness where the system lets it be set."""
        say = self.say
        return SoundView(6, "", 8 if light else None, "" if light else say("sound.no_light"))

    def station(self) -> ListView:
        """What the doctor found."""
        say = self.say
        rows = tuple(
            RowView(one, CHECK_ICONS[one], say(f"check.{one}"),
                    say(f"check.{one}.do") if n == 0 else say("check.well"),
                    self.pill(State.LOOK, "station.wrong") if n == 0 else self.pill(State.GOOD, "station.ok"),
                    opens=False)
            for n, one in enumerate(_CHECKS)
        )  # fmt: skip
        again = Action(Press.LOOK_AGAIN, "again", say("station.look"))
        return ListView(say("station.title"), say("station.sentence"), rows, 1, 2, action=again)

    def accounts(self) -> ListView:
        """Three people."""
        say = self.say
        people = (("wang-li", "王莉", "supervisor", True), ("114", "周明", "nurse", True),
                  ("207", "何静", "technician", False))  # fmt: skip
        rows = tuple(
            RowView(id_, "badge", name, f"{id_} · {say(f'who.{role}')}",
                    self.pill(State.GOOD, "accounts.on") if on else self.pill(State.STOP, "accounts.off"))
            for id_, name, role, on in people
        )  # fmt: skip
        new = Action(Press.NEW, "plus", say("accounts.new"))
        return ListView(say("accounts.title"), say("accounts.sentence"), rows, action=new)

    def account(self) -> DetailView:
        """A nurse whose account is shut."""
        say = self.say
        facts = (Fact(say("account.number"), "207"), Fact(say("account.role"), say("who.nurse")),
                 Fact(say("account.badge"), say("account.badge_yes")),
                 Fact(say("account.failures"), say("account.failures_count", count="10")))  # fmt: skip
        actions = (Action(Press.SUSPEND, "lock", say("account.open")),
                   Action(Press.NEW, "keypad", say("account.new_pin")))  # fmt: skip
        return DetailView("badge", "何静", say("account.sentence"), self.pill(State.STOP, "accounts.off"),
                          facts, actions)  # fmt: skip

    def new_card(self) -> DetailView:
        """The new colleague's card is awaited."""
        say = self.say
        role = Action(Press.ROLE, "again", say("new_card.role", role=say("who.nurse")))
        return DetailView(
            "card", say("new_card.title"), say("new_card.sentence"), None, (), (role,), picture="card"
        )

    def new_pin(self) -> KeypadView:
        """The new PIN, typed by its owner."""
        say = self.say
        return KeypadView(say("new_pin.title", name="周明"), say("new_pin.sentence"), typed=6,
                          complete=True)  # fmt: skip
