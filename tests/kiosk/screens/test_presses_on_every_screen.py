"""With her card a return visit takes as few presses on a screen that lies as on the tall one."""

from pathlib import Path

import pytest

from kiosk.personas import people
from kiosk.theme import Rules
from tests.kiosk.novice.eyes import Eyes
from tests.kiosk.novice.house import Circumstances, hand_moved
from tests.kiosk.novice.someone import Novice
from tests.kiosk.screens.paneled import Paneled
from tests.kiosk.screens.test_novice import slip

MOST = 8
TWO_PAGES_MORE = {"xu": 2}
"""Whose values nearly all need a card of their own: a page that lies holds two of them, a tall one four."""


@pytest.fixture(scope="module")
def eyes(paneled: Paneled) -> Eyes:
    """Remembers what it saw of this screen."""
    return Eyes(paneled.face)


@pytest.mark.parametrize("name", ["shen", "xu"])
def test_a_return_visit_takes_no_more_presses_on_any_screen(
    tmp_path: Path, paneled: Paneled, eyes: Eyes, name: str
) -> None:
    """Fails where a screen shows her results on more pages than the tall one."""
    persona = people().called(name)
    around = Circumstances(slip=slip(str(persona.weight)), screen=paneled.screen)
    with hand_moved(tmp_path, around) as house:
        she = Novice(house, eyes, persona, knows_the_reader=True)
        she.comes_and_goes()
    lies = paneled.panel.face.rules is Rules.WIDE
    assert len(she.taps) <= MOST + (TWO_PAGES_MORE.get(name, 0) if lies else 0), she.taps
