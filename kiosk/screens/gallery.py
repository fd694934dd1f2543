"""A picture of every screen, without a window: for docs, review and comparison.

Writes ``<name>-<language>.png`` with synthetic people only. Kivy is imported inside, after ``boot.prepare``.
"""

from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.theme import load_look
from kiosk.views import Theme
from kiosk.widgets.boot import pane_for, prepare

DRAWN = ("portrait-21",)


class NotDrawnError(KioskError):
    """A screen of the theme file that has no layout."""


def write_pictures(
    out: Path,
    languages: Sequence[str],
    screens: Sequence[str] = DRAWN,
    themes: Sequence[Theme] = (Theme.LIGHT,),
    *,
    large: bool = False,
    left_handed: bool = False,
) -> tuple[Path, ...]:
    """Write all pictures into ``out``; the staff area has the light theme and one size of letters only.

    Raises ``ThemeError`` for a screen the theme file does not have and ``NotDrawnError`` for one that has no
    layout; ``WordsError`` for a language without words.
    """
    look = load_look()
    for name in screens:
        look.screen_named(name)
        if name not in DRAWN:
            raise NotDrawnError(f"The screens have no layout for {name} yet; draw them for {DRAWN[0]}.")
    prepare(look, pane_for(look.screen_named(DRAWN[0]), offscreen=True))
    from kiosk.screens.camera import Camera  # noqa: PLC0415 - kivy reads what prepare settled when imported
    from kiosk.staff.camera import StaffCamera  # noqa: PLC0415 - as above

    out.mkdir(parents=True, exist_ok=True)
    camera = Camera(look)
    camera.wardrobe.dress.mirrored = left_handed
    staff = StaffCamera(look, camera.wardrobe)
    written: list[Path] = []
    for theme in themes:
        for language in languages:
            written += camera.take_all(out, language, theme, large=large)
            if theme is Theme.LIGHT and not large:
                written += staff.take_all(out, language)
    return tuple(written)
