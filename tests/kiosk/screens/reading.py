"""What an eye meets on a face: each text with where its letters stand, their colour, and what lies behind.

Built once a frame from the widgets as they lie; the rules of ``lint`` read it and judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kivy.metrics import mm
from kivy.uix.label import Label
from kivy.uix.widget import Widget
from PIL import ImageFont

from kiosk.widgets.boot import FONTS
from kiosk.widgets.words import NATURAL_LINE, Words
from tests.kiosk.screens.ground import Paint, Rect, Rgba, colour_behind, drawn, holds, overlap

_ACROSS, _DOWN = 7, 3  # points looked at behind a text
_ASCENDER = 1.16  # em from the top of a line of Noto Sans SC to its baseline
_MEASURED = 200  # pixels of the em that letters are measured at


@dataclass(frozen=True, slots=True)
class Text:
    """Letters in a rectangle; ``behind`` and ``over`` are what is painted before and after them."""

    label: Label
    ink: Rect
    behind: tuple[Paint, ...]
    over: list[Paint] = field(default_factory=list)

    @property
    def says(self) -> str:
        """The text, short enough to name it."""
        return str(self.label.text).replace("\n", " ")

    @property
    def em(self) -> float:
        """Height of its em in mm of the face."""
        return float(self.label.font_size / mm(1))

    def points(self) -> Sequence[tuple[float, float]]:
        """Places all over the letters, a little inside their rectangle."""
        left, bottom, right, top = self.ink
        return [
            (
                left + (right - left) * (0.02 + 0.96 * i / (_ACROSS - 1)),
                bottom + (top - bottom) * (0.1 + 0.8 * j / (_DOWN - 1)),
            )
            for i in range(_ACROSS)
            for j in range(_DOWN)
        ]

    def contrast(self) -> float:
        """The least contrast of its letters with what is painted behind any of its points."""
        ink = tuple(self.label.color)
        grounds = {colour_behind(self.behind, x, y) for x, y in self.points()}
        return min(contrast(ink, ground) for ground in grounds)

    def covered(self) -> bool:
        """Whether something opaque is painted over a part of it."""
        return any(
            (colour := paint.colour_at(x, y)) is not None and colour[3] > 0.5
            for paint in self.over
            for x, y in self.points()
            if paint.rect[0] <= x <= paint.rect[2] and paint.rect[1] <= y <= paint.rect[3]
        )


def texts_of(face: Widget) -> list[Text]:
    """Every text on ``face`` that can be seen, in the order in which it is drawn."""
    paints: list[Paint] = []
    texts: list[Text] = []
    for widget, paint in drawn(face):
        if paint is not None:
            paints.append(paint)
            for text in texts:
                if min(overlap(text.ink, paint.rect)) > 1:
                    text.over.append(paint)
        if isinstance(widget, Label) and widget.text and widget.color[3] > 0 and min(widget.size) > 1:
            ink = _ink(widget)
            texts.append(Text(widget, ink, _behind(ink, paints)))
    return texts


def _behind(ink: Rect, paints: Sequence[Paint]) -> tuple[Paint, ...]:
    """What can be seen behind ``ink``, back to front: nothing below a ground that fills it."""
    found: list[Paint] = []
    for paint in reversed(paints):
        if min(overlap(ink, paint.rect)) > 0:
            found.append(paint)
            if holds(paint.solid, ink):
                break
    return tuple(reversed(found))


def contrast(ink: Sequence[float], ground: Rgba) -> float:
    """The contrast of two colours by WCAG 2, 1 to 21; ``ink`` may be clear in part."""
    share = ink[3]
    mixed = [ground[part] * (1 - share) + ink[part] * share for part in range(3)]
    light, dark = sorted((_luminance(mixed), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ink(label: Label) -> Rect:
    """Where its letters stand: as wide as the widest line, from the first's top to the last's foot."""
    width, height = label.texture_size
    size = label.font_size
    lines = label._label._cached_lines
    widest = max((line.w for line in lines), default=width)
    top = label.center_y + height / 2
    if isinstance(label, Words) and label.stand == "top":
        top = label.top + size * (NATURAL_LINE - label.line) / 2
    left, right = label.center_x - width / 2, label.center_x + width / 2
    ink_left = {"left": left, "right": right - widest}.get(label.halign, label.center_x - widest / 2)
    said = ["".join(word.text for word in line.words) for line in lines] or [label.text]
    above, _ = _reach(said[0], label.bold)
    _, below = _reach(said[-1], label.bold)
    first = top - _ASCENDER * size
    last = first - sum(line.h * label.line_height for line in lines[:-1])
    return (ink_left, last - below * size, ink_left + widest, first + above * size)


@cache
def _reach(line: str, bold: bool) -> tuple[float, float]:
    """How far the letters of ``line`` reach above and below their baseline, in em."""
    _, up, _, down = _face(bold).getbbox(line, anchor="ls")
    return -up / _MEASURED, down / _MEASURED


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf", _MEASURED)
