"""A level as shape and word: the mark of the printed sheet, alone or on a chip with its word.

The shapes are ``printouts.marks``, the same on screen, paper and phone. A chip is a state and never pressed.
"""

from collections.abc import Sequence

from kivy.properties import AliasProperty, ColorProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.label import Label

from health.assessment import Level
from kiosk.theme import Colours
from kiosk.widgets.flatten import Patch
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import patches_of
from printouts.marks import mark


def ink_of(level: Level, colours: Colours) -> str:
    """The colour of mark and word."""
    return (colours.good, colours.look, colours.doctor, colours.doctor)[level]


def tint_of(level: Level, colours: Colours) -> str:
    """The ground of its chip."""
    return (colours.good_tint, colours.look_tint, colours.doctor_tint, colours.doctor_tint)[level]


def edge_of(level: Level, colours: Colours) -> str:
    """The line round its chip; the colour of the ground where none is seen."""
    return (colours.good_edge, colours.look_edge, colours.doctor_edge, colours.doctor_edge)[level]


class LevelMark(Sketch):
    """The mark of ``level`` (0..3), as large as its box; ``paper_colour`` is what is cut out of it."""

    level = ObjectProperty(0, allownone=True)
    direction = ObjectProperty(None, allownone=True)
    colours = ObjectProperty(None, rebind=True)
    paper_colour = StringProperty("#FFFFFF")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        again = self.repaint_soon
        self.bind(level=again, direction=again, colours=again, paper_colour=again, at=again)

    def patches(self) -> Sequence[Patch]:
        """The shapes of the sheet, a little inside the box so that no edge is cut."""
        if self.colours is None:
            return ()
        level, side = Level(int(self.level)), self.at[3]
        shapes = mark(level, self.direction, side * 0.92, ink_of(level, self.colours), self.paper_colour)
        return patches_of(shapes, right=side * 0.04, down=side * 0.04)


class MeasuredWord(Label):
    """The word of a chip once more, unseen and unbounded, to know how wide the chip must be."""


class Chip(Plan):
    """A pill with mark and word of ``em`` mm; its right end lies at the right end of its place."""

    level = ObjectProperty(None, allownone=True)
    direction = ObjectProperty(None, allownone=True)
    word = StringProperty("")
    ink = ColorProperty([0, 0, 0, 1])
    tint = ColorProperty([0, 0, 0, 0])
    edge = ColorProperty([0, 0, 0, 0])
    em = NumericProperty(11.5)
    word_mm = NumericProperty(20.0)
    wide = AliasProperty(lambda self: self.word_mm + 2.26 * self.em, bind=("word_mm", "em"))
