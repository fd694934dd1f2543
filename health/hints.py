"""What the person is told: one main message, why, and at most three hints, most urgent first.

``normal`` is said only when something was judged and everything measured was; otherwise the sentence says
less. This module must not decide a level.
"""

from collections.abc import Sequence

from devices.reading import Quantity
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
NOW = Phrase("message.now")
WHY_NOW = Phrase("why.now")


def in_order(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """``verdicts`` by level downwards, then by the row they stand in; equals keep their order."""
    return tuple(sorted(verdicts, key=lambda v: (-v.finding.level, ROWS.index(v.finding.quantity))))


def tell(
    verdicts: Sequence[Verdict], silent: Sequence[NotAssessed], measured: Sequence[Quantity]
) -> tuple[Phrase, Phrase | None, tuple[Hint, ...]]:
    """Main message, why, hints. ``verdicts`` are in order; the message is always the first hint."""
    speaking = [v for v in _speakers(verdicts) if v.message]
    if not speaking:
        message = _calm(verdicts, silent, measured)
        return message, None, (Hint(Level.NORMAL, message, ""),)
    first, *others = speaking
    message = Phrase(first.message or "")
    hints = [Hint(first.finding.level, message, first.finding.rule)]
    said = {first.finding.hint, first.message}
    for verdict in others:
        finding = verdict.finding
        # Two values of one kind, or two for which staff are called, ask for one action: it is said once.
        if finding.hint is None or finding.hint in said or verdict.message in said:
            continue
        said |= {finding.hint, verdict.message}
        hints.append(Hint(finding.level, finding.hint, finding.rule))
    return message, Phrase(first.why) if first.why else None, tuple(hints[:MOST])


def called(hints: Sequence[Hint]) -> tuple[Phrase, Phrase, tuple[Hint, ...]]:
    """Message, why and hints when staff are called for a sign the person named; the rest follows after it."""
    first = Hint(Level.NOW, NOW, "danger_signs")
    return NOW, WHY_NOW, (first, *(h for h in hints if h.because))[:MOST]


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
