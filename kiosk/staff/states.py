"""How a thing stands, drawn: the mark of a state, alone or on a pill with its word.

Circle and tick, rounded square and clock, octagon and bar: shape, word and colour together, so that no state
rests on colour. A pill is told and never pressed.
"""

from collections.abc import Sequence

from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from kiosk.backroom.views import State
from kiosk.theme import Colours
from kiosk.widgets.flatten import Patch, Point, arc
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import disc, ring, stroke

_OCTAGON = 8


def state_ink(state: State, colours: Colours) -> str:
    """The colour of mark and word."""
    return {State.GOOD: colours.good, State.LOOK: colours.look, State.STOP: colours.doctor}.get(
        state, colours.secondary
    )


def state_tint(state: State, colours: Colours) -> str:
    """The ground of its pill."""
    return {
        State.GOOD: colours.good_tint,
        State.LOOK: colours.look_tint,
        State.STOP: colours.doctor_tint,
    }.get(state, colours.foot)


def state_edge(state: State, colours: Colours) -> str:
    """The line round its pill; the colour of the ground where none is seen."""
    return {
        State.GOOD: colours.good_edge,
        State.LOOK: colours.look_edge,
        State.STOP: colours.doctor_edge,
    }.get(state, colours.foot_line)


def state_patches(state: State, x: float, y: float, radius: float, ink: str, paper: str) -> list[Patch]:
    """The mark of ``state`` round (x, y), ``radius`` mm."""
    if state is State.GOOD:
        tick = ((x - radius * 0.45, y + radius * 0.05), (x - radius * 0.12, y + radius * 0.36),
                (x + radius * 0.46, y - radius * 0.34))  # fmt: skip
        return [disc(x, y, radius, ink), stroke(tick, radius * 0.24, paper)]
    if state is State.LOOK:
        hands = ((x, y - radius * 0.36), (x, y), (x + radius * 0.3, y + radius * 0.16))
        face = ring(x, y, radius * 0.56, radius * 0.17, paper)
        return [_rounded(x, y, radius * 0.92, radius * 0.3, ink), face, stroke(hands, radius * 0.17, paper)]
    if state is State.STOP:
        bar = ((x - radius * 0.45, y), (x + radius * 0.45, y))
        return [_octagon(x, y, radius, ink), stroke(bar, radius * 0.26, paper)]
    return []


def _rounded(x: float, y: float, half: float, round_: float, ink: str) -> Patch:
    inner, points = half - round_, list[Point]()
    for across, down, start in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        points += arc(x + inner * across, y + inner * down, round_, round_, start, start + 90, 8)
    return Patch(tuple(points), ink)


def _octagon(x: float, y: float, radius: float, ink: str) -> Patch:
    points = arc(x, y, radius, radius, 22.5, 382.5, _OCTAGON)
    return Patch(tuple(points[:-1]), ink)


class StateMark(Sketch):
    """The mark of ``state``, as large as its box; nothing for a plain one."""

    state = ObjectProperty(State.PLAIN, allownone=True)
    colours = ObjectProperty(None, rebind=True)
    ink = ListProperty(["", ""])  # colour of the mark, colour of what is cut out of it

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        again = self.repaint_soon
        self.bind(state=again, colours=again, at=again)

    def patches(self) -> Sequence[Patch]:
        """The shape, a little inside its box so that no edge is cut."""
        if self.colours is None or self.state is None:
            return ()
        half = self.at[3] / 2
        ink, paper = state_ink(self.state, self.colours), self.colours.on_state
        return state_patches(self.state, half, half, half * 0.94, ink, paper)


class StatePill(Plan):
    """A pill with mark and word; its right end lies at the right end of its place."""

    pill = ObjectProperty(None, allownone=True, rebind=True)
    word_mm = NumericProperty(20.0)
