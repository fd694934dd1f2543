"""The drawing format: a TOML file of few kinds of shapes, read strictly into frozen data.

Units are millimetres, the origin is the floor in the middle of the picture, x to the right, y up.
Kinds (exactly one a shape): ``ellipse`` [x, y, rx, ry] · ``rect`` [x, y, width, height] from its lower left
corner, with ``round`` radii (top left, top right, bottom right, bottom left) · ``curve``, a filled closed
line · ``line`` with round ends and a ``width`` · ``use``, another drawing. A point is [x, y]; a Bezier piece
is [c1x, c1y, c2x, c2y, x, y]. An ellipse or rect with a ``width`` is only its outline.

This module is pure: no kivy, no window. It only reads; ``flatten`` turns shapes into points.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from kiosk.errors import KioskError
from kiosk.widgets.palette import NAMES

ASSETS = Path(__file__).resolve().parents[2] / "assets"
DRAWINGS = ASSETS / "drawings"
ICONS = ASSETS / "icons"

Box = tuple[float, float, float, float]
Step = tuple[float, float] | tuple[float, float, float, float, float, float]


class DrawingError(KioskError):
    """A drawing file that cannot be drawn; the sentence names the file and what to change in it."""


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One shape as it stands in the file; exactly one of the five kinds is given."""

    ellipse: tuple[float, float, float, float] | None = None
    rect: Box | None = None
    curve: tuple[tuple[float, ...], ...] | None = None
    line: tuple[tuple[float, ...], ...] | None = None
    use: str | None = None
    paint: str | None = None
    width: float | None = None
    dash: tuple[float, float] | None = None
    round: tuple[float, float, float, float] | float = 0.0
    at: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    turn: float = 0.0
    mirror: bool = False
    edge: Literal["left", "right"] | None = None
    repaint: dict[str, str] = {}
    meets: str | None = None


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One drawing file. ``box`` and ``keep`` are [left, bottom, right, top] in mm."""

    about: str
    box: Box
    shapes: tuple[Shape, ...]
    keep: Box | None = None  # what no crop may touch: heads, hands, the thing to meet
    back: str | None = None  # the colour behind everything; None leaves the page to show through
    meets: tuple[str, ...] = ()  # the things marked in persimmon
    slots: dict[str, Box] = {}  # places a screen fills: [left, bottom, right, top]

    @property
    def kept(self) -> Box:
        """The part that must stay in view; the whole box unless the file says less."""
        return self.keep or self.box


def parse(text: str, name: str) -> Sheet:
    """Read one drawing. Raises DrawingError for anything the format does not know."""
    try:
        sheet = msgspec.toml.decode(text, type=Sheet)
    except msgspec.MsgspecError as wrong:
        raise DrawingError(f"Correct the drawing “{name}”: {wrong}.") from wrong
    _check_box(sheet.box, name)
    _check_box(sheet.kept, name)
    if sheet.back is not None:
        _check_colour(sheet.back, name)
    for number, shape in enumerate(sheet.shapes, start=1):
        _check_shape(shape, f"{name}, shape {number}")
    return sheet


@cache
def read_drawing(name: str) -> Sheet:
    """The drawing ``assets/drawings/<name>.toml``. Raises DrawingError when it is missing or wrong."""
    return _read(DRAWINGS, name)


@cache
def read_icon(name: str) -> Sheet:
    """The icon ``assets/icons/<name>.toml``, drawn on a box of 24 by 24. Raises DrawingError."""
    return _read(ICONS, name)


def drawing_names() -> tuple[str, ...]:
    """Every drawing a screen may show; parts are not among them."""
    return tuple(sorted(path.stem for path in DRAWINGS.glob("*.toml")))


def icon_names() -> tuple[str, ...]:
    """Every icon a button may carry."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.toml")))


def _read(folder: Path, name: str) -> Sheet:
    path = folder / f"{name}.toml"
    if not path.resolve().is_relative_to(folder):
        raise DrawingError(f"A drawing has a plain name, not “{name}”.")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as missing:
        raise DrawingError(f"There is no drawing “{name}”; add {folder.name}/{name}.toml.") from missing
    return parse(text, name)


def _check_box(box: Box, name: str) -> None:
    left, bottom, right, top = box
    if right <= left or top <= bottom:
        raise DrawingError(f"Give “{name}” a box as left, bottom, right, top; {list(box)} is empty.")


def _check_colour(colour: str, where: str) -> None:
    if colour not in NAMES:
        raise DrawingError(f"Name a colour of the palette in {where}; “{colour}” is none.")


def _check_shape(shape: Shape, where: str) -> None:
    kinds = [shape.ellipse, shape.rect, shape.curve, shape.line, shape.use]
    if sum(kind is not None for kind in kinds) != 1:
        raise DrawingError(f"Give {where} exactly one of ellipse, rect, curve, line, use.")
    if shape.use is None:
        _check_painted(shape, where)
    for before, after in shape.repaint.items():
        _check_colour(before, where)
        _check_colour(after, where)
    for steps in (shape.curve, shape.line):
        if steps is not None:
            _check_steps(steps, where)
    if shape.scale <= 0 or (shape.width is not None and shape.width <= 0):
        raise DrawingError(f"Give {where} a width and a scale above 0.")


def _check_painted(shape: Shape, where: str) -> None:
    if shape.paint is None:
        raise DrawingError(f"Say how {where} is painted.")
    _check_colour(shape.paint, where)
    if (shape.line is not None) and shape.width is None:
        raise DrawingError(f"Give the line of {where} a width.")
    if shape.dash is not None and min(shape.dash) <= 0:
        raise DrawingError(f"Give {where} dashes and gaps above 0.")


def _check_steps(steps: tuple[tuple[float, ...], ...], where: str) -> None:
    if len(steps) < 2 or len(steps[0]) != 2 or any(len(step) not in {2, 6} for step in steps):
        raise DrawingError(f"Start {where} with a point [x, y]; go on with points or Bezier pieces of six.")
