"""One rule against one visit: a finding, or the reason why there is none.

Nothing in between: a missing, refused, off-scale or unclassed value never becomes ``normal``. This module
must not weigh findings against each other (``hints``).
"""

from collections.abc import Mapping
from decimal import Decimal

from devices.reading import Quantity
from health.assessment import Finding, NotAssessed, Phrase, Reason, Zone
from health.bands import class_of, current, table_for, weight_zones, without_normal, zones_of
from health.inputs import Gap, Inputs
from health.quantity import beyond_key
from health.rule import Band, Edition, Rule, Table
from health.subjects import BMI, NON_HDL, Subject, subject_of
from health.verdict import Verdict
from health.visit import Question

Values = Mapping[str, Decimal | Gap]


def judge(rule: Rule, inputs: Inputs, derived: Values) -> Verdict | NotAssessed:
    """What ``rule`` says of the visit, or why it says nothing."""
    editions = current(rule.edition, inputs.rule_day())
    name = f"{rule.stem}/{editions[0].id}" if len(editions) == 1 else rule.stem
    subject = subject_of(rule.judges, inputs, derived)
    if isinstance(subject, Gap):
        return NotAssessed(name, subject.reason, subject.needs)
    if inputs.a_child():
        return NotAssessed(name, Reason.AGE_OUT_OF_RANGE, "age")
    chosen = table_for(editions, inputs.person())
    if isinstance(chosen, Reason):
        return NotAssessed(name, chosen, _needed(chosen))
    edition, table = chosen
    return _say(f"{rule.stem}/{edition.id}", edition, table, subject, inputs)


def _say(
    name: str, edition: Edition, table: Table, subject: Subject, inputs: Inputs
) -> Verdict | NotAssessed:
    band = class_of(table.bands, subject.value, subject.comparator)
    if band is None:
        return NotAssessed(name, Reason.OFF_SCALE, subject.quantity)
    if band.silent:
        return NotAssessed(name, *_why_silent(table, inputs))
    stricter = any(inputs.answer(question) is True for question in edition.targets_if)
    if stricter and band.level == 0:
        return NotAssessed(name, Reason.KNOWN_DISEASE, subject.quantity)
    hint = edition.targets_hint if stricter else band.hint
    finding = Finding(
        rule=name,
        edition=edition.title,
        source=edition.source,
        band=band.band,
        level=band.level,
        direction=band.direction,
        quantity=subject.quantity,
        about=subject.about,
        word=band.word,
        phrase=_stricter(edition, band, subject) if stricter else filled(band.phrase, subject),
        hint=Phrase(hint) if hint else None,
        # What is normal for others would promise her a green that is not hers.
        zones=without_normal(zones_of(table.bands)) if stricter else _zones(table.bands, subject, inputs),
        aside=subject.about == NON_HDL,
    )
    return Verdict(finding, edition.targets_message if stricter else band.message, band.why)


def filled(key: str, subject: Subject) -> Phrase:
    """The sentence of ``key`` with the printed value, and the word for beyond the scale where it is."""
    # Only a derived quantity that is no other way to one measured (non-HDL) has a name of its own.
    name = f"@derived.{NON_HDL}.resident" if subject.about == NON_HDL else f"@quantity.{subject.quantity}"
    return Phrase(
        key, (("beyond", beyond_key(subject.comparator)), ("name", name), ("value", str(subject.value)))
    )


def _stricter(edition: Edition, band: Band, subject: Subject) -> Phrase:
    """Beyond the general limit and so beyond her own: the word of the band is said with it."""
    phrase = filled(edition.targets_phrase, subject)
    return Phrase(phrase.key, (*phrase.args, ("word", f"@{band.word}")))


def _zones(bands: tuple[Band, ...], subject: Subject, inputs: Inputs) -> tuple[Zone, ...]:
    if subject.about != BMI:
        return zones_of(bands)
    height = inputs.number(Quantity.BODY_HEIGHT)
    return () if isinstance(height, Gap) else weight_zones(bands, height.printed)


def _why_silent(table: Table, inputs: Inputs) -> tuple[Reason, str]:
    """A value between limits that hold at any time: no class, or none before fasting is known."""
    if not table.fasting:
        return Reason.NO_CLASS, ""
    gap = inputs.answer(Question.FASTING)
    return (gap.reason, Question.FASTING) if isinstance(gap, Gap) else (Reason.NO_CLASS, Question.FASTING)


def _needed(reason: Reason) -> str | None:
    needs = {
        Reason.AGE_OUT_OF_RANGE: "age",
        Reason.AGE_UNKNOWN: "age",
        Reason.CLOCK_UNTRUSTED: "age",
        Reason.SEX_UNKNOWN: "sex",
        Reason.NOT_ASKED: Question.FASTING,
        Reason.ANSWER_UNKNOWN: Question.FASTING,
        Reason.NOT_FASTING: Question.FASTING,
    }
    return needs.get(reason)
