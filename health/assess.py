"""A visit becomes an assessment: the one entry from numbers to meaning.

Pure: same visit, history, rulebook and day give the same assessment. It must not read files, a clock or a
catalogue of sentences; it composes what the rules, equations and scores each say.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from devices.reading import Quantity
from health.arms import judge_arms
from health.assessment import Assessment, Level, NotAssessed, Reason
from health.change import changes, judge_weight_change
from health.derived import derive
from health.hints import HALVES, in_order, suited, tell
from health.inputs import Gap, Inputs
from health.judge import Values, judge
from health.next_step import next_step
from health.pressure import judge_pressure
from health.rhythm import judge_rhythm
from health.rulebook import Rulebook
from health.scores.scoring import in_words, score
from health.urgent import judge_signs, road
from health.verdict import Verdict
from health.visit import PastVisit, Visit


class _Heard(msgspec.Struct):
    """What has been said so far, in the order it was said."""

    verdicts: list[Verdict] = msgspec.field(default_factory=list)
    silent: list[NotAssessed] = msgspec.field(default_factory=list)

    def hear(self, said: Verdict | NotAssessed | None) -> None:
        if isinstance(said, Verdict):
            self.verdicts.append(said)
        elif said is not None:
            self.silent.append(said)


def assess(
    visit: Visit, history: Sequence[PastVisit], rulebook: Rulebook, on: date, *, clock_trusted: bool = True
) -> Assessment:
    """All that ``rulebook`` says of ``visit`` on that day, beside the visits before it.

    While the clock is not trusted nothing that needs an age or a date is said; a crisis value still is.
    """
    inputs = Inputs(visit, on, clock_trusted=clock_trusted)
    derived, not_derived = derive(inputs)
    values: Values = {d.name: d.value for d in derived} | {
        n.rule: Gap(n.reason, n.needs) for n in not_derived
    }
    heard = _Heard()
    for sign in judge_signs(rulebook.signs, visit):
        heard.hear(sign)
    _pressure(rulebook, inputs, values, heard)
    for rule in rulebook.rules:
        if rule.stem not in HALVES:
            heard.hear(judge(rule, inputs, values))
    if visit.value_of(Quantity.BODY_FAT):
        # No text gives limits that hold here (docs/rules.md): the value and its change are shown, no class.
        heard.hear(NotAssessed(Quantity.BODY_FAT, Reason.NO_CLASS))
    heard.hear(judge_rhythm(rulebook.rhythm, inputs))
    heard.hear(judge_arms(rulebook.arms, inputs))
    heard.hear(judge_weight_change(rulebook.weight_change, inputs, history))
    scores, not_scored = score(rulebook.models, inputs)
    for question, instead in rulebook.instead.items():
        if inputs.answer(question) is True:
            heard.verdicts = [suited(verdict, instead) for verdict in heard.verdicts]
    verdicts = in_order(heard.verdicts, rulebook.advice)
    level = max((v.finding.level for v in verdicts), default=Level.NORMAL)
    if level is Level.NOW:
        message, why, hints = road([v for v in verdicts if v.finding.level is Level.NOW], visit)
    else:
        measured = [o.quantity for o in visit.observations]
        message, why, hints = tell(verdicts, heard.silent, measured, rulebook.advice)
    findings = tuple(v.finding for v in verdicts)
    return Assessment(
        rulebook=rulebook.edition,
        level=level,
        message=message,
        why=why,
        findings=findings,
        scores=scores,
        risk=in_words(scores, inputs, rulebook.models),
        not_assessed=(*heard.silent, *(n for n in not_derived if n.rule not in _JUDGED), *not_scored),
        derived=derived,
        changes=changes(inputs, history),
        hints=hints,
        next_step=next_step(level, hints, findings, rulebook.advice, on),
    )


# The rule on these says itself why it is silent.
_JUDGED = ("bmi", "non_hdl")


def _pressure(rulebook: Rulebook, inputs: Inputs, values: Values, heard: _Heard) -> None:
    upper, lower = (judge(rulebook.rule(half), inputs, values) for half in HALVES)
    pair = judge_pressure(rulebook.pressure, inputs, upper, lower)
    if isinstance(pair, NotAssessed):
        heard.hear(pair)
    else:
        for verdict in pair:
            heard.hear(verdict)
    heard.hear(upper)
    heard.hear(lower)
