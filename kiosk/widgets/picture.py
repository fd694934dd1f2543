"""Drawings and icons that lie on a plan."""

from kiosk.widgets.drawing import Drawing
from kiosk.widgets.icon import Icon
from kiosk.widgets.plan import Placed


class Picture(Placed, Drawing):
    """A drawing at its place, in the palette of the dress (``widgets.kv``). Nothing before it has a place."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"size": (0, 0), **kwargs})


class Sign(Placed, Icon):
    """An icon at its place, in the colour of text unless told otherwise (``widgets.kv``)."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"size": (0, 0), **kwargs})
