"""Accounts of the staff, for a supervisor: who may enter, a new colleague by card, a new PIN, one shut.

A name comes from the card that is laid, never from a keyboard; the card's number goes nowhere but through the
badge that recognises it.
"""

from devices.reading import Card
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import (
    Action,
    DetailView,
    Fact,
    KeypadView,
    ListView,
    Pill,
    RowView,
    StaffBody,
    State,
)
from kiosk.badge import badge_of
from kiosk.upkeep.accounts import AddStaff, OpenAccount, SetPin, ShutAccount
from kiosk.upkeep.errors import PinError, StaffError
from kiosk.upkeep.members import Staff
from kiosk.upkeep.pin import LONGEST, SHORTEST, require_good
from kiosk.upkeep.staff import StaffMember, StaffRole

STEPS = frozenset({StaffStep.ACCOUNTS, StaffStep.ACCOUNT, StaffStep.NEW_CARD, StaffStep.NEW_PIN})


class People:
    """Who works here."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._members: tuple[StaffMember, ...] = ()
        self._opened = ""
        self._role = StaffRole.NURSE
        self._new: tuple[str, str] | None = None  # name and badge of a new colleague
        self._first, self._digits = "", ""
        self._trouble: str | None = None

    def begin(self) -> None:
        """Ask who there is; an empty keypad."""
        step = self._shift.step
        self._first, self._digits, self._trouble = "", "", None
        if step in (StaffStep.ACCOUNTS, StaffStep.ACCOUNT):
            self._new = None
            self._shift.ask(Staff(), self._listed)
        elif step is StaffStep.NEW_CARD:
            self._new = None

    def choose(self, press: Press, detail: str) -> None:
        """Open an account, shut it, give it a PIN, add one."""
        step = self._shift.step
        if step is StaffStep.ACCOUNTS:
            self._at_list(press, detail)
        elif step is StaffStep.ACCOUNT and press is Press.NEW:
            self._shift.go(StaffHappening.NEW)
        elif step is StaffStep.ACCOUNT and press is Press.SUSPEND:
            self._suspend()
        elif step is StaffStep.NEW_CARD and press is Press.ROLE:
            roles = tuple(StaffRole)
            self._role = roles[(roles.index(self._role) + 1) % len(roles)]
        elif step is StaffStep.NEW_PIN and not self._shift.waits:
            self._type(press, detail)

    def card(self, card: Card) -> None:
        """Somebody laid a card: at the step that awaits one it is the new colleague's."""
        if self._shift.step is not StaffStep.NEW_CARD:
            return
        badge = badge_of(card.number, self._shift.premises.station)
        if badge in {member.badge for member in self._members}:
            self._trouble = self._shift.say("new_card.taken")
            return
        self._new = (card.name, badge)
        self._shift.go(StaffHappening.KNOWN)

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.ACCOUNTS:
            return self._list()
        if step is StaffStep.ACCOUNT:
            return self._detail()
        return self._awaiting() if step is StaffStep.NEW_CARD else self._keypad()

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.accounts")

    @property
    def _member(self) -> StaffMember | None:
        return next((one for one in self._members if one.id == self._opened), None)

    def _at_list(self, press: Press, detail: str) -> None:
        if press is Press.OPEN:
            self._opened = detail
            self._shift.go(StaffHappening.OPEN)
        elif press is Press.NEW:
            self._shift.go(StaffHappening.NEW)
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(self._members) + 1

    def _suspend(self) -> None:
        member, by = self._member, self._shift.by
        if member is None:
            return
        if _shut(member):
            self._shift.ask(OpenAccount(by, member.id), lambda _: self._changed("account.open_done"))
        else:
            self._shift.ask(ShutAccount(by, member.id), lambda _: self._changed("account.shut_done"))

    def _changed(self, key: str) -> None:
        self._shift.ask(Staff(), self._listed)
        self._shift.notice = self._shift.say(key)

    def _type(self, press: Press, detail: str) -> None:
        if press is Press.DIGIT and len(self._digits) < LONGEST:
            self._digits += detail
            self._trouble = None
        elif press is Press.DELETE:
            self._digits = self._digits[:-1]
        elif press is Press.CONFIRM and len(self._digits) >= SHORTEST:
            self._confirm()

    def _confirm(self) -> None:
        digits, self._digits = self._digits, ""
        if not self._first:
            try:
                require_good(digits)
            except PinError:
                self._trouble = self._shift.say("new_pin.guessed")
                return
            self._first = digits
        elif digits != self._first:
            self._first, self._trouble = "", self._shift.say("new_pin.differs")
        else:
            self._first = ""
            self._keep(digits)

    def _keep(self, pin: str) -> None:
        by = self._shift.by
        if self._new is not None:
            name, badge = self._new
            number = _number_after(self._members)
            job = AddStaff(by, number, name, self._role, pin, badge)
            self._shift.ask(job, self._made, self._refused)
        elif self._member is not None:
            self._shift.ask(SetPin(by, self._opened, pin), self._pin_kept, self._refused)

    def _made(self, member: StaffMember) -> None:
        self._shift.premises.learn_badge(member.badge, member.id)
        self._shift.go(StaffHappening.DONE, self._shift.say("account.made", number=member.id))

    def _pin_kept(self, _: None) -> None:
        self._shift.go(StaffHappening.DONE, self._shift.say("account.pin_done"))

    def _refused(self, wrong: Exception) -> None:
        key = "new_pin.guessed" if isinstance(wrong, PinError) else "not_kept"
        self._trouble = self._shift.say("account.not_own" if isinstance(wrong, StaffError) else key)

    def _listed(self, members: tuple[StaffMember, ...]) -> None:
        self._members = members

    def _list(self) -> ListView:
        shift, say = self._shift, self._shift.say
        rows = tuple(self._row(member) for member in self._members)
        return ListView(
            say("accounts.title"),
            say("accounts.sentence"),
            page_of(rows, shift.page),
            shift.page,
            pages_of(rows),
            action=Action(Press.NEW, "plus", say("accounts.new")),
        )

    def _row(self, member: StaffMember) -> RowView:
        more = f"{member.id} · {self._shift.say(f'who.{member.role}')}"
        return RowView(member.id, "badge", member.name, more, self._pill(member))

    def _pill(self, member: StaffMember) -> Pill:
        if _shut(member):
            return Pill(State.STOP, self._shift.say("accounts.off"))
        return Pill(State.GOOD, self._shift.say("accounts.on"))

    def _detail(self) -> DetailView:
        say, member = self._shift.say, self._member
        if member is None:
            return DetailView("badge", "", "", None, (), ())
        facts = (
            Fact(say("account.number"), member.id),
            Fact(say("account.role"), say(f"who.{member.role}")),
            Fact(say("account.badge"), say("account.badge_yes" if member.badge else "account.badge_no")),
            Fact(say("account.failures"), say("account.failures_count", count=str(member.failures))),
        )
        own = member.id == self._shift.by
        change = Action(Press.SUSPEND, "lock", say("account.open" if _shut(member) else "account.shut"))
        actions = () if own else (change, Action(Press.NEW, "keypad", say("account.new_pin")))
        sentence = say("account.own") if own else say("account.sentence")
        return DetailView(
            "badge",
            member.name,
            sentence,
            self._pill(member),
            facts,
            actions,
            notice=self._shift.notice,
        )

    def _awaiting(self) -> DetailView:
        say = self._shift.say
        role = Action(Press.ROLE, "again", say("new_card.role", role=say(f"who.{self._role}")))
        return DetailView(
            "card",
            say("new_card.title"),
            say("new_card.sentence"),
            None,
            (),
            (role,),
            notice=self._trouble,
            picture="card",
        )

    def _keypad(self) -> KeypadView:
        say, member = self._shift.say, self._member
        name = self._new[0] if self._new is not None else "" if member is None else member.name
        title = say("new_pin.again") if self._first else say("new_pin.title", name=name)
        return KeypadView(
            title,
            say("new_pin.sentence"),
            typed=len(self._digits),
            places=SHORTEST,
            complete=len(self._digits) >= SHORTEST,
            trouble=self._trouble,
            full=len(self._digits) >= LONGEST,
        )


def _shut(member: StaffMember) -> bool:
    """Whether the account lets nobody in: shut, or out of tries."""
    return not member.enabled or member.failures >= 10


def _number_after(members: tuple[StaffMember, ...]) -> str:
    """The next staff number: three digits that can be typed on the keypad."""
    taken = [int(member.id) for member in members if member.id.isdigit()]
    return str(max([100, *taken]) + 1)
