"""The cards of the result screen and the urgent screen: the rows of the paper, one card a value.

Same rows, words, roads and order as page 1 of the report, so screen and paper cannot disagree. ``cards``,
``result_page`` and ``call_view`` are made from what was measured and meant alone; ``result`` and ``urgent``
take it from the visit in progress. It must not judge: everything said here is a finding's.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from devices.reading import Comparator, Quantity
from health.assessment import Assessment, Finding, Level, Phrase
from health.quantity import MEASURES, printed_text, printed_value
from health.visit import Method, PastVisit, Skip, Visit
from health.words import Words
from kiosk.attendance import Attendance
from kiosk.result_pages import ResultRoom, pages_for
from kiosk.views import Card, ResultView, UrgentView
from printouts.content import for_resident, name_of
from printouts.rows import PRESSURE, Row, rows

_OFF_SCALE = {Comparator.BELOW: "say.off_scale.below", Comparator.ABOVE: "say.off_scale.above"}


def cards(
    visit: Visit, assessment: Assessment, history: Sequence[PastVisit], words: Words, *, simulated: bool
) -> tuple[Card, ...]:
    """Every card, most urgent first; the two pressures share one."""
    assessment = _as_told(assessment)
    beside = _told_beside(assessment)
    shown = rows(visit, assessment, history)
    worst = max((r for r in shown if r.quantity in PRESSURE), key=_level, default=None)
    made: list[Card] = []
    for row in shown:
        if row.quantity not in PRESSURE or worst is None:
            card = _card(row, words, simulated=simulated)
            told = beside.get(row.quantity)
            made.append(card if told is None else replace(card, sentence=words.say(told)))
        elif row is worst:
            made.append(_pressure(_card(row, words, simulated=simulated), shown, assessment, words))
    return tuple(made)


def result_page(
    made: Sequence[Card],
    assessment: Assessment,
    words: Words,
    page: int,
    missing: str | None,
    room: ResultRoom,
) -> ResultView:
    """Page ``page`` (from 0) of the result, with the line on what is ``missing``; ``room`` of each."""
    pages = pages_for([whole(card) for card in made], room, missing=missing is not None)
    page = min(page, len(pages) - 1)  # the blood may have come while she looked at the last page
    spots = pages[page]
    first = sum(len(each) for each in pages[:page])
    return ResultView(
        message=words.say(assessment.message),
        level=assessment.level,
        cards=tuple(made[first : first + len(spots)]),
        page=page + 1,
        pages=len(pages),
        missing=missing,
        spots=spots,
    )


def whole(card: Card) -> bool:
    """Whether a value needs a card of its own: one to look at, one nobody judged, or one taken quickly."""
    return card.level is not Level.NORMAL or card.method is not None


def call_view(
    made: Sequence[Card],
    words: Words,
    *,
    called_at: str,
    phone: str,
    answered: bool,
    unanswered: bool,
    unwell: bool | None,
) -> UrgentView:
    """The call: which value, since when, whether somebody answered, whom to ring (``phone`` may be empty)."""
    first = next((card for card in made if card.level is Level.NOW), None)
    return UrgentView(
        name=first.name if first else "",
        value=first.value if first else "",
        unit=first.unit if first else "",
        called_at=called_at,
        answered=answered,
        unanswered=unanswered,
        unwell=unwell,
        whom=whom_to_ring(words, phone),
        repeat=whom_to_ring(words, phone) if unwell else words.text("say.urgent.repeat"),
    )


def whom_to_ring(words: Words, phone: str) -> str:
    """Whom else to call while nobody comes; ``phone`` may be empty, its extension is said in her words."""
    if not phone:
        return words.text("say.whom.120")
    line, cut, extension = (part.strip() for part in phone.partition("转"))
    reached = words.text("say.extension", phone=line, extension=extension) if cut else line
    return words.text("say.whom", phone=reached)


def pages_of(at: Attendance) -> int:
    """How many pages the result has, at least one."""
    return result(at).pages


def result(at: Attendance) -> ResultView:
    """The page of the result she is at."""
    made, missing = _cards_of(at), _missing(at)
    room = at.house.face.results_in(large=at.sitting.large)
    return result_page(made, at.assessment(), at.words, at.sitting.page, missing, room)


def urgent(at: Attendance) -> UrgentView:
    """The call of the visit in progress."""
    call = at.sitting.visit.call
    return call_view(
        _cards_of(at),
        at.words,
        called_at=at.time_of(at.clock.wall() if call is None else call.called_at),
        phone=at.house.station.phone,
        answered=call is not None and call.answered_at is not None,
        unanswered=at.calls.unanswered,
        unwell=at.sitting.unwell,
    )


def _cards_of(at: Attendance) -> tuple[Card, ...]:
    return cards(at.sitting.visit, at.assessment(), (), at.words, simulated=at.house.demo)


def _sentence(words: Words, finding: Finding | None, comparator: Comparator | None = None) -> str:
    """One thing to do where the rule has one, else what the value means; of one off the scale, that it is."""
    if finding is None:
        return "" if comparator is None else words.text(_OFF_SCALE[comparator])
    return words.say(finding.hint or finding.phrase)


def _as_told(assessment: Assessment) -> Assessment:
    """With the hints of those rules alone that speak to her: all together could ask for opposite things."""
    told = {hint.because for hint in assessment.hints}
    findings = (f if f.rule in told else replace(f, hint=None) for f in assessment.findings)
    return replace(assessment, findings=tuple(findings))


def _told_beside(assessment: Assessment) -> dict[Quantity, Phrase]:
    """What she is told of a value by a rule without a row of its own, as paper has it under that row."""
    told = {hint.because for hint in assessment.hints}
    aside = (f for f in assessment.findings if f.aside and f.rule in told)
    return {f.quantity: f.hint for f in aside if f.hint is not None}


def _level(row: Row) -> int:
    return -1 if row.level is None else int(row.level)


def _card(row: Row, words: Words, *, simulated: bool) -> Card:
    observation, finding = row.observation, row.finding
    return Card(
        name=name_of(words, row.quantity),
        value=for_resident(words, observation),
        unit=words.text(MEASURES[row.quantity].unit_key),
        level=row.level,
        word=None if finding is None else words.text(finding.word),
        direction=None if finding is None else finding.direction,
        sentence=_sentence(words, finding, observation.comparator),
        change=None if row.change is None else words.say(row.change.phrase),
        ruler=row.ruler,
        now=printed_value(observation),
        last=row.before,
        comparator=observation.comparator,
        zones=() if finding is None else finding.zones,
        simulated=simulated,
        method=words.text("say.quick") if observation.method is Method.QUICK else None,
    )


def _pressure(card: Card, shown: Sequence[Row], assessment: Assessment, words: Words) -> Card:
    """One card for both pressures: the ``card`` of the more serious one, with its road, and both numbers."""
    both = {r.quantity: r.observation for r in shown}
    pair = [printed_text(both[q]) for q in PRESSURE if q in both]
    named = replace(card, name=words.text("say.pressure"), value="/".join(pair))
    said = next((f for f in assessment.findings if f.rule.startswith("blood_pressure/")), None)
    if said is None:
        return named
    return replace(named, level=said.level, word=words.text(said.word), sentence=_sentence(words, said))


def _missing(at: Attendance) -> str | None:
    """One line on blood that was not measured or is still running."""
    reasons = {m.reason for m in at.sitting.visit.missing if m.quantity is Quantity.TOTAL_CHOLESTEROL}
    if Skip.PENDING in reasons:
        return at.say("say.blood.later")
    return None
