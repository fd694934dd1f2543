"""Paints shapes on a page. It only paints: every place, size and colour is in the shapes.

Places are millimetres from the top left corner of the page; PDF counts points from the bottom, and only this
module and ``sheet`` know that.
"""

from collections.abc import Sequence
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printouts.fonts import BOLD, REGULAR, note_use
from printouts.shapes import Anchor, Line, Polygon, Rect, Ring, Shape, Text


@cache
def ink(colour: str) -> Color:
    """The colour of ``#RRGGBB``; a sheet uses a dozen, thousands of times."""
    return HexColor(colour)


def paint(canvas: Canvas, page_height: float, shapes: Sequence[Shape], x: float, y: float) -> None:
    """Paints ``shapes`` with their origin at ``x, y`` mm from the top left corner of the page."""
    canvas.saveState()
    canvas.translate(_pt(x), _pt(page_height - y))
    for shape in shapes:
        _paint_one(canvas, shape)
    canvas.restoreState()


def _paint_one(canvas: Canvas, shape: Shape) -> None:
    match shape:
        case Rect():
            _pens(canvas, shape.fill, shape.edge, shape.edge_width, shape.dash)
            canvas.rect(
                _pt(shape.x),
                _pt(-shape.y - shape.height),
                _pt(shape.width),
                _pt(shape.height),
                stroke=int(shape.edge is not None),
                fill=int(shape.fill is not None),
            )
        case Line():
            _line(canvas, shape)
        case Ring():
            _pens(canvas, shape.fill, shape.edge, shape.edge_width, ())
            inset = shape.edge_width / 2 if shape.edge else 0.0
            # Moved there and drawn round the origin: a hundred equal circles are then a hundred equal texts.
            canvas.saveState()
            canvas.translate(_pt(shape.x), _pt(-shape.y))
            strokes, fills = int(shape.edge is not None), int(shape.fill is not None)
            canvas.circle(0, 0, _pt(shape.diameter / 2 - inset), stroke=strokes, fill=fills)
            canvas.restoreState()
        case Polygon():
            _pens(canvas, shape.fill, None, 0.0, ())
            path = canvas.beginPath()
            path.moveTo(_pt(shape.points[0][0]), _pt(-shape.points[0][1]))
            for px, py in shape.points[1:]:
                path.lineTo(_pt(px), _pt(-py))
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
        case Text():
            _text(canvas, shape)


def _pens(
    canvas: Canvas, fill: str | None, edge: str | None, edge_width: float, dash: tuple[float, ...]
) -> None:
    if fill is not None:
        canvas.setFillColor(ink(fill))
    if edge is not None:
        canvas.setStrokeColor(ink(edge))
        canvas.setLineWidth(_pt(edge_width))
        canvas.setDash([_pt(d) for d in dash])


def _line(canvas: Canvas, line: Line) -> None:
    _pens(canvas, None, line.colour, line.width, line.dash)
    style = 1 if line.round_ends else 0
    canvas.setLineCap(style)
    canvas.setLineJoin(style)
    path = canvas.beginPath()
    path.moveTo(_pt(line.points[0][0]), _pt(-line.points[0][1]))
    for px, py in line.points[1:]:
        path.lineTo(_pt(px), _pt(-py))
    canvas.drawPath(path, stroke=1, fill=0)


def _text(canvas: Canvas, text: Text) -> None:
    canvas.setFillColor(ink(text.colour))
    face = BOLD if text.bold else REGULAR
    note_use(canvas, face, text.size_pt, text.text)
    canvas.setFont(face, text.size_pt)
    place = _pt(text.x), _pt(-text.y)
    if text.anchor is Anchor.START:
        canvas.drawString(*place, text.text)
    elif text.anchor is Anchor.MIDDLE:
        canvas.drawCentredString(*place, text.text)
    else:
        canvas.drawRightString(*place, text.text)


def _pt(millimetres: float) -> float:
    """Points, to a hundredth: finer than any printer, and a third of the bytes."""
    return round(millimetres * mm, 2)
