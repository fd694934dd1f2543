"""What each screen of the staff area shows: one frozen view a step, every text already said.

The backroom makes views, the staff screens draw them. A view holds no widget, no instrument and no key of a
sentence; the fixed words of a screen are the screen's own. Numbers are texts as they are shown. What is
absent is None.
"""

import msgspec

from kiosk.backroom.chart_views import ChartView, RunView
from kiosk.backroom.steps import StaffStep
from kiosk.backroom.view_parts import (
    Action,
    Fact,
    FrameLine,
    Option,
    Pill,
    RowView,
    Ruler,
    State,
    TileView,
)

__all__ = [
    "Action", "ChartView", "ChooseView", "DetailView", "DoneView", "EntryView", "Fact", "FrameLine",
    "FramesView", "HomeView", "KeypadView", "ListView", "MoreView", "Option", "Pill", "PointView",
    "PrepareView", "RowView", "Ruler", "RunView", "SoundView", "StaffBody", "StaffView", "State", "TileView",
    "TouchView",
]  # fmt: skip


class KeypadView(msgspec.Struct, frozen=True):
    """Digits typed so far, never shown. ``closed``: no key is there, because tries are used up or waited for.

    ``hint`` stands only at a demonstration. ``full``: no further digit is taken.
    """

    title: str
    sentence: str
    typed: int = 0
    places: int = 6
    complete: bool = False
    trouble: str | None = None
    closed: bool = False
    hint: str | None = None
    full: bool = False


class HomeView(msgspec.Struct, frozen=True):
    """The modules, those with something to do first, and four tiles. ``task`` is what cannot wait."""

    day: str
    rows: tuple[RowView, ...]
    tiles: tuple[TileView, ...]
    task: RowView | None = None


class MoreView(msgspec.Struct, frozen=True):
    """Everything that is not done every day, as tiles of icon and word."""

    actions: tuple[Action, ...]


class ListView(msgspec.Struct, frozen=True):
    """Rows a page, one sentence, and at most one thing to do. ``empty`` is said where there are none."""

    title: str
    sentence: str
    rows: tuple[RowView, ...]
    page: int = 1
    pages: int = 1
    empty: str = ""
    action: Action | None = None


class DetailView(msgspec.Struct, frozen=True):
    """One thing: its state, what is known of it, what can be done. The first action may be ``main``.

    ``picture`` is a drawing in place of facts.
    """

    icon: str
    title: str
    sentence: str
    pill: Pill | None
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    main: bool = False
    notice: str | None = None
    picture: str = ""


class ChooseView(msgspec.Struct, frozen=True):
    """One of a few; what confirms it appears once one is chosen. ``grave``: it cannot be undone here."""

    title: str
    sentence: str
    options: tuple[Option, ...]
    chosen: str | None
    confirm: str
    empty: str = ""
    other: Action | None = None
    page: int = 1
    pages: int = 1


class FramesView(msgspec.Struct, frozen=True):
    """The latest frames of an instrument, newest last. ``last`` says how long ago one came."""

    instrument: str
    sentence: str
    lines: tuple[FrameLine, ...]
    empty: str


class PrepareView(msgspec.Struct, frozen=True):
    """Three references for a calibration; pressing one takes the next that would do."""

    picture: str
    title: str
    sentence: str
    references: tuple[Option, ...]
    trouble: str | None = None


class PointView(msgspec.Struct, frozen=True):
    """One reference stands on the instrument. ``plate`` is written on the drawn weight or rod."""

    step: str
    title: str
    picture: str
    plate: str
    label: str
    value: str
    unit: str
    instead: str
    ruler: Ruler | None
    taken: tuple[str, ...]
    repeats: int
    can_take: bool
    footnote: str
    trouble: str | None = None


class DoneView(msgspec.Struct, frozen=True):
    """What came of a calibration or a check: one verdict, and the numbers behind it."""

    state: State
    title: str
    sentence: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    footnote: str
    again: Action | None = None


class EntryView(msgspec.Struct, frozen=True):
    """One field of a form, typed on a board of letters or of digits. ``full``: it takes no more."""

    step: str
    title: str
    sentence: str
    typed: str
    letters: bool
    complete: bool
    trouble: str | None = None
    full: bool = False


class TouchView(msgspec.Struct, frozen=True):
    """A target to touch, in mm from the top left corner of the face; or what the touches showed."""

    number: int
    total: int
    x: float
    y: float
    mean: str = ""
    largest: str = ""
    lean: str = ""
    verdict: Pill | None = None
    sentence: str = ""


class SoundView(msgspec.Struct, frozen=True):
    """Loudness and brightness in steps of ten; None where the system lets nothing be changed."""

    volume: int | None
    volume_words: str
    brightness: int | None
    brightness_words: str


StaffBody = (
    KeypadView
    | HomeView
    | MoreView
    | ListView
    | DetailView
    | ChooseView
    | FramesView
    | PrepareView
    | PointView
    | DoneView
    | RunView
    | ChartView
    | EntryView
    | TouchView
    | SoundView
)


class StaffView(msgspec.Struct, frozen=True):
    """One whole screen of the staff area.

    ``name`` is the staff member's, None before the PIN; ``leaves_in`` the time until it lets itself out.
    ``right`` is the key of the right foot slot; ``left`` the one beside help, None where there is none.
    """

    step: StaffStep
    body: StaffBody
    language: str
    heading: str
    leaves_in: str
    right: Action
    left: Action | None
    help_called: bool
    demo: bool
    notice: str | None = None
