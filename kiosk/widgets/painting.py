"""Painting patches with OpenGL through kivy, once, into a texture twice as large as it is shown.

Shown with linear filtering or halved, and with a soft line along each filled shape, edges are smooth without
multisampling; a picture of a hundred shapes costs one rectangle a frame.
Nothing here knows what a picture means.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from kivy.graphics import ClearBuffers, ClearColor, Color, Fbo, Line, Mesh, SmoothLine
from kivy.graphics.opengl import glFinish
from kivy.graphics.tesselator import TYPE_POLYGONS, WINDING_NONZERO, Tesselator
from kivy.graphics.texture import Texture

from kiosk.errors import KioskError
from kiosk.widgets.flatten import Patch, Placing
from kiosk.widgets.palette import Rgb

OVERSAMPLING = 2
_EDGE = 0.6  # half the width of the soft line along a filled shape, in pixels of the texture
_SOFT = 0.9  # how far that line fades
_ROUND = 24  # steps round a line's end
_CLEAN = (1, 1)  # no picture is so small: each of its sides is at least ``OVERSAMPLING``


def paint(
    patches: Sequence[Patch],
    placing: Placing,
    size: tuple[float, float],
    colour_of: Callable[[str], Rgb],
    back: str | None,
) -> Texture:
    """Paint ``patches`` for a widget of ``size`` pixels and hand back the texture to show there.

    Without a ``back`` the texture is clear where nothing is painted, but clear in the colour of the first
    patch, so that the filtering mixes no foreign colour into an edge.
    """
    width, height = (max(1, round(side)) * OVERSAMPLING for side in size)
    ground = back or (patches[0].paint if patches else "white")
    left, bottom, _, _ = placing.view
    scale = placing.scale * OVERSAMPLING
    with _sheet_of(width, height) as sheet:
        with sheet:
            ClearColor(*colour_of(ground), 0.0 if back is None else 1.0)
            ClearBuffers()
            for patch in patches:
                Color(*colour_of(patch.paint), 1.0)
                points = [
                    side for x, y in patch.points for side in ((x - left) * scale, (y - bottom) * scale)
                ]
                if patch.width is None:
                    _fill(points)
                else:
                    _stroke(points, patch.width * scale, closed=patch.closed)
        sheet.draw()
        texture = sheet.texture
    texture.mag_filter = texture.min_filter = "linear"
    return texture


@cache
def clean_sheet() -> Fbo:
    """The one sheet that everything is painted on, of one dot while nothing is.

    A sheet of its own for each picture would have the shader translated anew each time (``spent``).
    """
    return Fbo(size=_CLEAN, with_stencilbuffer=False)


@contextmanager
def _sheet_of(width: int, height: int) -> Iterator[Fbo]:
    """That sheet, so large. Its texture stays with who took it."""
    sheet = clean_sheet()
    if tuple(sheet.size) != _CLEAN:
        raise KioskError("A picture is painted inside another; paint one after the other.")
    try:
        sheet.size = (width, height)
        yield sheet
        glFinish()  # else its orders stay beside those of the picture it was painted for
    finally:
        sheet.clear()
        sheet.size = _CLEAN


def halved(texture: Texture) -> bytes:
    """The rows of a painted texture, RGBA, at the size it is shown."""
    from PIL import Image  # noqa: PLC0415 - a picture that is in the album needs no painter

    return Image.frombytes("RGBA", texture.size, texture.pixels).reduce(OVERSAMPLING).tobytes()


def _fill(points: list[float]) -> None:
    cutter = Tesselator()
    cutter.add_contour(points)
    if not cutter.tesselate(WINDING_NONZERO, TYPE_POLYGONS):
        return
    for vertices, indices in cutter.meshes:
        Mesh(vertices=vertices, indices=indices, mode="triangle_fan")
    SmoothLine(points=points, width=_EDGE, close=True, overdraw_width=_SOFT)


def _stroke(points: list[float], width: float, *, closed: bool) -> None:
    Line(
        points=points,
        width=width / 2,
        close=closed,
        cap="round",
        joint="round",
        cap_precision=_ROUND,
        joint_precision=_ROUND,
        force_custom_drawing_method=True,
    )
