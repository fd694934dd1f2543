"""From a number to its band, and from a table to the zones of a road.

Pure functions over rules. A value beyond an instrument's range is classed only where everything it could be
lies in one class. This module must not know a visit or a sentence.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from devices.reading import Comparator
from health.assessment import Level, Reason, Zone
from health.quantity import half_up
from health.rule import Band, Edition, Table
from health.visit import Answer, Sex


class Dated(Protocol):
    """Anything with dates in force."""

    @property
    def in_force_from(self) -> date:
        """First day."""
        ...

    @property
    def in_force_to(self) -> date | None:
        """Last day, None while it lasts."""
        ...

    @property
    def preferred(self) -> bool:
        """Whether the station uses it."""
        ...


D = TypeVar("D", bound=Dated)


class Person(msgspec.Struct, frozen=True):
    """What a table asks of a person. Absent means not known; ``age_reason`` says why there is no age."""

    sex: Sex | None
    age: Decimal | None
    age_reason: Reason
    fasting: Answer
    fasting_asked: bool = True


def current(editions: Iterable[D], on: date | None) -> tuple[D, ...]:
    """The preferred editions in force ``on`` that day, newest first; all of them on a day not known."""
    used = [e for e in editions if e.preferred]
    if on is not None:
        used = [e for e in used if e.in_force_from <= on and (e.in_force_to is None or on <= e.in_force_to)]
    return tuple(sorted(used, key=lambda e: e.in_force_from, reverse=True))


def table_for(editions: Sequence[Edition], person: Person) -> tuple[Edition, Table] | Reason:
    """The first table meant for ``person``, or why there is none."""
    reason = Reason.NOT_IN_FORCE
    for edition in editions:
        for table in edition.tables:
            found = _fits(table, person)
            if found is None:
                return edition, table
            # Of several tables the reason that could be mended is the one worth telling.
            if reason is Reason.NOT_IN_FORCE or found is not Reason.AGE_OUT_OF_RANGE:
                reason = found
    return reason


def _fits(table: Table, person: Person) -> Reason | None:
    if table.age_from is not None or table.age_below is not None:
        if person.age is None:
            return person.age_reason
        if table.age_from is not None and person.age < table.age_from:
            return Reason.AGE_OUT_OF_RANGE
        if table.age_below is not None and person.age >= table.age_below:
            return Reason.AGE_OUT_OF_RANGE
    if table.sex is not None and person.sex is not table.sex:
        return Reason.SEX_UNKNOWN if person.sex is None else Reason.AGE_OUT_OF_RANGE
    if table.fasting and person.fasting not in table.fasting:
        return _why_not_fasting(person)
    return None


def _why_not_fasting(person: Person) -> Reason:
    if person.fasting is Answer.NO:
        return Reason.NOT_FASTING
    return Reason.ANSWER_UNKNOWN if person.fasting_asked else Reason.NOT_ASKED


def band_of(bands: Sequence[Band], value: Decimal) -> Band:
    """The first band that takes ``value``; the last takes everything."""
    return next(b for b in bands if b.takes(value))


def class_of(bands: Sequence[Band], value: Decimal, comparator: Comparator | None) -> Band | None:
    """The band of a value, or of the half-line beyond it; None where that half-line meets two classes."""
    if comparator is None:
        return band_of(bands, value)
    possible = _above(bands, value) if comparator is Comparator.ABOVE else _below(bands, value)
    same = {(b.band, b.level) for b in possible}
    # Above, the last band is the gravest that is certain to be reached from here; below, the first one.
    return None if len(same) != 1 else possible[0]


def _above(bands: Sequence[Band], value: Decimal) -> list[Band]:
    return [b for b in bands if b.limit is None or b.limit > value]


def _below(bands: Sequence[Band], value: Decimal) -> list[Band]:
    taken: list[Band] = []
    for band in bands:
        taken.append(band)
        if band.limit is None or band.limit >= value:
            break
    return taken


def zones_of(bands: Sequence[Band]) -> tuple[Zone, ...]:
    """The road of a table, low to high; neighbours that say the same are one; bare where a band is silent."""
    low: Decimal | None = None
    zones: list[Zone] = []
    for band in bands:
        level, word = (None, "") if band.silent else (band.level, band.word)
        zones.append(Zone(low, band.limit, level, word, high_included=band.upto is not None))
        low = band.limit
    return merged(zones)


def without_normal(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """``zones`` for a person with stricter targets: what is normal for others has no class for her."""
    return tuple(replace(z, level=None, word="") if z.level is Level.NORMAL else z for z in zones)


def merged(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """``zones`` with neighbours of one level and word joined."""
    kept: list[Zone] = []
    for zone in zones:
        low = zone.low
        if kept and (kept[-1].level, kept[-1].word) == (zone.level, zone.word):
            low = kept.pop().low
        kept.append(Zone(low, zone.high, zone.level, zone.word, zone.high_included))
    return tuple(kept)


def zone_at(zones: Sequence[Zone], value: Decimal) -> Zone:
    """The zone under ``value``. Its level is the level that was printed."""
    return next(z for z in zones if z.holds(value))


def weight_zones(bands: Sequence[Band], height: Decimal) -> tuple[Zone, ...]:
    """The BMI ``bands`` as zones of body weight in kg at ``height`` in cm.

    A limit is the smallest or largest 0.1 kg whose printed BMI lies in the band on the side of normal, so
    that word and road cannot disagree.
    """
    low: Decimal | None = None
    zones: list[Zone] = []
    normal_reached = False
    for index, band in enumerate(bands):
        normal_reached = normal_reached or band.level is Level.NORMAL
        high = None
        if index < len(bands) - 1:
            first = _first_weight_above(band, height)
            high = first - Decimal("0.1") if normal_reached else first
        zones.append(
            Zone(low, high, band.level, band.word, high_included=normal_reached and high is not None)
        )
        low = high
    return merged(zones)


def _first_weight_above(band: Band, height: Decimal) -> Decimal:
    """The smallest 0.1 kg whose printed BMI the band no longer takes."""
    limit = band.limit
    if limit is None:
        raise ValueError("the last band has no upper end")
    weight = (limit * (height / 100) ** 2 - 2).quantize(Decimal("0.1"))
    while band.takes(bmi_of(height, weight)):
        weight += Decimal("0.1")
    return weight


def bmi_of(height: Decimal, weight: Decimal) -> Decimal:
    """Body mass index kg/m² as printed: one decimal, half-up. ``height`` in cm, ``weight`` in kg."""
    return half_up(weight / (height / 100) ** 2, 1)
