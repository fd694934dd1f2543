"""The colours of the drawings, by name, for each way the screen can look (look of the kiosk, §4).

A drawing names its colours and never spells them, so one drawing serves every palette.
This module is pure data: it must not import kivy, and it holds no colour of a button, chip or window.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.errors import KioskError

Rgb = tuple[float, float, float]


class PaletteError(KioskError):
    """A colour name that no palette knows."""


class Palette(StrEnum):
    """How the screen looks: on light paper, in a dim room, or white and yellow on black."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


_LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "wall": "#F4EADA",
        "floor": "#E3D1B2",
        "skirting": "#CDB68F",
        "sky": "#DCE9EC",
        "sky2": "#C7DBE0",
        "s9": "#22343E",
        "s7": "#3A5A66",
        "s5": "#5B8591",
        "s3": "#A3BCC3",
        "s1": "#F8FBFA",
        "skin": "#F4CFAE",
        "skin_shade": "#DDA47B",
        "cheek": "#EDB291",
        "nail": "#F9E3CF",
        "hair": "#D3CFC8",
        "hair2": "#B4AFA6",
        "dark": "#3A3230",
        "wood": "#B78A5A",
        "wood_dark": "#93693F",
        "sign": "#6A4A2B",
        "vest": "#0B4F8A",
        "vest_dark": "#083A66",
        "leaf": "#8FAE92",
        "petal": "#FFFFFF",
        "petal2": "#F1D3C6",
        "persimmon": "#D45F28",
        "persimmon2": "#F0B48F",
        "on_persimmon": "#FFFFFF",
        "white": "#FFFFFF",
        "track": "#C7DBE0",
        "ink": "#1A1A1A",
        "on_primary": "#FFFFFF",
        "red": "#8F1616",
        "blush": "#FDE7E7",
    }
)

_DARK: Mapping[str, str] = MappingProxyType(
    {
        "wall": "#35312C",
        "floor": "#4A4136",
        "skirting": "#6A5C48",
        "sky": "#31434D",
        "sky2": "#3C505B",
        "s9": "#10181D",
        "s7": "#3F5F6F",
        "s5": "#628B97",
        "s3": "#93AFB7",
        "s1": "#DCE3E2",
        "skin": "#E6BF9D",
        "skin_shade": "#C08A63",
        "cheek": "#DB9C7C",
        "nail": "#F1D8C3",
        "hair": "#C9C4BC",
        "hair2": "#A19C93",
        "dark": "#2A2220",
        "wood": "#A97D50",
        "wood_dark": "#8A6440",
        "sign": "#6E4E2E",
        "vest": "#4B8CC4",
        "vest_dark": "#346A9A",
        "leaf": "#7E9C81",
        "petal": "#F0EAE2",
        "petal2": "#D9B8AB",
        "persimmon": "#E8733A",
        "persimmon2": "#F0B48F",
        "on_persimmon": "#FFFFFF",
        "white": "#F4F1EA",
        "track": "#3A4A54",
        "ink": "#F6F1E6",
        "on_primary": "#0A1B28",
        "red": "#F7ADA5",
        "blush": "#38201F",
    }
)

_CONTRAST: Mapping[str, str] = MappingProxyType(
    {
        "wall": "#000000",
        "floor": "#2A2A2A",
        "skirting": "#FFFFFF",
        "sky": "#161616",
        "sky2": "#262626",
        "s9": "#3A3A3A",
        "s7": "#6B6B6B",
        "s5": "#949494",
        "s3": "#B9B9B9",
        "s1": "#E6E6E6",
        "skin": "#F3F3F3",
        "skin_shade": "#A8A8A8",
        "cheek": "#D2D2D2",
        "nail": "#C8C8C8",
        "hair": "#C9C9C9",
        "hair2": "#9C9C9C",
        "dark": "#4A4A4A",
        "wood": "#A0A0A0",
        "wood_dark": "#7C7C7C",
        "sign": "#3A3A3A",
        "vest": "#7D7D7D",
        "vest_dark": "#585858",
        "leaf": "#8A8A8A",
        "petal": "#FFFFFF",
        "petal2": "#C4C4C4",
        "persimmon": "#FFD84A",
        "persimmon2": "#FFF0B8",
        "on_persimmon": "#1A1A1A",
        "white": "#FFFFFF",
        "track": "#CFCFCF",
        "ink": "#FFFFFF",
        "on_primary": "#1A1A1A",
        "red": "#FF9E9E",
        "blush": "#161616",
    }
)

PALETTES: Mapping[Palette, Mapping[str, str]] = MappingProxyType(
    {Palette.LIGHT: _LIGHT, Palette.DARK: _DARK, Palette.CONTRAST: _CONTRAST}
)
NAMES: frozenset[str] = frozenset(_LIGHT)


def hex_of(name: str, palette: Palette = Palette.LIGHT) -> str:
    """``#RRGGBB`` of a named colour. Raises PaletteError for a name outside the table."""
    try:
        return PALETTES[palette][name]
    except KeyError as missing:
        raise PaletteError(f"No palette has a colour “{name}”; use a name from palette.py.") from missing


def rgb_of(name: str, palette: Palette = Palette.LIGHT) -> Rgb:
    """The named colour as three numbers 0..1, as OpenGL wants them."""
    digits = hex_of(name, palette)
    return (int(digits[1:3], 16) / 255, int(digits[3:5], 16) / 255, int(digits[5:7], 16) / 255)
