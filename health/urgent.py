"""The road after an urgent value: sit, rest and repeat, ask the danger signs, staff, 120 or a doctor today.

Where staff are called nothing else is told: no walk, no diet, no appointment for another value. What is
said follows what is known so far: not asked yet, asked and none named, or a sign named. This module must not
decide what is urgent (the rules do) nor call anybody (the kiosk does).
"""

from collections.abc import Iterator, Sequence

import msgspec

from devices.reading import Quantity
from health.assessment import Direction, Hint, Level, Phrase
from health.bands import current
from health.hints import MOST
from health.pressure import method_of
from health.rule import SignsEdition, SignsRule
from health.verdict import Aside, Verdict, beside_the_values
from health.visit import Method, Visit

NOW, CALL_120, TODAY = "message.now", "message.now.120", "message.now.today"
OTHER = "unwell"


def judge_signs(rule: SignsRule, visit: Visit) -> tuple[Verdict, ...]:
    """One finding for each sign she named; none where none was named or nobody asked."""
    # No date silences a sign, so the newest list holds on every day.
    edition = current(rule.edition, None)[0]
    named = (sign if sign in edition.signs else OTHER for sign in visit.danger_signs or ())
    return tuple(_sign(rule, edition, sign) for sign in dict.fromkeys(named))


def _sign(rule: SignsRule, edition: SignsEdition, sign: str) -> Verdict:
    named = msgspec.structs.replace(edition.band, band=sign)
    about = Aside(Quantity.SYSTOLIC, rule.stem)
    return beside_the_values(rule.stem, edition, named, about, (("sign", f"@sign.{sign}"),))


def road(verdicts: Sequence[Verdict], visit: Visit) -> tuple[Phrase, Phrase | None, tuple[Hint, ...]]:
    """Main message, why, next steps. ``verdicts``: those of level NOW, most urgent first, at least one."""
    leading = next((v for v in verdicts if v.message == CALL_120), verdicts[0])
    key = leading.message or NOW
    if key == NOW and visit.danger_signs == ():
        key = TODAY
    steps = (key, *_steps(key, verdicts, visit))
    because = leading.finding.rule
    hints = tuple(Hint(Level.NOW, Phrase(step), because) for step in steps)
    return Phrase(key), Phrase(leading.why) if leading.why else None, hints[:MOST]


def _steps(key: str, verdicts: Sequence[Verdict], visit: Visit) -> Iterator[str]:
    judged = {v.finding.rule.partition("/")[0]: v.finding for v in verdicts}
    sugar = judged.get("glucose")
    if sugar is not None and sugar.direction is Direction.LOW:
        yield "hint.now.sweet"
    if key == CALL_120:
        yield "hint.now.stay"
        return
    if "blood_pressure" in judged and method_of(visit) is Method.QUICK:
        yield "hint.now.repeat"
    yield "hint.now.sheet" if key == TODAY else "hint.now.signs"
