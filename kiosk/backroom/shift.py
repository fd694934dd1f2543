"""One staff member's time in the staff area: who, where, what was asked of the desk, and until when.

Plain state on the thread that draws, shared by the pieces of work of the area; nothing of it outlives the
shift. What the desk answers after somebody went on to another step is dropped: the work itself is done.
"""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from health.words import DEFAULT, Words, words_of
from kiosk.backroom.premises import Premises
from kiosk.backroom.steps import StaffHappening, StaffStep
from kiosk.backroom.table import STAFF_TABLE, next_staff_step
from kiosk.jobs import Job
from kiosk.today import CannotCorrectError
from kiosk.upkeep.errors import NotAllowedError
from kiosk.upkeep.signing_in import SignOut
from kiosk.upkeep.staff import Act, StaffMember

A = TypeVar("A")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class _Asked(msgspec.Struct, frozen=True):
    """A job that was handed in at a ``stay``, and what to do with its answer."""

    stay: int
    answer: Future[Any]
    then: Callable[[Any], None]
    sorry: Callable[[Exception], None]


class Shift:
    """From the badge to the way out."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.clock = premises.clock
        self.language = DEFAULT
        self.step = StaffStep.OUT
        self.member: StaffMember | None = None
        self.notice: str | None = None
        self.page = 1
        self.chosen: str | None = None
        self.help_called = False
        self.arrived = False
        self.touched = 0.0
        self._stay = 0
        self._asked: list[_Asked] = []

    @property
    def words(self) -> Words:
        """The words of the language they read."""
        return words_of(self.language)

    @property
    def by(self) -> str:
        """The staff id that goes into every record; empty before the PIN."""
        return "" if self.member is None else self.member.id

    def may(self, act: Act) -> bool:
        """Whether who is signed in may do that."""
        return self.member is not None and self.member.may(act)

    def say(self, key: str, **args: str) -> str:
        """A sentence of the staff area."""
        return self.words.text(f"backroom.{key}", **args)

    def day(self, day: date) -> str:
        """A day in words."""
        month = str(day.month) if self.language == DEFAULT else _MONTHS[day.month - 1]
        return self.say("day", month=month, day=str(day.day))

    def whole_day(self, day: date) -> str:
        """A day in words with its year."""
        month = str(day.month) if self.language == DEFAULT else _MONTHS[day.month - 1]
        return self.say("day_year", year=str(day.year), month=month, day=str(day.day))

    def local(self, moment: datetime) -> datetime:
        """An aware time as the station's civil time."""
        return moment.astimezone(self.clock.local().tzinfo)

    def hour(self, moment: datetime) -> str:
        """A time of the day."""
        there = self.local(moment)
        return f"{there.hour}:{there.minute:02}"

    def come_in(self, step: StaffStep) -> None:
        """Stand at the door."""
        self.step = step
        self._arrive()

    def go(self, happening: StaffHappening, notice: str | None = None) -> None:
        """Move by the table; ``notice`` is what the next step says was done."""
        step = next_staff_step(self.step, happening)
        if step is StaffStep.OUT:
            self.leave(idle=happening is StaffHappening.GONE)
            return
        self.step = step
        self._arrive()
        self.notice = notice

    def leave(self, *, idle: bool) -> None:
        """Everything of this shift is dropped; who was signed in is noted as gone."""
        if self.by:
            self.premises.desk.submit(SignOut(self.by, idle=idle))
        self._asked.clear()
        self.member, self.notice, self.chosen, self.help_called = None, None, None, False
        self.step, self.language = StaffStep.OUT, DEFAULT
        self._stay += 1

    def touch(self) -> None:
        """Somebody is there: the idle limit begins anew."""
        self.touched = self.clock.monotonic()

    @property
    def left(self) -> float:
        """Seconds until it lets itself out; never quickened, because staff are nobody's simulation."""
        return STAFF_TABLE[self.step].idle - (self.clock.monotonic() - self.touched)

    def ask(
        self, job: Job[A], then: Callable[[A], None], sorry: Callable[[Exception], None] | None = None
    ) -> None:
        """Hand ``job`` in; ``then`` hears the answer, ``sorry`` why there is none, while this step lasts."""
        self.wait_for(self.premises.desk.submit(job), then, sorry)

    def wait_for(
        self, answer: Future[A], then: Callable[[A], None], sorry: Callable[[Exception], None] | None = None
    ) -> None:
        """As ``ask``, for something that works already."""
        self._asked.append(_Asked(self._stay, answer, then, sorry or self.apologise))

    @property
    def waits(self) -> bool:
        """Whether something that was asked at this step is not answered yet."""
        return any(one.stay == self._stay for one in self._asked)

    def poll(self) -> None:
        """Take what was answered."""
        done = [one for one in self._asked if one.answer.done()]
        self._asked = [one for one in self._asked if one not in done]
        for one in done:
            if one.stay != self._stay:
                continue
            wrong = one.answer.exception()
            if wrong is None:
                one.then(one.answer.result())
            elif isinstance(wrong, Exception):
                one.sorry(wrong)

    def apologise(self, wrong: Exception) -> None:
        """Say in one sentence what could not be done."""
        if isinstance(wrong, CannotCorrectError):
            self.notice = self.words.text(wrong.words)
        elif isinstance(wrong, NotAllowedError):
            self.notice = self.say("not_allowed")
        else:
            self.notice = self.say("not_kept")

    def _arrive(self) -> None:
        self._stay += 1
        self.arrived = True
        self.notice, self.chosen, self.page = None, None, 1
        self.touch()
