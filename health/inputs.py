"""The one gate between a visit and every rule, equation and score.

What passes is a number that may be judged; everything else is a ``Gap`` with its reason. So no rule can
forget to ask whether an instrument was in control, a value off scale or an answer never given.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from devices.reading import Comparator, Quantity
from health.assessment import Reason
from health.bands import Person
from health.plausible import refused
from health.quantity import converted, printed
from health.visit import Answer, Control, Observation, Question, Sex, Visit

ADULT = Decimal(18)


class Gap(msgspec.Struct, frozen=True):
    """Why there is nothing to judge. ``needs`` names what was missing."""

    reason: Reason
    needs: str | None = None


class Known(msgspec.Struct, frozen=True):
    """A value that may be judged. ``exact`` is unrounded, ``printed`` the number that is shown; same unit."""

    exact: Decimal
    printed: Decimal
    comparator: Comparator | None = None


class Inputs:
    """What a visit offers to the rules on a day; asked, never changed."""

    __slots__ = ("_refused", "clock_trusted", "day", "visit")

    def __init__(self, visit: Visit, day: date, *, clock_trusted: bool) -> None:
        self.visit = visit
        self.day = day
        self.clock_trusted = clock_trusted
        self._refused = refused(visit)

    def value(self, quantity: Quantity) -> Known | Gap:
        """The value of ``quantity``, exact or off scale, unless it may not be used."""
        found = self.visit.value_of(quantity)
        if found is None:
            return Gap(Reason.MISSING_INPUT, quantity)
        if found.control is Control.OUT:
            return Gap(Reason.OUT_OF_CONTROL, quantity)
        if quantity in self._refused:
            return Gap(Reason.IMPLAUSIBLE, quantity)
        return _known(found)

    def number(self, quantity: Quantity) -> Known | Gap:
        """The value of ``quantity`` for arithmetic: a value off the instrument's scale is a gap here."""
        found = self.value(quantity)
        if isinstance(found, Known) and found.comparator is not None:
            return Gap(Reason.OFF_SCALE, quantity)
        return found

    def numbers(self, quantities: Iterable[Quantity]) -> tuple[Known, ...] | Gap:
        """All of ``quantities`` for arithmetic, or the first gap."""
        found: list[Known] = []
        for quantity in quantities:
            each = self.number(quantity)
            if isinstance(each, Gap):
                return each
            found.append(each)
        return tuple(found)

    def age(self) -> Decimal | Gap:
        """Age in years. While the clock is not trusted nobody has an age."""
        if not self.clock_trusted:
            return Gap(Reason.CLOCK_UNTRUSTED, "age")
        age = self.visit.resident.age_on(self.day)
        return Gap(Reason.AGE_UNKNOWN, "age") if age is None else age

    def sex(self) -> Sex | Gap:
        """Sex, or the gap."""
        return self.visit.resident.sex or Gap(Reason.SEX_UNKNOWN, "sex")

    def answer(self, question: Question) -> bool | Gap:
        """A plain yes or no, or why there is none."""
        said = self.visit.answer_to(question)
        if said is None:
            return Gap(Reason.NOT_ASKED, question)
        return Gap(Reason.ANSWER_UNKNOWN, question) if said is Answer.UNKNOWN else said is Answer.YES

    def person(self) -> Person:
        """The person as tables ask for her."""
        age = self.age()
        fasting = self.visit.answer_to(Question.FASTING)
        return Person(
            sex=self.visit.resident.sex,
            age=None if isinstance(age, Gap) else age,
            age_reason=age.reason if isinstance(age, Gap) else Reason.AGE_OUT_OF_RANGE,
            fasting=fasting or Answer.UNKNOWN,
            fasting_asked=fasting is not None,
        )

    def a_child(self) -> bool:
        """Whether she is known to be under age; no limit here is meant for children."""
        age = self.age()
        return isinstance(age, Decimal) and age < ADULT

    def rule_day(self) -> date | None:
        """The day rules must be in force, None while the clock cannot say."""
        return self.day if self.clock_trusted else None


def _known(found: Observation) -> Known:
    exact = converted(found.quantity, found.value, found.unit)
    return Known(exact, printed(found.quantity, exact), found.comparator)
