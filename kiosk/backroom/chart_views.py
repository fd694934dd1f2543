"""What the screens of quality control show: the run in progress and the chart of one level."""

from datetime import date
from enum import StrEnum

import msgspec


class Dot(StrEnum):
    """How one run is drawn; the latest is a ring of the same colour."""

    GOOD = "good"
    WARNED = "warned"
    REJECTED = "rejected"
    OFF_SCALE = "off_scale"


class ChartDot(msgspec.Struct, frozen=True):
    """One run: ``z`` in SDs from the mean, None off scale; ``mended``: something was mended before it."""

    day: date
    z: float | None
    dot: Dot
    mended: bool = False


class ChartNote(msgspec.Struct, frozen=True):
    """A run that broke a rule: its day and what the rule says."""

    dot: Dot
    day: str
    words: str


class ChartView(msgspec.Struct, frozen=True):
    """The Levey-Jennings chart of one level, the levels to choose from, and today's verdict.

    ``levels`` are (id, words); ``level`` the id shown. ``dot`` is the verdict of the latest run.
    """

    levels: tuple[tuple[str, str], ...]
    level: str
    dots: tuple[ChartDot, ...]
    first_day: str
    last_day: str
    mended_words: str
    summary: str
    dot: Dot
    verdict: str
    sentence: str
    notes: tuple[ChartNote, ...]


class RunValue(msgspec.Struct, frozen=True):
    """One level while control material runs: its name, what came, and whether it lies within its limits.

    ``mean`` is what the sheet of the lot says ``quantity`` should be.
    """

    name: str
    target: str
    value: str | None
    dot: Dot | None
    mean: str = ""
    quantity: str = ""


class RunView(msgspec.Struct, frozen=True):
    """Control material runs: what to do now, and each level as it comes."""

    title: str
    sentence: str
    specimen: str
    values: tuple[RunValue, ...]
    waiting: str
    trouble: str | None = None
