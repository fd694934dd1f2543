"""The parts that views of the staff area are made of: states, rows, tiles, keys, lines."""

from enum import StrEnum

import msgspec

from kiosk.backroom.steps import Press


class State(StrEnum):
    """How something stands, as shape, colour and word: fit, soon to be seen to, locked, or only said."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"
    PLAIN = "plain"


class Pill(msgspec.Struct, frozen=True):
    """A state and its word. Never pressed."""

    state: State
    word: str


class Action(msgspec.Struct, frozen=True):
    """A key with an icon and words."""

    press: Press
    icon: str
    words: str
    detail: str = ""


class RowView(msgspec.Struct, frozen=True):
    """One row of a list. ``id`` comes back when it is pressed; ``opens`` False: it only tells."""

    id: str
    icon: str
    title: str
    more: str
    pill: Pill | None = None
    opens: bool = True


class TileView(msgspec.Struct, frozen=True):
    """A tile of home: a number, its unit and one short line."""

    press: Press
    icon: str
    title: str
    number: str
    unit: str
    more: str
    state: State = State.PLAIN


class Fact(msgspec.Struct, frozen=True):
    """A line of a detail: what it is, and what it says."""

    label: str
    value: str


class Option(msgspec.Struct, frozen=True):
    """Something to choose, by its ``id``."""

    id: str
    title: str
    more: str = ""


class FrameLine(msgspec.Struct, frozen=True):
    """One frame as it came: time, direction, bytes in hex and as text; what names a person is blank."""

    at: str
    hex: str
    text: str


class Ruler(msgspec.Struct, frozen=True):
    """Where the value lies between the limits: ``place`` 0..1 of the ruler, limits at 0.2 and 0.8."""

    low: str
    middle: str
    high: str
    place: float | None
    words: str
    good: bool
    allowed: str
