"""The way in: a badge and a PIN, or where no reader is there a staff number and a PIN.

It counts nothing and knows no PIN: the desk writes the try down before it looks, and says how many are left.
"""

from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import EntryView, KeypadView
from kiosk.upkeep.pin import LONGEST, SHORTEST
from kiosk.upkeep.signing_in import Answer, LetIn, NotLetIn, Refusal, SignIn, WhoseCard
from kiosk.upkeep.staff import StaffMember

STEPS = frozenset({StaffStep.NUMBER, StaffStep.PIN})
LONGEST_NUMBER = 14


class Door:
    """Who is it, and is it her. Digits are forgotten with every answer."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._digits = ""
        self._badge = ""
        self._staff = ""
        self._name = ""
        self._trouble: str | None = None
        self._shut = False
        self._waits_until = 0.0
        self._tries_left = 0

    def badge(self, badge: str) -> None:
        """A staff badge was laid while nobody was at the kiosk."""
        self._forget()
        self._badge = badge
        answer = self._shift.premises.desk.submit(WhoseCard(badge))
        self._shift.wait_for(answer, self._known)

    def knock(self) -> None:
        """The reader is away and somebody held the fixed place: ask for the staff number."""
        self._forget()
        self._shift.come_in(StaffStep.NUMBER)

    def begin(self) -> None:
        """The keypad is empty at every step."""
        self._digits, self._trouble, self._shut, self._waits_until = "", None, False, 0.0

    def choose(self, press: Press, detail: str) -> None:
        """A key of the keypad."""
        if self._shift.waits or self._closed:
            return
        if press is Press.DIGIT and not self._full:
            self._digits += detail.lower()
            self._trouble = None
        elif press is Press.DELETE:
            self._digits = self._digits[:-1]
        elif press is Press.CONFIRM and self._complete:
            self._confirm()

    def body(self) -> KeypadView | EntryView:
        """The board or the keypad as it stands."""
        say, pin = self._shift.say, self._shift.premises.demo_pin
        complete = self._complete and not self._shift.waits
        if self._shift.step is StaffStep.NUMBER:
            typed = self._digits.upper()
            title, more = say("number.title"), say("number.sentence")
            return EntryView("", title, more, typed, letters=True, complete=complete, full=self._full)
        return KeypadView(
            say("pin.title", name=self._name),
            say("pin.looking") if self._shift.waits else say("pin.sentence"),
            typed=len(self._digits),
            places=SHORTEST,
            complete=complete,
            trouble=self._said,
            closed=self._closed,
            hint=say("pin.hint", pin=pin) if pin else None,
            full=self._full,
        )

    @property
    def _wait(self) -> int:
        """Seconds until the next try; the protection of a PIN is never quickened for a demonstration."""
        return max(0, round(self._waits_until - self._shift.clock.monotonic()))

    @property
    def _closed(self) -> bool:
        return self._shut or self._wait > 0

    @property
    def _said(self) -> str | None:
        if self._wait > 0:
            return self._shift.say("pin.wait", seconds=str(self._wait), left=str(self._tries_left))
        return self._trouble

    @property
    def _full(self) -> bool:
        most = LONGEST if self._shift.step is StaffStep.PIN else LONGEST_NUMBER
        return len(self._digits) >= most

    @property
    def _complete(self) -> bool:
        return len(self._digits) >= (SHORTEST if self._shift.step is StaffStep.PIN else 1)

    def _forget(self) -> None:
        self._badge = self._staff = self._name = ""
        self.begin()

    def _known(self, member: StaffMember | None) -> None:
        if member is not None and self._shift.step is StaffStep.OUT:
            self._staff, self._name = member.id, member.name
            self._shift.come_in(StaffStep.PIN)

    def _confirm(self) -> None:
        digits, self._digits = self._digits, ""
        if self._shift.step is StaffStep.NUMBER:
            self._staff = self._name = digits
            self._shift.go(StaffHappening.KNOWN)
            return
        self._shift.ask(SignIn(self._staff, digits, self._badge), self._answered, self._not_now)

    def _answered(self, answer: Answer) -> None:
        if isinstance(answer, LetIn):
            self._shift.member = answer.member
            self._forget()
            self._shift.go(StaffHappening.LET_IN)
            return
        self._tries_left = answer.left
        self._shut = answer.why is Refusal.SHUT
        self._waits_until = self._shift.clock.monotonic() + answer.wait_s
        self._trouble = self._why_not(answer)

    def _not_now(self, _: Exception) -> None:
        self._trouble = self._shift.say("not_kept")

    def _why_not(self, answer: NotLetIn) -> str:
        if answer.why in (Refusal.SHUT, Refusal.UNKNOWN, Refusal.CARD):
            return self._shift.say(f"pin.{answer.why}")
        return self._shift.say("pin.wrong", left=str(answer.left))
