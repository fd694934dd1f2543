"""What is not shown any more paints nothing, not even the corners of its ground."""

from collections.abc import Callable

from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.widgets.panel import Panel


def test_a_key_that_was_there_on_the_screen_before_leaves_no_corner(
    face: Face, settle: Callable[[], None]
) -> None:
    shown = {each.name: each.view for each in samples("en")}
    face.show(shown["consent"])
    settle()
    before = _grounds(face)
    face.show(shown["goodbye"])
    settle()
    gone = [panel for panel in before if panel in _panels(face) and panel.plate is None]
    assert gone
    for panel in gone:
        assert (tuple(panel._sheet.size), tuple(panel._sheet.border)) == ((0, 0), (0, 0, 0, 0))


def _panels(face: Face) -> list[Panel]:
    return [each for each in face.walk() if isinstance(each, Panel)]


def _grounds(face: Face) -> list[Panel]:
    return [panel for panel in _panels(face) if panel.plate is not None]
