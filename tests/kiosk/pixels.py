"""The pixels of a widget as they are drawn, in a window that paints."""

from kivy.graphics import ClearBuffers, ClearColor, Fbo, Translate
from kivy.uix.widget import Widget


def rows_of(
    widget: Widget, size: tuple[float, float] | None = None, pos: tuple[float, float] = (0, 0)
) -> bytes:
    """RGBA rows, lowest first, of the part of the window that ``size`` and ``pos`` name, or of the widget."""
    wide, high = map(round, size or widget.size)
    left, below = map(round, pos if size else widget.pos)
    sheet = Fbo(size=(wide, high), with_stencilbuffer=True)
    with sheet:
        ClearColor(0, 0, 0, 1)
        ClearBuffers()
        Translate(-left, -below, 0)
    sheet.add(widget.canvas)
    sheet.draw()
    pixels: bytes = sheet.pixels
    sheet.remove(widget.canvas)
    return pixels
