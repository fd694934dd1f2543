"""What a report is made from, and the few facts every page of it needs in words. It must not draw."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import msgspec

from devices.reading import Comparator, Confidential, Quantity
from health.assessment import Assessment, Level, Score
from health.names import shown
from health.quantity import printed_text
from health.station import Station
from health.visit import Observation, PastVisit, Sex, Visit
from health.words import Words

# China keeps one time, UTC+8, without summer time (State Council, 1992): no zone database is needed.
CIVIL = timezone(timedelta(hours=8))
OLDEST_WITH_PERCENT = 74
MODELS = ("who_cvd_2019_lab", "who_cvd_2019_nonlab", "china_par")


class Report(Confidential, msgspec.Struct, frozen=True):
    """One printed report. ``closed_at`` (aware) dates it; None: the visit's own time.

    ``copy`` marks a reprint. ``large`` asks for larger type on page 1. ``sequence`` is the station's number
    of the record, ``software`` the version that measured. ``also``: further languages,
    each on paper of its own.
    """

    visit: Visit
    assessment: Assessment
    history: tuple[PastVisit, ...]
    station: Station
    words: Words
    large: bool = False
    copy: bool = False
    closed_at: datetime | None = None
    software: str = ""
    sequence: int | None = None
    also: tuple[Words, ...] = ()

    @property
    def demo(self) -> bool:
        """Whether any value was simulated: then every page says so."""
        return self.visit.demo or self.station.demo

    @property
    def age(self) -> Decimal | None:
        """Age on the day of the visit, or None."""
        return self.visit.resident.age_on(self.visit.on)

    @property
    def made(self) -> datetime:
        """When the visit closed, aware UTC; the start of its day where nothing else is known."""
        known = self.closed_at or self.visit.closed_at or self.visit.opened_at
        return (known or datetime.combine(self.visit.on, time(), CIVIL)).astimezone(UTC)


def clock(moment: datetime) -> str:
    """Civil time, ``09:12``."""
    return f"{moment.astimezone(CIVIL):%H:%M}"


def person(report: Report, name: str | None) -> str:
    """``name`` (or a part of hers) and her age as they are spoken, or the plain title of a guest."""
    words = report.words
    name = shown(name or "")
    if not name:
        named = words.text("sheet.guest")
    else:
        forms = {Sex.FEMALE: "sheet.person.female", Sex.MALE: "sheet.person.male", None: "sheet.person.plain"}
        named = words.text(forms[report.visit.resident.sex], name=name)
    if report.age is None:
        return named
    return words.text("sheet.person_and_age", person=named, age=years(report.age))


def years(age: Decimal) -> str:
    """An age in figures: 74, never 74.0."""
    return f"{age.normalize():f}"


def for_resident(words: Words, observation: Observation) -> str:
    """The value in figures; the sign of an off-scale value is a word."""
    if observation.comparator is None:
        return printed_text(observation)
    key = "beyond.above" if observation.comparator is Comparator.ABOVE else "beyond.below"
    return words.text(key) + printed_text(observation).lstrip("<>")


def listed(words: Words, parts: Sequence[str]) -> str:
    """The parts as a list in a sentence."""
    return words.text("sheet.and").join(parts)


_SPOKEN = {Quantity.GRIP_LEFT: "quantity.grip", Quantity.GRIP_RIGHT: "quantity.grip"}


def name_of(words: Words, quantity: Quantity) -> str:
    """What the resident calls a quantity."""
    return words.text(_SPOKEN.get(quantity, f"quantity.{quantity.value}"))


def risk(report: Report) -> Score | None:
    """The score shown as people: only to 74, never on a page of level 3, the first model that answered."""
    age = report.age
    if age is None or age > OLDEST_WITH_PERCENT or report.assessment.level is Level.NOW:
        return None
    by_model = {score.model: score for score in report.assessment.scores}
    return next((by_model[m] for m in MODELS if m in by_model), None)
