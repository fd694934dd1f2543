"""The stations as lines: trouble first, what is in order in grey text, and unknown as ``?``, never as 0.

It judges no instrument; the station did, and its report says what it found.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from clinic.fleet import PAPER_FINE, Facts, Light
from clinic.pages.drawing import level_mark
from clinic.pages.saying import Saying
from health.assessment import Level

_UNKNOWN = "?"


class FleetLine(msgspec.Struct, frozen=True):
    """One station. ``level`` -1: it is no trouble and no news, as one that was revoked."""

    id: str
    name: str
    street: str
    level: int
    mark: str
    word: str
    troubles: tuple[str, ...]
    last_seen: str
    visits: str
    unsent: str
    oldest: str
    quarantined: str
    drift: str
    resting: str
    due: str
    paper: str
    software: str
    approved: bool


def fleet_lines(
    facts: tuple[Facts, ...], visits: Mapping[str, int], saying: Saying, now: datetime
) -> tuple[FleetLine, ...]:
    """Every station, the worst first, then by name."""
    lines = [_line(one, visits.get(one.id, 0), saying, now) for one in facts]
    return tuple(sorted(lines, key=lambda line: (-line.level, line.name, line.id)))


def troubles_of(facts: Facts, saying: Saying, now: datetime) -> Iterator[tuple[Level, str]]:
    """What of a station asks for somebody, the worst first. A revoked one asks for nobody."""
    if facts.light is Light.REVOKED:
        return
    if facts.light is Light.SILENT:
        yield Level.DOCTOR, _silence(facts, saying, now)
    if facts.trail_parted:
        yield Level.DOCTOR, saying.text("fleet.trail")
    if facts.light is Light.LATE:
        yield Level.NOTICE, _silence(facts, saying, now)
    if facts.quarantined or facts.refused:
        many = str(facts.quarantined + (facts.refused or 0))
        yield Level.NOTICE, saying.text("fleet.aside", count=many)
    if facts.resting:
        yield Level.NOTICE, saying.text("fleet.rests", names=_resting(facts, saying))
    if facts.drifts():
        yield Level.NOTICE, saying.text("fleet.clock")
    if facts.paper_amiss():
        yield Level.NOTICE, _printer(facts, saying)
    if facts.due_soon(now):
        yield Level.NOTICE, saying.text("fleet.due", day=_due(facts, saying))


def _line(facts: Facts, visits: int, saying: Saying, now: datetime) -> FleetLine:
    revoked = facts.light is Light.REVOKED
    troubles = tuple(troubles_of(facts, saying, now))
    unheard = revoked or facts.light is Light.NEVER
    level = -1 if unheard and not troubles else max((int(one) for one, _ in troubles), default=0)
    silent = facts.light is Light.SILENT
    return FleetLine(
        id=facts.id,
        name=facts.name,
        street=facts.street,
        level=level,
        mark="" if level < 0 else level_mark(Level(level), None),
        word=saying.text(f"fleet.light.{facts.light.value}"),
        troubles=tuple(text for _, text in troubles),
        last_seen=saying.text("clinic.never")
        if facts.last_seen is None
        else saying.moment(facts.last_seen, now),
        visits=str(visits),
        unsent=_UNKNOWN if silent or facts.unsent is None else str(facts.unsent),
        oldest=_oldest(facts, saying, now),
        quarantined=str(facts.quarantined),
        drift=_UNKNOWN if facts.drift is None else _clock(facts.drift, saying),
        resting=_resting(facts, saying),
        due=_UNKNOWN if facts.reported_at is None else _due(facts, saying),
        paper=_paper(facts, saying),
        software=facts.software or _UNKNOWN,
        approved=not revoked,
    )


def _paper(facts: Facts, saying: Saying) -> str:
    if facts.paper is None:
        return _UNKNOWN
    return saying.text("fleet.paper.fine") if facts.paper == PAPER_FINE else _printer(facts, saying)


def _printer(facts: Facts, saying: Saying) -> str:
    """What the printer says, or that somebody should look where its word is not known here."""
    key = f"fleet.paper.{facts.paper}"
    return saying.text(key if saying.words.has(key) else "fleet.paper")


def _oldest(facts: Facts, saying: Saying, now: datetime) -> str:
    if facts.unsent is None or facts.light is Light.SILENT:
        return _UNKNOWN
    return "" if facts.oldest_unsent is None else saying.span(now - facts.oldest_unsent)


def _clock(drift: timedelta, saying: Saying) -> str:
    """How far the clock is behind, or ahead with a minus."""
    if abs(drift) < timedelta(minutes=2):
        return f"{drift.total_seconds():+.0f} s"
    return f"{'+' if drift > timedelta(0) else '−'}{saying.span(abs(drift))}"


def _silence(facts: Facts, saying: Saying, now: datetime) -> str:
    seen = now if facts.last_seen is None else facts.last_seen
    return saying.text("fleet.silent", time=saying.span(now - seen))


def _resting(facts: Facts, saying: Saying) -> str:
    return saying.text("clinic.comma").join(saying.text(f"quantity.{one}.doctor") for one in facts.resting)


def _due(facts: Facts, saying: Saying) -> str:
    return "" if facts.due is None else f"{facts.due.astimezone(saying.zone):%Y-%m-%d}"
