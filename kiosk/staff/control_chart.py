"""A Levey-Jennings chart: how far each control run lay from its mean, in SDs, in the order of the runs.

Every verdict comes with the view; here a dot only gets its shape. Off-scale runs stand at the edge, and are
joined to nothing, because they have no distance.
"""

from collections.abc import Sequence

from kivy.properties import ObjectProperty

from kiosk.backroom.chart_views import ChartDot, Dot
from kiosk.backroom.views import State
from kiosk.staff.states import state_ink, state_patches
from kiosk.theme import Colours
from kiosk.widgets.flatten import Patch, dashes
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import box, disc, ring, stroke

TOP_SD = 3.5
_INSET = 8.0  # mm before the first and after the last dot
_STATES = {
    Dot.GOOD: State.GOOD,
    Dot.WARNED: State.LOOK,
    Dot.REJECTED: State.STOP,
    Dot.OFF_SCALE: State.STOP,
}


def dot_state(dot: Dot | None) -> State:
    """How a run stands; a level that was not run stands for nothing."""
    return State.PLAIN if dot is None else _STATES[dot]


class DotMark(Sketch):
    """The verdict on one run as a mark: tick, triangle or octagon. Nothing where it has none."""

    dot = ObjectProperty(None, allownone=True)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(dot=self.repaint_soon, colours=self.repaint_soon, at=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """The mark, a little inside its box."""
        if self.colours is None or self.dot is None:
            return ()
        half, c = self.at[3] / 2, self.colours
        if self.dot is Dot.WARNED:
            bang = stroke(((half, half * 0.75), (half, half * 1.2)), half * 0.2, c.on_state)
            return [
                _triangle(half, half, half * 0.92, c.look),
                bang,
                disc(half, half * 1.48, half * 0.13, c.on_state),
            ]
        return state_patches(
            dot_state(self.dot), half, half, half * 0.94, state_ink(dot_state(self.dot), c), c.on_state
        )


class LeveyJennings(Sketch):
    """Bands to 2, 3 and beyond 3 SD, the runs, and a blue stroke where something was mended."""

    dots = ObjectProperty((), rebind=True)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(dots=self.repaint_soon, colours=self.repaint_soon, at=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """Bands and lines first, then the way from dot to dot, then the dots."""
        if self.colours is None:
            return ()
        wide, high = self.at[2], self.at[3]
        found = _ground(wide, high, self.colours)
        places = _places(self.dots, wide, high)
        found += _mendings(self.dots, places, high, self.colours)
        found += _way(self.dots, places, self.colours)
        for number, (dot, place) in enumerate(zip(self.dots, places, strict=True), start=1):
            found += _dot(dot, place, self.colours, latest=number == len(self.dots))
        return found


def _height(z: float, high: float) -> float:
    return high * (TOP_SD - min(max(z, -TOP_SD), TOP_SD)) / (2 * TOP_SD)


def _places(dots: Sequence[ChartDot], wide: float, high: float) -> list[tuple[float, float]]:
    step = (wide - 2 * _INSET) / max(1, len(dots) - 1)
    alone = wide / 2 if len(dots) == 1 else None
    return [
        (alone or _INSET + number * step, _height(dot.z if dot.z is not None else TOP_SD - 0.2, high))
        for number, dot in enumerate(dots)
    ]


def _ground(wide: float, high: float, c: Colours) -> list[Patch]:
    bands = ((3.5, 3, c.doctor_tint), (3, 2, c.look_tint), (2, -2, c.good_tint), (-2, -3, c.look_tint),
             (-3, -3.5, c.doctor_tint))  # fmt: skip
    found = [
        box(0, _height(top, high), wide, _height(foot, high) - _height(top, high), paint)
        for top, foot, paint in bands
    ]
    levels = [((0.0, _height(z, high)), (wide, _height(z, high))) for z in (3, -3)]
    found += [stroke(level, 0.7, c.key_edge) for level in levels]
    for z in (2, -2):
        line = ((0, _height(z, high)), (wide, _height(z, high)))
        found += [Patch(piece, c.key_edge, 0.7) for piece in dashes(line, 3, 2)]
    found.append(stroke(((0, high / 2), (wide, high / 2)), 1.0, c.good))
    return found


def _mendings(
    dots: Sequence[ChartDot], places: Sequence[tuple[float, float]], high: float, c: Colours
) -> list[Patch]:
    found = []
    for number, dot in enumerate(dots):
        if dot.mended:
            x = places[number][0] if number == 0 else (places[number][0] + places[number - 1][0]) / 2
            found.append(stroke(((x, 1), (x, high - 1)), 1.2, c.primary))
    return found


def _way(dots: Sequence[ChartDot], places: Sequence[tuple[float, float]], c: Colours) -> list[Patch]:
    return [
        stroke((places[number - 1], places[number]), 0.9, c.secondary)
        for number in range(1, len(dots))
        if dots[number].z is not None and dots[number - 1].z is not None and not dots[number].mended
    ]


def _dot(dot: ChartDot, place: tuple[float, float], c: Colours, *, latest: bool) -> list[Patch]:
    x, y = place
    if dot.dot is Dot.WARNED:
        return [_triangle(x, y, 4.2, c.look)]
    if dot.dot in (Dot.REJECTED, Dot.OFF_SCALE):
        return state_patches(State.STOP, x, y, 4.4, c.doctor, c.on_state)
    if latest:
        return [disc(x, y, 4.6, c.card), ring(x, y, 3.7, 2.0, c.good)]
    return [disc(x, y, 2.5, c.window)]


def _triangle(x: float, y: float, size: float, ink: str) -> Patch:
    return Patch(((x - size, y + size * 0.8), (x + size, y + size * 0.8), (x, y - size)), ink)
