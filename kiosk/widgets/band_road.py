"""The road of a value on the screen: the shapes of the printed road, enlarged to be read from 600 mm.

``printouts.road`` decides every place, width and limit; here it is only painted in the colours of the screen.
"""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.theme import Colours
from kiosk.views import Card
from kiosk.widgets.flatten import Patch
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import patches_of
from kiosk.widgets.words import Words
from printouts.road import Style, road
from printouts.shapes import Anchor, Shape, Text

ZOOM = 1.5
_ABOVE, _SIDE = 6.0, 4.0  # mm of the sheet kept free above the centre line and beside the ends
_LABEL = 8.3


def style_of(colours: Colours) -> Style:
    """The colours of the screen for the road; the limits are set in the floor of the type scale."""
    fills = (colours.road_normal, colours.road_notice, colours.road_doctor, colours.road_now)
    return Style(fills, colours.road_edge, colours.text, colours.card, colours.text)


class RoadBed(Sketch):
    """The shapes of a road without its numbers."""

    shapes = ObjectProperty(())

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(shapes=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """The shapes, the centre line ``_ABOVE`` below the top."""
        return patches_of(self.shapes, right=_SIDE, down=_ABOVE)


class RoadLabel(Words):
    """A limit under its tick."""


class BandRoad(Plan):
    """The road of ``card`` over its whole width; nothing where the card has no ruler."""

    card = ObjectProperty(None, allownone=True)
    colours = ObjectProperty(None, rebind=True)
    wide = NumericProperty(0.0)

    def __init__(self, **kwargs: object) -> None:
        self._bed = RoadBed(zoom=ZOOM)
        super().__init__(**kwargs)
        self.add_widget(self._bed)
        self.bind(card=self._draw, colours=self._draw, at=self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        if self.colours is None or self.at[2] <= 0:
            return
        shapes = self._shapes(self.card, self.at[2] / ZOOM - 2 * _SIDE)
        self._bed.at = [0, 0, self.at[2], self.at[3]]
        self._bed.shapes = shapes
        self.clear_widgets([each for each in self.children if each is not self._bed])
        for shape in shapes:
            if isinstance(shape, Text):
                self.add_widget(_label(shape))

    def _shapes(self, card: Card | None, width: float) -> tuple[Shape, ...]:
        if card is None or card.ruler is None:
            return ()
        style = style_of(self.colours)
        return road(card.ruler, card.zones, card.now, card.comparator, card.last, width, style)


def _label(text: Text) -> RoadLabel:
    x, foot = (text.x + _SIDE) * ZOOM, (text.y + _ABOVE) * ZOOM
    wide = 40.0
    left = {Anchor.START: x, Anchor.MIDDLE: x - wide / 2, Anchor.END: x - wide}[text.anchor]
    halign = {Anchor.START: "left", Anchor.MIDDLE: "center", Anchor.END: "right"}[text.anchor]
    box = _LABEL * 1.4
    top = foot - (box / 2 + 0.36 * _LABEL)
    return RoadLabel(text=text.text, halign=halign, at=[left, top, wide, box])
