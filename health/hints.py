"""What the person is told: one main message, why, and at most three hints, most urgent first.

Two hints that contradict each other (``advice``) are never told together. ``normal`` is said only when
something was judged and everything measured was; otherwise the sentence says less. This module must not
decide a level, and says nothing where staff are called (``urgent``).
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from devices.reading import Quantity
from health.advice import Advice, contradict, urgency
from health.assessment import Hint, Level, NotAssessed, Phrase
from health.verdict import Verdict

MOST = 3
HALVES = ("systolic", "diastolic")
# The order of rows on paper: pressure, grip, weight, blood, waist, oxygen, pulse.
ROWS = (
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    Quantity.GRIP_LEFT,
    Quantity.GRIP_RIGHT,
    Quantity.BODY_WEIGHT,
    Quantity.BODY_HEIGHT,
    Quantity.GLUCOSE,
    Quantity.TOTAL_CHOLESTEROL,
    Quantity.LDL,
    Quantity.TRIGLYCERIDES,
    Quantity.HDL,
    Quantity.WAIST,
    Quantity.BODY_FAT,
    Quantity.SPO2,
    Quantity.PULSE,
)
ALL_NORMAL = Phrase("message.normal")
REST_NORMAL = Phrase("message.normal.rest")
KEPT = Phrase("message.kept")
NOTHING = Phrase("message.nothing")


def in_order(verdicts: Sequence[Verdict], advice: Mapping[str, Advice]) -> tuple[Verdict, ...]:
    """``verdicts`` by level downwards, then by how soon something is to be done, then by row."""

    def place(verdict: Verdict) -> tuple[int, int, int]:
        finding = verdict.finding
        asks = advice[finding.hint.key] if finding.hint else None
        return -finding.level, urgency(asks), ROWS.index(finding.quantity)

    return tuple(sorted(verdicts, key=place))


def suited(verdict: Verdict, instead: Mapping[str, str]) -> Verdict:
    """``verdict`` with its hint and message in the words that suit her, where ``instead`` has others."""
    finding = verdict.finding
    if finding.hint and finding.hint.key in instead:
        finding = replace(finding, hint=Phrase(instead[finding.hint.key]))
    message = instead.get(verdict.message or "", verdict.message)
    return replace(verdict, finding=finding, message=message)


def tell(
    verdicts: Sequence[Verdict],
    silent: Sequence[NotAssessed],
    measured: Sequence[Quantity],
    advice: Mapping[str, Advice],
) -> tuple[Phrase, Phrase | None, tuple[Hint, ...]]:
    """Main message, why, hints. ``verdicts`` are in order; the message is always the first hint."""
    speaking = [v for v in _speakers(verdicts) if v.message]
    if not speaking:
        message = _calm(verdicts, silent, measured)
        return message, None, (Hint(Level.NORMAL, message, ""),)
    first, *others = speaking
    message = Phrase(first.message or "")
    hints = [Hint(first.finding.level, message, first.finding.rule)]
    told = [advice[first.finding.hint.key]] if first.finding.hint else []
    for verdict in others:
        hint = verdict.finding.hint
        if hint is None or any(contradict(advice[hint.key], each) for each in told):
            continue
        told.append(advice[hint.key])
        hints.append(Hint(verdict.finding.level, hint, verdict.finding.rule))
    return message, _why(first, told[:MOST], advice), tuple(hints[:MOST])


def _why(first: Verdict, told: Sequence[Advice], advice: Mapping[str, Advice]) -> Phrase | None:
    """The line under the message, unless it asks for something that a hint below forbids or says again."""
    asks = advice.get(first.why or "")
    if first.why is None or (asks and any(contradict(asks, each) for each in told)):
        return None
    return Phrase(first.why)


def _calm(verdicts: Sequence[Verdict], silent: Sequence[NotAssessed], measured: Sequence[Quantity]) -> Phrase:
    """What is said when nothing asks for an action."""
    if not measured:
        return NOTHING
    if not verdicts:
        return KEPT
    judged = {v.finding.quantity for v in verdicts}
    unjudged = any(n.needs in {str(q) for q in measured} for n in silent)
    return REST_NORMAL if unjudged or set(measured) - judged - UNCLASSED else ALL_NORMAL


# These never have a class of their own; nothing is left open when only they were measured besides.
UNCLASSED = frozenset({Quantity.BODY_HEIGHT, Quantity.BODY_FAT, Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT})


def _speakers(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Those that may speak to the person: where the pair speaks, its halves are silent."""
    paired = any(v.finding.rule.startswith("blood_pressure/") for v in verdicts)
    halves = tuple(f"{half}/" for half in HALVES)
    return tuple(v for v in verdicts if not (paired and v.finding.rule.startswith(halves)))
