"""The help panel offers larger letters, other colours, another language: each does so, and help comes."""

from pathlib import Path

from kiosk.flow.steps import Choice
from kiosk.views import Overlay, Theme
from tests.kiosk.walk import station


def test_letters_colours_and_language_change_under_the_panel_which_stays(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.choose(Choice.START)
        running.choose(Choice.HELP)
        before = running.view()
        for choice in (Choice.LARGE, Choice.CONTRAST, Choice.LANGUAGE):
            running.choose(choice)
        after = running.view()
        assert (before.overlay, after.overlay, after.help_called) == (Overlay.HELP, Overlay.HELP, True)
        assert (before.large, after.large) == (False, True)
        assert (before.theme, after.theme) == (Theme.LIGHT, Theme.LIGHT.following)
        assert before.language != after.language
        running.choose(Choice.CLOSE)
        assert running.view().overlay is None
