"""What the letter to the doctor says: the urgent value, every reading behind it, the signs as answered.

Pure: from a report to texts. It must not judge, and never turns a question nobody asked into a no.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from devices.reading import Quantity
from health.assessment import Finding, Level
from health.quantity import MEASURES, printed_text
from health.visit import Answer, Observation, Question
from printouts.content import Report, clock, listed, name_of
from printouts.doctor_rows import doctor_name
from printouts.rows import PRESSURE

SIGNS = ("consciousness", "headache", "vomiting", "vision", "speech", "weak_side", "chest_pain", "breathless")
"""The signs that the letter names one by one, whatever was asked."""
OTHER = "unwell"


class Headline(msgspec.Struct, frozen=True):
    """The urgent value in the largest type: ``血压 186/112 mmHg``, and the word for it."""

    text: str
    unit: str
    word: str
    times: int


class Readings(msgspec.Struct, frozen=True):
    """A table: the head, a row for each reading in order of time, and the values that were used."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    used: tuple[str, ...]


def urgent_findings(report: Report) -> tuple[Finding, ...]:
    """What made the visit urgent, by value first and signs last."""
    found = [f for f in report.assessment.findings if f.level is Level.NOW]
    return tuple(sorted(found, key=lambda f: f.aside))


def headlines(report: Report) -> tuple[Headline, ...]:
    """One line for each urgent value, pressure as a pair; the named sign where no value is urgent."""
    words, lines = report.words, list[Headline]()
    done: set[Quantity] = set()
    for finding in urgent_findings(report):
        quantity = finding.quantity
        if finding.aside or quantity in done:
            continue
        done |= set(PRESSURE) if quantity in PRESSURE else {quantity}
        seen = observations_of(report, quantity)
        if seen:
            name = words.text("quantity.blood_pressure") if len(seen) > 1 else name_of(words, quantity)
            text = f"{name} {'/'.join(printed_text(o) for o in seen)}"
            times = max(len(o.samples) for o in seen)
            lines.append(Headline(text, MEASURES[quantity].sign, words.text(finding.word), max(times, 1)))
    if not lines:
        named = listed(words, [words.text(f"sign.{s}") for s in report.visit.danger_signs or ()])
        lines.append(Headline(named or words.text("level.3"), "", "", 0))
    return tuple(lines)


def observations_of(report: Report, quantity: Quantity) -> tuple[Observation, ...]:
    """The observation of ``quantity``, with its partner where the two are one measurement."""
    pair = PRESSURE if quantity in PRESSURE else (quantity,)
    return tuple(o for q in pair if (o := report.visit.value_of(q)) is not None)


def sentences(report: Report) -> tuple[str, ...]:
    """How often it was measured, and what is asked of the doctor."""
    words, first = report.words, headlines(report)[0]
    if first.times == 0:
        said = words.text("letter.sign")
    elif first.times > 1:
        said = words.text("letter.repeated", count=str(first.times), word=first.word)
    else:
        said = words.text("letter.once", word=first.word)
    signs = report.visit.danger_signs
    key = "not_asked" if signs is None else "named" if signs else "none"
    return said, words.text(f"letter.signs.{key}")


def readings(report: Report) -> Readings | None:
    """Every reading of the first urgent value with its time, not only what was made of them."""
    finding = next((f for f in urgent_findings(report) if not f.aside), None)
    seen = () if finding is None else observations_of(report, finding.quantity)
    if not seen:
        return None
    words = report.words
    if seen[0].quantity in PRESSURE:
        seen = (*seen, *(o for o in (report.visit.value_of(Quantity.PULSE),) if o is not None))
    arms = any(s.arm for o in seen for s in o.samples)
    names = [doctor_name(report, o.quantity.value) for o in seen]
    head = (words.text("letter.column.time"), *names, words.text("letter.column.arm") if arms else "")
    count = max(len(o.samples) for o in seen)
    rows = tuple(_reading(report, seen, index) for index in range(count)) if count > 1 else ()
    way = seen[0].method
    how = "" if way is None else words.text(f"sheet.method.{way.value}")
    used = (words.text("letter.mean"), *(printed_text(o) for o in seen), how)
    return Readings(head, rows, used)


def _reading(report: Report, seen: Sequence[Observation], index: int) -> tuple[str, ...]:
    samples = [o.samples[index] if index < len(o.samples) else None for o in seen]
    moments: list[datetime] = [s.at for s in samples if s is not None and s.at is not None]
    values = [
        "—" if s is None else printed_text(Observation(o.quantity, s.value, s.unit, s.comparator))
        for o, s in zip(seen, samples, strict=True)
    ]
    arm = next((s.arm for s in samples if s is not None and s.arm), None)
    side = "" if arm is None else report.words.text(f"letter.arm.{arm.value}")
    return (clock(min(moments)) if moments else str(index + 1), *values, side)


def signs(report: Report) -> tuple[tuple[str, str], ...]:
    """Each sign by name with its answer. One question for all of them answers none of them with a yes."""
    said, words = report.visit.danger_signs, report.words
    open_ = said is None or OTHER in said
    rows = []
    for sign in (*SIGNS, OTHER):
        named = said is not None and sign in said
        key = "yes" if named else "not_asked" if open_ else "no"
        rows.append((words.text(f"sign.{sign}"), words.text(f"letter.sign.{key}")))
    return tuple(rows)


def also(report: Report) -> tuple[tuple[str, str], ...]:
    """What else a doctor wants at a glance: medicine and history as answered, sugar and oxygen."""
    words, rows = report.words, list[tuple[str, str]]()
    asked = (Question.BP_TREATED, Question.DIABETES, Question.KNOWN_CVD, Question.SMOKER)
    answers = [(q, report.visit.answer_to(q)) for q in asked]
    said = [
        f"{words.text(f'question.{q.value}.short')} {words.text(f'sheet.answer.{a.value}')}"
        for q, a in answers
        if isinstance(a, Answer)
    ]
    if said:
        rows.append((words.text("letter.answers"), listed(words, said)))
    shown = {finding.quantity for finding in urgent_findings(report) if not finding.aside}
    # The pulse stands beside the pressures it was counted with.
    shown |= {Quantity.PULSE} if shown & set(PRESSURE) else set()
    for quantity in (Quantity.GLUCOSE, Quantity.SPO2, Quantity.PULSE):
        observation = report.visit.value_of(quantity)
        if observation is not None and quantity not in shown:
            value = f"{printed_text(observation)} {MEASURES[quantity].sign}"
            rows.append((name_of(words, quantity), value))
    return tuple(rows)


def done(report: Report) -> tuple[tuple[datetime, str], ...]:
    """What the record knows of the call of staff, with its time."""
    words, call = report.words, report.visit.call
    if call is None:
        return ()
    rows = [(call.called_at, words.text("letter.done.called"))]
    if call.answered_at is not None:
        came = words.text("letter.done.came", by=call.by or "—")
        became = "" if call.outcome is None else words.text(f"call.outcome.{call.outcome.value}")
        rows.append((call.answered_at, words.text("sheet.then").join(one for one in (came, became) if one)))
    return tuple(rows)
