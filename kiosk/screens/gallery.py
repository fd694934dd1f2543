"""A picture of every screen, without a window: for docs, review and comparison.

Writes ``<name>-<language>.png`` with synthetic people only, and for another panel than the first
``<name>-<language>-<screen>.png``. Kivy is imported inside, after ``boot.prepare``.
"""

from collections.abc import Sequence
from pathlib import Path

from kiosk.theme import FIRST_SCREEN, load_look
from kiosk.views import Theme
from kiosk.widgets.boot import pane_for, prepare


def write_pictures(
    out: Path,
    languages: Sequence[str],
    screens: Sequence[str] = (FIRST_SCREEN,),
    themes: Sequence[Theme] = (Theme.LIGHT,),
    *,
    large: bool = False,
    left_handed: bool = False,
) -> tuple[Path, ...]:
    """Write all pictures into ``out``; the staff area has the light theme and one size of letters only.

    Raises ``ThemeError`` for a screen the theme file does not have and ``WordsError`` for a language without
    words, before anything is written.
    """
    look = load_look()
    for name in screens:
        look.screen_named(name)
    prepare(look, pane_for(look, screens[0], offscreen=True))
    from kiosk.screens.camera import Camera  # noqa: PLC0415 - kivy reads what prepare settled when imported
    from kiosk.staff.camera import StaffCamera  # noqa: PLC0415 - as above

    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for screen in screens:
        camera = Camera(look, screen)
        camera.wardrobe.dress.mirrored = left_handed
        for theme in themes:
            for language in languages:
                written += camera.take_all(out, language, theme, large=large)
        if Theme.LIGHT in themes and not large:
            staff = StaffCamera(look, camera.wardrobe)
            for language in languages:
                written += staff.take_all(out, language, camera.ending)
        camera.put_away()
    return tuple(written)
