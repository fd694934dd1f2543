"""The cards of the result screen and the urgent screen: the rows of the paper, one card a value.

Same rows, words, roads and order as page 1 of the report, so screen and paper cannot disagree. It must not
judge: everything said here is a finding's.
"""

from collections.abc import Sequence

from devices.reading import Quantity
from health.assessment import Finding, Level
from health.quantity import MEASURES, printed_text, printed_value
from health.visit import Skip
from health.words import Words
from kiosk.attendance import Attendance
from kiosk.views import Card, ResultView, UrgentView
from printouts.content import for_resident, name_of
from printouts.rows import PRESSURE, Row, rows

CARDS_A_PAGE = 4


def cards_of(at: Attendance) -> tuple[Card, ...]:
    """Every card, most urgent first; the two pressures share one."""
    shown = rows(at.sitting.visit, at.assessment(), ())
    worst = max((r for r in shown if r.quantity in PRESSURE), key=_level, default=None)
    made: list[Card] = []
    for row in shown:
        if row.quantity in PRESSURE and worst is not None:
            if row is worst:
                made.append(_pressure(at, row, shown))
        else:
            made.append(_card(at, row))
    return tuple(made)


def pages_of(at: Attendance) -> int:
    """How many pages the result has, at least one."""
    return max(1, -(-len(cards_of(at)) // CARDS_A_PAGE))


def result(at: Attendance) -> ResultView:
    """The page of the result she is at."""
    made, page = cards_of(at), at.sitting.page
    said = at.assessment()
    return ResultView(
        message=at.words.say(said.message),
        level=said.level,
        cards=made[page * CARDS_A_PAGE : (page + 1) * CARDS_A_PAGE],
        page=page + 1,
        pages=max(1, -(-len(made) // CARDS_A_PAGE)),
        missing=_missing(at),
    )


def urgent(at: Attendance, *, unanswered: bool) -> UrgentView:
    """The call: which value, since when, and whether somebody answered."""
    call = at.sitting.call
    shown = [c for c in cards_of(at) if c.level is Level.NOW]
    first = shown[0] if shown else None
    called = at.clock.local() if call is None else call.called_at.astimezone(at.clock.local().tzinfo)
    station = at.house.station
    whom = at.say("say.whom", phone=station.phone) if station.phone else at.say("say.whom.120")
    return UrgentView(
        name=first.name if first else "",
        value=first.value if first else "",
        unit=first.unit if first else "",
        called_at=f"{called.hour}:{called.minute:02d}",
        answered=call is not None and call.answered,
        unanswered=unanswered,
        unwell=None if call is None else call.unwell,
        whom=whom,
        repeat=at.say("say.urgent.repeat"),
    )


def _sentence(words: Words, finding: Finding | None) -> str:
    """One thing to do where the rule has one, else what the value means."""
    if finding is None:
        return ""
    return words.say(finding.hint or finding.phrase)


def _level(row: Row) -> int:
    return -1 if row.level is None else int(row.level)


def _card(at: Attendance, row: Row) -> Card:
    observation, finding, words = row.observation, row.finding, at.words
    return Card(
        name=name_of(words, row.quantity),
        value=for_resident(words, observation),
        unit=words.text(MEASURES[row.quantity].unit_key),
        level=row.level,
        word=None if finding is None else words.text(finding.word),
        direction=None if finding is None else finding.direction,
        sentence=_sentence(words, finding),
        change=None if row.change is None else words.say(row.change.phrase),
        ruler=row.ruler,
        now=printed_value(observation),
        last=row.before,
        comparator=observation.comparator,
        zones=() if finding is None else finding.zones,
        simulated=at.house.demo,
    )


def _pressure(at: Attendance, worst: Row, shown: Sequence[Row]) -> Card:
    """One card for both pressures; road and word are the more serious one's."""
    both = {r.quantity: r.observation for r in shown}
    pair = [printed_text(both[q]) for q in PRESSURE if q in both]
    card = _card(at, worst)
    said = next((f for f in at.assessment().findings if f.rule.startswith("blood_pressure/")), None)
    return Card(
        name=at.say("say.pressure"),
        value="/".join(pair),
        unit=card.unit,
        level=card.level if said is None else said.level,
        word=card.word if said is None else at.words.text(said.word),
        direction=card.direction,
        sentence=card.sentence if said is None else _sentence(at.words, said),
        change=card.change,
        ruler=card.ruler,
        now=card.now,
        last=card.last,
        comparator=card.comparator,
        zones=card.zones,
        simulated=card.simulated,
    )


def _missing(at: Attendance) -> str | None:
    """One line on blood that was not measured or is still running."""
    reasons = {m.reason for m in at.sitting.visit.missing if m.quantity is Quantity.TOTAL_CHOLESTEROL}
    if Skip.NO_RESULT in reasons and at.sitting.ticket is not None:
        return at.say("say.blood.later")
    return None
