"""Risk as people: a hundred circles, the affected ones black, and the sentence that says it.

It must not compute a risk, and nobody draws it from 75 on (``content.risk`` decides).
"""

from decimal import ROUND_HALF_UP, Decimal

from health.assessment import Score
from health.words import Words
from printouts.shapes import Ring, Shape
from printouts.sheet import INK, LEFT, RIGHT, Sheet
from printouts.typeset import broken, clean

RISK_HEIGHT = 28.0
_ACROSS, _DOTS = 20, 100
_OPEN = "#5F6B76"
_SIZE, _ROOM = 16.0, 23.0
_LEADING, _LINES = 7.4, 4


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


def draw_risk(sheet: Sheet, words: Words, score: Score, y: float) -> None:
    """Draws the block with its upper end at ``y``. Latin sentences are longer: smaller circles make room."""
    han = words.language.startswith("zh")
    pitch, left = (4.05, 104.0) if han else (3.1, 83.0)
    sheet.shapes(dots(score, pitch), LEFT, y + (3.5 if han else 5.5))
    lines = broken(clean(words.say(score.phrase)), _SIZE, RIGHT - left)[:_LINES]
    leading = min(_LEADING, _ROOM / len(lines))
    first = y + 2.2 + leading * 0.8
    for index, line in enumerate(lines):
        sheet.text(left, first + leading * index, line, _SIZE, room=RIGHT - left)
    sheet.rule(y + RISK_HEIGHT - 1, 0.5)
