"""Risk as people: a hundred circles, the affected ones black, and the sentence that says it.

It must not compute a risk, and nobody draws it from 75 on (``content.risk`` decides).
"""

from decimal import ROUND_HALF_UP, Decimal

from health.assessment import Score
from health.words import Words
from printouts.shapes import Ring, Shape
from printouts.sheet import INK, LEFT, RIGHT, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean

RISK_HEIGHT = 28.0
_ACROSS, _DOTS = 20, 100
_OPEN = "#5F6B76"
_SIZE, _ROOM = 16.0, 23.6
# The lines of a sentence stand between these two, mm.
_LEADING, _CLOSEST = 7.4, 5.9


def affected(score: Score) -> int:
    """How many of a hundred: the percentage, half-up."""
    return int(score.percent.quantize(Decimal(1), ROUND_HALF_UP))


def dots(score: Score, pitch: float) -> tuple[Shape, ...]:
    """A hundred circles, 20 x 5, ``pitch`` mm apart; the affected come first, filled."""
    black, wide = affected(score), pitch * 0.81
    return tuple(
        Ring(
            wide / 2 + pitch * (index % _ACROSS),
            wide / 2 + pitch * (index // _ACROSS),
            wide,
            INK if index < black else None,
            INK if index < black else _OPEN,
            0.22,
        )
        for index in range(_DOTS)
    )


def _phrase(words: Words, score: Score, scale: float) -> tuple[float, float, tuple[str, ...]]:
    """Pitch of the circles, left edge and lines of the sentence; beside a Latin one they are smaller."""
    pitch, left = (4.05, 104.0) if words.language.startswith("zh") else (3.1, 83.0)
    return pitch, left, broken(clean(words.say(score.phrase)), _SIZE * scale, RIGHT - left)


def risk_height(words: Words, score: Score, scale: float) -> float:
    """Height of the block, mm: taller where its sentence takes more lines."""
    lines = len(_phrase(words, score, scale)[2])
    return max(RISK_HEIGHT, lines * _CLOSEST * scale + RISK_HEIGHT - _ROOM)


def draw_risk(sheet: Sheet, words: Words, score: Score, y: float) -> None:
    """Draws the block with its upper end at ``y``."""
    pitch, left, lines = _phrase(words, score, sheet.larger)
    height = risk_height(words, score, sheet.larger)
    with sheet.part(Part.FIGURE, words.text("sheet.alt.risk", count=str(affected(score)))):
        sheet.shapes(dots(score, pitch), LEFT, y + (3.5 if words.language.startswith("zh") else 5.5))
    leading = min(_LEADING * sheet.larger, (height - RISK_HEIGHT + _ROOM) / len(lines))
    first = y + 2.2 + leading * 0.8
    with sheet.part(Part.PARAGRAPH):
        for index, line in enumerate(lines):
            sheet.text(left, first + leading * index, line, _SIZE, room=RIGHT - left)
    sheet.rule(y + height - 1, 0.5)
