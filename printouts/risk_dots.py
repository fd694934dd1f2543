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
_PITCH, _ACROSS, _DOTS = 4.05, 20, 100
_TEXT, _LEADING, _LINES = 104.0, 7.4, 3
_OPEN = "#5F6B76"


def affected(score: Score) -> int:
    """How many of a hundred: the percentage, half-up."""
    return int(score.percent.quantize(Decimal(1), ROUND_HALF_UP))


def dots(score: Score) -> tuple[Shape, ...]:
    """A hundred circles, 20 x 5, origin at the top left; the affected ones come first, filled."""
    black = affected(score)
    return tuple(
        Ring(
            1.7 + _PITCH * (index % _ACROSS),
            1.7 + _PITCH * (index // _ACROSS),
            3.3,
            INK if index < black else None,
            INK if index < black else _OPEN,
            0.22,
        )
        for index in range(_DOTS)
    )


def draw_risk(sheet: Sheet, words: Words, score: Score, y: float) -> None:
    """Draws the block with its upper end at ``y``."""
    sheet.shapes(dots(score), LEFT, y + 3.5)
    sentence = clean(words.say(score.phrase))
    size = 16.0
    lines = broken(sentence, size, RIGHT - _TEXT)
    while len(lines) > _LINES and size > 13:
        size -= 0.5
        lines = broken(sentence, size, RIGHT - _TEXT)
    for index, line in enumerate(lines[:_LINES]):
        sheet.text(_TEXT, y + 8.2 + _LEADING * index, line, size, room=RIGHT - _TEXT)
    sheet.rule(y + RISK_HEIGHT - 1, 0.5)
