"""How the kiosk looks: ``assets/theme.toml``, read strictly into frozen values.

Pure: no window, no widget, no drawing. An unknown or missing name, or a colour that is none, is an error.
"""

import math
import re
import tomllib
from enum import StrEnum
from pathlib import Path

import msgspec

from kiosk.errors import KioskError
from kiosk.result_pages import ResultRoom

THEME_FILE = Path(__file__).resolve().parent.parent / "assets" / "theme.toml"
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_MM_PER_INCH = 25.4
FIRST_SCREEN = "portrait-21"
"""The screen that is meant where none is named."""
READING_MM = 600.0
"""The distance at which a mm of a face is a mm of its panel (design, sizes follow EN 301 549 §5.1.4)."""


class ThemeError(KioskError):
    """The theme file cannot be used; the sentence says which line to mend."""


class Rules(StrEnum):
    """Which .kv files place the parts of a screen: one under another, or the drawing beside the words."""

    TALL = "tall"
    WIDE = "wide"


class StaffSizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the staff area fills a face, in mm from its top.

    ``head`` and ``strip`` are the height of the head, with and without a title in it, ``foot`` where the foot
    begins, ``top`` and ``line`` top and height of the main key, ``body`` and ``floor`` the ends of what lies
    below; ``main`` is the width of the main key.
    """

    head: float
    strip: float
    foot: float
    top: float
    line: float
    body: float
    floor: float
    gap: float
    main: float


class FaceSizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the face fills one panel, in mm as they look from ``READING_MM``; see ``ScreenSize.unit``.

    ``column`` is the left end of words, windows and keys, ``room`` how wide they are, ``stage`` how wide the
    drawing is, ``key`` how high the keys of the foot. ``large`` is the factor of the large letters, 1 where
    the panel has none; ``trends`` is how many pictures of a trend stand on a page, ``results``
    the room of a page of results, ``results_large`` in large letters.
    """

    rules: Rules
    width: float
    height: float
    foot_top: float
    margin: float
    column: float
    room: float
    stage: float
    key: float
    gap: float
    large: float
    stamp: tuple[float, float]
    strip: float
    trends: int
    staff: StaffSizes
    results: ResultRoom
    results_large: ResultRoom | None = None

    def results_in(self, *, large: bool) -> ResultRoom:
        """The room of a page of results in letters of that size."""
        return (self.results_large or self.results) if large else self.results


class ScreenSize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A panel: ``pixels`` (width, height), ``diagonal`` in inches, viewing ``distance`` in mm, its face."""

    pixels: tuple[int, int]
    diagonal: float
    distance: float
    face: FaceSizes

    @property
    def unit(self) -> float:
        """Mm of the panel in one mm of its face: letters shrink with the distance, fingers do not."""
        return self.distance / READING_MM

    @property
    def dpi(self) -> float:
        """Pixels per inch of the panel."""
        return math.hypot(*self.pixels) / self.diagonal

    @property
    def height_mm(self) -> float:
        """Height of the visible panel in mm."""
        return self.pixels[1] / self.dpi * _MM_PER_INCH


class Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths in mm that are the same on every panel; those of letters as they look from ``READING_MM``."""

    radius: float
    border: float
    text_live: float
    text_result: float
    text_title: float
    text_button: float
    text_body: float
    text_min: float
    target_min: float
    slop: float
    slop_most: float
    drift: float


class Timing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in milliseconds. They guard the hand and are never divided by the demo's speed."""

    lockout: int
    guard: int
    tick: int


class Colours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set of colours, ``#RRGGBB``. ``*_down`` is the pressed look, ``on_*`` what is written on it.

    ``off`` and ``on_off``: a key that does nothing now.
    """

    page: str
    wall: str
    floor: str
    urgent: str
    foot: str
    foot_line: str
    text: str
    secondary: str
    primary: str
    primary_down: str
    on_primary: str
    key: str
    key_down: str
    key_edge: str
    foot_key: str
    off: str
    on_off: str
    stop: str
    stop_down: str
    on_stop: str
    info: str
    info_edge: str
    info_text: str
    window: str
    window_edge: str
    window_text: str
    window_label: str
    live: str
    track: str
    good: str
    good_tint: str
    good_edge: str
    look: str
    look_tint: str
    look_edge: str
    doctor: str
    doctor_tint: str
    doctor_edge: str
    on_state: str
    card: str
    card_edge: str
    empty: str
    sky: str
    shade: str
    demo: str
    on_demo: str
    road_normal: str
    road_notice: str
    road_doctor: str
    road_now: str
    road_edge: str


class ColourSets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sets a person can choose between: on paper, for a dim room, and white and yellow on black."""

    light: Colours
    dark: Colours
    contrast: Colours


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole theme file."""

    screen: dict[str, ScreenSize]
    size: Sizes
    timing: Timing
    color: ColourSets

    def screen_named(self, name: str) -> ScreenSize:
        """The panel ``name``. Raises ``ThemeError`` where the file has none."""
        found = self.screen.get(name)
        if found is None:
            known = ", ".join(self.screen)
            raise ThemeError(f"There is no screen {name!r}; choose one of {known}.")
        return found


def load_look(path: Path = THEME_FILE) -> Look:
    """The theme of ``path``. Raises ``ThemeError`` with one sentence that says what to mend."""
    try:
        look = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Look)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise ThemeError(f"{path.name} cannot be used: {wrong}. Mend that line.") from wrong
    for colours in (look.color.light, look.color.dark, look.color.contrast):
        for name, colour in msgspec.structs.asdict(colours).items():
            if not _COLOUR.fullmatch(colour):
                raise ThemeError(f"{path.name}: the colour {name} is {colour!r}; write it as #RRGGBB.")
    return look
