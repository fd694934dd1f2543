"""Dates as FHIR R4 searches by them: each text is a span as long as it is exact, and a prefix compares spans.

``2026-11`` is a month, ``2026-11-23T08:00+08:00`` a minute. Search.html 3.1.1.5.6 says what each prefix asks.
A text without a zone is of the clinic's own. This module must not know which resource is compared.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

import msgspec

from clinic.store.wanted import EVER, Range

_TEXT = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})"
    r"(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
_PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)")
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_APART = 10
"""``ap`` takes a tenth of how long ago it is to either side, as the standard recommends."""


class Span(msgspec.Struct, frozen=True):
    """From ``low`` on and before ``high``, both UTC."""

    low: datetime
    high: datetime


class Comparison(msgspec.Struct, frozen=True):
    """One value of a parameter: its prefix, and its span."""

    prefix: str
    span: Span

    def fits(self, found: Span) -> bool:
        """Whether a resource whose element spans ``found`` is asked for."""
        return _FITS[self.prefix](self.span, found)

    def hull(self) -> Range:
        """Where an instant must lie to fit; wider where no single range says it."""
        low, high = _text(self.span.low), _text(self.span.high)
        match self.prefix:
            case "gt" | "sa":
                return Range(high, None)
            case "ge":
                return Range(low, None)
            case "lt" | "eb":
                return Range(None, low)
            case "le":
                return Range(None, high)
            case "ne":
                return EVER
            case _:
                return Range(low, high)


class When(msgspec.Struct, frozen=True):
    """What all values of a date parameter ask together: one of each ``,``, and every one that was said."""

    every: tuple[tuple[Comparison, ...], ...] = ()

    def fits(self, found: Span | None) -> bool:
        """Whether an element with that span is asked for; one that is absent never is."""
        if not self.every:
            return True
        return found is not None and all(any(one.fits(found) for one in some) for some in self.every)

    def hull(self, margin: timedelta = timedelta(0)) -> Range:
        """A range in which every instant lies that fits, wider by ``margin`` on both sides."""
        whole = EVER
        for some in self.every:
            whole = whole & _around(one.hull() for one in some)
        return Range(_moved(whole.low, -margin), _moved(whole.high, margin))


def when_of(texts: Iterable[str], zone: timezone, now: datetime) -> When:
    """What the values of a parameter ask. Raises ``ValueError`` for one that is no date."""
    return When(tuple(tuple(_comparison(one, zone, now) for one in text.split(",")) for text in texts))


def span_of(text: str, zone: timezone) -> Span:
    """The span of a FHIR date, dateTime or instant. Raises ``ValueError`` for a text that is none."""
    found = _TEXT.fullmatch(text)
    if found is None:
        raise ValueError("no date")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micros = 0 if fraction is None else int(f"{fraction:0<6}"[:6])
    civil = date(int(year), int(month or 1), int(day or 1))
    begins = datetime.combine(civil, time(int(hour or 0), int(minute or 0), int(second or 0), micros))
    ends = _after(begins, month, day, hour, second, fraction)
    own = _offset(offset, zone)
    return Span(_utc(begins, own), _utc(ends, own))


def _after(
    begins: datetime,
    month: str | None,
    day: str | None,
    hour: str | None,
    second: str | None,
    fraction: str | None,
) -> datetime:
    """Where what begins then ends, by how exactly it was said."""
    try:
        if month is None:
            return begins.replace(year=begins.year + 1)
        if day is None:
            return (begins + timedelta(days=31)).replace(day=1)
        if hour is None:
            return begins + timedelta(days=1)
        if second is None:
            return begins + timedelta(minutes=1)
        if fraction is None:
            return begins + timedelta(seconds=1)
        return begins + timedelta(microseconds=max(1, 10 ** (6 - min(6, len(fraction)))))
    except (OverflowError, ValueError):
        return datetime.max  # noqa: DTZ901 - of no zone yet


def _offset(text: str | None, zone: timezone) -> timedelta:
    if text is None:
        return zone.utcoffset(None)
    if text == "Z":
        return timedelta(0)
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    if ahead > timedelta(hours=14) or int(text[4:6]) > 59:
        raise ValueError("no zone")
    return -ahead if text[0] == "-" else ahead


def _utc(naive: datetime, ahead: timedelta) -> datetime:
    try:
        return (naive - ahead).replace(tzinfo=UTC)
    except OverflowError:
        return _FIRST if ahead > timedelta(0) else _LAST


def _comparison(text: str, zone: timezone, now: datetime) -> Comparison:
    found = _PREFIXED.fullmatch(text)
    if found is None:
        raise ValueError("no date")
    # A "+" that was not escaped came through the address as a blank.
    span = span_of(found[2].replace(" ", "+"), zone)
    if found[1] != "ap":
        return Comparison(found[1] or "eq", span)
    return Comparison("ap", _widened(span, abs(now - span.low) / _APART))


def _widened(span: Span, by: timedelta) -> Span:
    low = span.low - by if span.low - _FIRST > by else _FIRST
    return Span(low, span.high + by if _LAST - span.high > by else _LAST)


def _text(moment: datetime) -> str | None:
    """As times are kept; None where it is as good as never."""
    return None if moment in {_FIRST, _LAST} else moment.isoformat()


def _moved(text: str | None, by: timedelta) -> str | None:
    if text is None:
        return None
    try:
        return (datetime.fromisoformat(text) + by).isoformat()
    except OverflowError:
        return None


def _around(many: Iterable[Range]) -> Range:
    every = tuple(many)
    lows = [one.low for one in every if one.low is not None]
    highs = [one.high for one in every if one.high is not None]
    return Range(
        min(lows) if len(lows) == len(every) else None, max(highs) if len(highs) == len(every) else None
    )


def _equal(asked: Span, found: Span) -> bool:
    return asked.low <= found.low and found.high <= asked.high


def _above(asked: Span, found: Span) -> bool:
    return found.high > asked.high


def _below(asked: Span, found: Span) -> bool:
    return found.low < asked.low


_FITS: Mapping[str, Callable[[Span, Span], bool]] = {
    "eq": _equal,
    "ne": lambda asked, found: not _equal(asked, found),
    "gt": _above,
    "lt": _below,
    "ge": lambda asked, found: _above(asked, found) or _equal(asked, found),
    "le": lambda asked, found: _below(asked, found) or _equal(asked, found),
    "sa": lambda asked, found: found.low >= asked.high,
    "eb": lambda asked, found: found.high <= asked.low,
    "ap": lambda asked, found: found.low < asked.high and found.high > asked.low,
}
