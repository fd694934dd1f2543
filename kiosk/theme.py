"""How the kiosk looks: ``assets/theme.toml``, read strictly into frozen values.

Pure: no window, no widget, no drawing. An unknown or missing name, or a colour that is none, is an error.
"""

import math
import re
import tomllib
from pathlib import Path

import msgspec

from kiosk.errors import KioskError

THEME_FILE = Path(__file__).resolve().parent.parent / "assets" / "theme.toml"
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_MM_PER_INCH = 25.4


class ThemeError(KioskError):
    """The theme file cannot be used; the sentence says which line to mend."""


class ScreenSize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A panel: ``pixels`` (width, height), ``diagonal`` in inches, viewing ``distance`` in mm."""

    pixels: tuple[int, int]
    diagonal: float
    distance: float

    @property
    def dpi(self) -> float:
        """Pixels per inch of the panel."""
        return math.hypot(*self.pixels) / self.diagonal

    @property
    def height_mm(self) -> float:
        """Height of the visible panel in mm."""
        return self.pixels[1] / self.dpi * _MM_PER_INCH


class Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths in mm; ``large`` is a factor."""

    width: float
    height: float
    foot_top: float
    foot_line: float
    margin: float
    gap: float
    radius: float
    border: float
    text_live: float
    text_result: float
    text_title: float
    text_button: float
    text_body: float
    text_min: float
    large: float
    target_min: float
    slop: float
    drift: float
    strip: float


class Timing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in milliseconds. They guard the hand and are never divided by the demo's speed."""

    lockout: int
    guard: int
    tick: int


class Colours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set of colours, ``#RRGGBB``. ``*_down`` is the pressed look, ``on_*`` what is written on it."""

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
