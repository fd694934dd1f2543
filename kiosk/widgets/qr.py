"""A code for the telephone: black squares on white with the quiet edge the standard asks for.

ISO/IEC 18004 wants four modules of white all round; the code stays black on white in every theme, because
cameras do not read it the other way round.
"""

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty

from kiosk.widgets.plan import Placed

_QUIET = 4


def modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of the code of ``payload``, dark True, with the quiet edge; level M (design, QR)."""
    import segno  # noqa: PLC0415 - 1.7 MB that a station without a page for the telephone never needs

    code = segno.make(payload, error="m", micro=False)
    return tuple(tuple(bool(dark) for dark in row) for row in code.matrix_iter(border=_QUIET))


class QrCode(Placed):
    """Shows ``payload`` as a square in the middle of its box; an empty payload shows nothing."""

    payload = StringProperty("")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._tint = Color(1, 1, 1, 0)
            self._square = Rectangle()
        again = Clock.create_trigger(self._paint, -1)
        self.bind(payload=again, pos=again, size=again)
        again()

    def _paint(self, *_: object) -> None:
        self._tint.a = 1 if self.payload else 0
        if not self.payload:
            return
        rows = modules(self.payload)
        count = len(rows)
        texture = Texture.create(size=(count, count), colorfmt="luminance", bufferfmt="ubyte")
        texture.mag_filter = texture.min_filter = "nearest"
        grey = bytes(0 if dark else 255 for row in reversed(rows) for dark in row)
        texture.blit_buffer(grey, colorfmt="luminance", bufferfmt="ubyte")
        side = int(min(self.size) // count) * count  # whole pixels a module, so every square is the same
        self._square.texture = texture
        self._square.size = (side, side)
        self._square.pos = (round(self.center_x - side / 2), round(self.center_y - side / 2))
