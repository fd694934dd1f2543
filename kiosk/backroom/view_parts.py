"""The parts that views of the staff area are made of: states, rows, tiles, keys, lines."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.backroom.steps import Press


class State(StrEnum):
    """How something stands, as shape, colour and word: fit, soon to be seen to, locked, or only said."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Pill:
    """A state and its word. Never pressed."""

    state: State
    word: str


@dataclass(frozen=True, slots=True)
class Action:
    """A key with an icon and words."""

    press: Press
    icon: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a list. ``id`` comes back when it is pressed; ``opens`` False: it only tells."""

    id: str
    icon: str
    title: str
    more: str
    pill: Pill | None = None
    opens: bool = True


@dataclass(frozen=True, slots=True)
class TileView:
    """A tile of home: a number, its unit and one short line."""

    press: Press
    icon: str
    title: str
    number: str
    unit: str
    more: str
    state: State = State.PLAIN


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a detail: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, by its ``id``."""

    id: str
    title: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One frame as it came: time, direction, bytes in hex and as text; what names a person is blank."""

    at: str
    hex: str
    text: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where the value lies between the limits: ``place`` 0..1 of the ruler, limits at 0.2 and 0.8."""

    low: str
    middle: str
    high: str
    place: float | None
    words: str
    good: bool
    allowed: str
