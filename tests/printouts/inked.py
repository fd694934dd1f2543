"""What a build draws, heard at the pen: every text with its place and size, every rule."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pytest
from PIL import ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from printouts import fonts
from printouts.pen import Pen
from printouts.shapes import POINT_MM
from printouts.sheet import FOOT, LEFT, RIGHT, Sheet

# Places are rounded to a hundredth of a point.
HAIRLINE = 0.02


@dataclass(frozen=True)
class Ink:
    """A text as it lies on paper: page, box in mm from the top left."""

    page: int
    left: float
    top: float
    right: float
    foot: float
    text: str
    size_pt: float = 0.0

    def meets(self, other: "Ink") -> bool:
        beside = min(self.right, other.right) - max(self.left, other.left)
        above = min(self.foot, other.foot) - max(self.top, other.top)
        return self.page == other.page and min(beside, above) > HAIRLINE


@cache
def face(name: str) -> ImageFont.FreeTypeFont:
    """The face ``name``, an em being a thousand."""
    return ImageFont.truetype(str(fonts.FOLDER / f"{name}.ttf"), 1000)


@cache
def reach(name: str, text: str) -> tuple[float, float]:
    """How far the letters themselves reach above and below the baseline, em."""
    _, top, _, foot = face(name).getbbox(text, anchor="ls")
    return -top / 1000, foot / 1000


@dataclass
class Seen:
    """What a build drew."""

    inks: list[Ink]
    rules: list[Ink]

    def forget(self) -> None:
        """Begins anew."""
        self.inks.clear()
        self.rules.clear()

    def joined(self, page: int) -> str:
        """The text of a page in the order it was drawn."""
        return "".join(ink.text for ink in self.inks if ink.page == page)


def listening(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Listens to every text and every rule that is drawn from now on."""
    found = Seen([], [])
    real = Pen.text

    def heard(pen: Pen, font: str, size_pt: float, x: float, y: float, text: str, colour: str) -> None:
        size = size_pt * POINT_MM
        wide = stringWidth(text, font, size)
        above, below = reach(font, text)
        found.inks.append(Ink(pen.page, x, y - above * size, x + wide, y + below * size, text, size_pt))
        real(pen, font, size_pt, x, y, text, colour)

    monkeypatch.setattr(Pen, "text", heard)
    rule = Sheet.rule

    def ruled(
        sheet: Sheet,
        y: float,
        weight: float,
        colour: str = "#1A1A1A",
        left: float = LEFT,
        right: float = RIGHT,
    ) -> None:
        found.rules.append(Ink(sheet.pages, left, y - weight / 2, right, y + weight / 2, ""))
        rule(sheet, y, weight, colour, left, right)

    monkeypatch.setattr(Sheet, "rule", ruled)
    fonts.ready()
    return found


def whole(seen: Seen) -> None:
    """Nothing meets, nothing lies outside, no rule goes through a letter."""
    assert seen.inks
    for one, other in combinations(seen.inks, 2):
        assert not one.meets(other), (one, other)
    for ink in seen.inks:
        assert ink.left >= LEFT - 0.1, ink
        assert ink.right <= RIGHT + 4.1, ink
        assert ink.foot <= FOOT + 1, ink
        struck = [r for r in seen.rules if r.meets(ink)]
        assert not struck, (ink, struck)
