"""How the clinic's pages say names, numbers and times. A record from a newer station must still be readable.

So a sentence whose key this catalogue does not have is shown as its key, in place of no page at all.
"""

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec

from devices.reading import Quantity
from health.assessment import Derived, NotAssessed, Phrase
from health.names import shown
from health.quantity import MEASURES, printed_text
from health.visit import Observation, Resident
from health.words import Words, WordsError

_SIGNS = {"mm[Hg]": "mmHg", "kg/m2": "kg/m²"}


class Saying(msgspec.Struct, frozen=True):
    """One language and one civil time."""

    words: Words
    zone: timezone

    def text(self, key: str, **args: str) -> str:
        """The sentence of ``key``, or the key itself where there is none."""
        return self.words.text(key, **args) if self.words.has(key) else key

    def say(self, phrase: Phrase) -> str:
        """The sentence of ``phrase``, or its key where there is none."""
        try:
            return self.words.say(phrase)
        except WordsError:
            return phrase.key

    def quantity(self, quantity: Quantity) -> str:
        """What a doctor calls it."""
        return self.text(f"quantity.{quantity.value}.doctor")

    def value(self, observation: Observation) -> str:
        """The number as it is printed, with ``<`` or ``>`` where the instrument said so."""
        return printed_text(observation)

    def unit(self, observation: Observation) -> str:
        """The unit as a doctor writes it."""
        return MEASURES[observation.quantity].sign

    def rule(self, silent: NotAssessed) -> str:
        """A rule or score by the name of what it judges, or by its id where that has no name here."""
        about = silent.rule.partition("/")[0]
        keys = (f"quantity.{about}.doctor", f"derived.{about}", f"score.{about}", f"clinic.rule.{about}")
        return next((self.text(key) for key in keys if self.words.has(key)), silent.rule)

    def derived(self, one: Derived) -> str:
        """A calculated value with its unit as a doctor writes it."""
        return f"{one.value} {_SIGNS.get(one.unit, one.unit)}".strip()

    def who(self, resident: Resident) -> str:
        """The name, or that none was left."""
        return shown(resident.name or "") or self.text("clinic.no_name")

    def about(self, resident: Resident, on: date) -> str:
        """Sex and age as far as they are known: ``女 86 岁``."""
        age = resident.age_on(on)
        sex = "" if resident.sex is None else self.text(f"clinic.sex.{resident.sex.value}")
        years = "" if age is None else self.text("clinic.age", years=str(int(age)))
        return " ".join(part for part in (sex, years) if part)

    def moment(self, at: datetime, now: datetime) -> str:
        """A time of day for today, month and day before it otherwise."""
        there, today = at.astimezone(self.zone), now.astimezone(self.zone)
        if there.date() == today.date():
            return self.text("clinic.today_at", time=f"{there:%H:%M}")
        return f"{there:%m-%d %H:%M}" if there.year == today.year else f"{there:%Y-%m-%d %H:%M}"

    def span(self, long: timedelta) -> str:
        """How long something is, to the minute, or in hours and minutes, or in days."""
        minutes = max(0, int(long.total_seconds()) // 60)
        hours, days = minutes // 60, minutes // 1440
        if days >= 2:
            return self.text("clinic.span.days", days=str(days))
        key = "clinic.span.hours" if hours else "clinic.span.minutes"
        return self.text(key, hours=str(hours), minutes=str(minutes % 60 if hours else minutes))

    def clock(self, at: datetime | None) -> str:
        """The time of day with seconds; empty where none is known."""
        return "" if at is None else f"{at.astimezone(self.zone):%H:%M:%S}"

    def day(self, now: datetime) -> str:
        """Date and time of the page, as in its corner."""
        return f"{now.astimezone(self.zone):%Y-%m-%d %H:%M}"


def moment_of(text: str) -> datetime:
    """A time as the database keeps it."""
    return datetime.fromisoformat(text).astimezone(UTC)
