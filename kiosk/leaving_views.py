"""What the screens show once everything is measured; ``views`` has the others and the whole.

The same rules: frozen, every text said, numbers as they are printed, absent is None.
"""

from decimal import Decimal
from enum import StrEnum

import msgspec

from devices.reading import Comparator
from health.assessment import Direction, Level, Zone
from health.visit import CallOutcome
from kiosk.result_pages import Spot
from printouts.ruler import Ruler


class UrgentView(msgspec.Struct, frozen=True):
    """A very high or low value, confirmed. ``called_at`` ``9:51``; ``answered`` once a badge was laid.

    ``unanswered`` after three minutes: then ``whom`` says whom to call. ``unwell`` once she said so.
    """

    name: str
    value: str
    unit: str
    called_at: str
    answered: bool
    unanswered: bool
    unwell: bool | None
    whom: str
    repeat: str


class AnsweredView(msgspec.Struct, frozen=True):
    """Staff are here and say what came of the call. ``called_at`` ``9:51``, None where that is not known."""

    called_at: str | None
    outcomes: tuple[str, ...] = tuple(CallOutcome)


class Card(msgspec.Struct, frozen=True):
    """One value on the result screen, with the road it stands on (``printouts.road``).

    ``method`` says how it was taken where that was not the guideline's way. ``ruler`` None: no road is
    drawn. ``now`` and ``last`` are printed numbers in the ruler's unit.
    """

    name: str
    value: str
    unit: str
    level: Level | None
    word: str | None
    direction: Direction | None
    sentence: str
    change: str | None
    ruler: Ruler | None
    now: Decimal
    last: Decimal | None
    comparator: Comparator | None
    zones: tuple[Zone, ...]
    simulated: bool
    method: str | None = None


class Dot(msgspec.Struct, frozen=True):
    """One visit in a picture: its ``day`` in words, the number as printed, and where it stands."""

    day: str
    shown: str
    value: Decimal


class Trend(msgspec.Struct, frozen=True):
    """One value over the last visits, oldest first, today's last.

    ``low`` and ``high`` are the limits of in range, in the unit of ``ruler``; both None: no band is drawn.
    ``note`` says what a dot stands for where there are two numbers, else it is empty.
    """

    name: str
    unit: str
    note: str
    dots: tuple[Dot, ...]
    ruler: Ruler
    low: Decimal | None
    high: Decimal | None


class ResultView(msgspec.Struct, frozen=True):
    """The cards of a page, most urgent first. ``message`` is the main sentence (first page only).

    ``spots``: how much of each is shown and where; one more where the line on what is ``missing`` comes last.
    """

    message: str
    level: Level
    cards: tuple[Card, ...]
    page: int
    pages: int
    missing: str | None
    spots: tuple[Spot, ...] = ()


class TrendsView(msgspec.Struct, frozen=True):
    """The main values over the last visits: as many pictures as this screen has room for, at least one.

    ``page`` of ``pages`` counts from 1; behind the last comes the first again.
    """

    trends: tuple[Trend, ...]
    page: int = 1
    pages: int = 1


class Deed(msgspec.Struct, frozen=True):
    """Something to do at home: its name, the name of its drawing, and a few words."""

    name: str
    picture: str
    words: str


class TeachView(msgspec.Struct, frozen=True):
    """What she will do first at home: three ``deeds`` to choose from.

    Once she has picked, ``first`` is the right one with its ``sentence``; ``same``: it is the one she picked.
    """

    deeds: tuple[Deed, ...]
    first: Deed | None = None
    sentence: str = ""
    same: bool = False


class TakeView(msgspec.Struct, frozen=True):
    """Paper or phone. A way that is not there is not offered. ``printer`` a sentence when it is away."""

    can_print: bool
    can_code: bool
    printer: str | None


class PaperState(StrEnum):
    """What the printer does with her sheet."""

    NONE = "none"
    PRINTING = "printing"
    DONE = "done"
    TROUBLE = "trouble"


class PaperView(msgspec.Struct, frozen=True):
    """The sheet and/or the code. ``code`` is the text of the QR, None where none is shown."""

    paper: PaperState
    trouble: str | None
    code: str | None
    code_note: str | None


class GoodbyeView(msgspec.Struct, frozen=True):
    """She goes. ``kept`` says where the visit went (clinic, waiting, nowhere), ``pending`` of blood."""

    kept: str
    pending: str | None
