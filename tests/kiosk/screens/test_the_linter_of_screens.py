"""Every sample of every step, in every language, size of letters, theme and hand, on every screen: in order.

This is the whole matrix, not a part of it. What the linter looks for stands in ``lint``; that it finds it, in
``test_the_linter_finds_what_is_wrong``.
"""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from kivy.core.window import Window

from health.words import languages
from kiosk.flow.steps import Choice
from kiosk.screens.face import Face
from kiosk.screens.gallery import DRAWN
from kiosk.screens.samples import samples
from kiosk.theme import Look
from kiosk.views import Theme
from kiosk.widgets.dress import Wardrobe
from tests.kiosk.screens.lint import Place, faults, pixels_in, residents_faults

Settle = Callable[[], None]
Hand = Literal["right", "left"]
Way = tuple[str, str, bool, Theme, Hand]
KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
RULES = sorted(KIOSK.glob("*/**/*.kv"))
HELP: dict[tuple[str, Hand], Place] = {
    ("portrait-21", "right"): (16, 438, 60, 22),
    ("portrait-21", "left"): (192, 438, 60, 22),
}
"""Where help lies on each screen: above the lower edge, at the left; for the left hand at the right."""
WAYS: list[Way] = [
    *((*way, "right") for way in product(DRAWN, languages(), (False, True), Theme)),
    *((*way, Theme.LIGHT, "left") for way in product(DRAWN, languages(), (False, True))),
]
"""Screen, language, large letters, theme, hand. The left hand moves keys and no colour: one theme."""


@pytest.fixture(scope="module")
def faces(look: Look, wardrobe: Wardrobe) -> Iterator[dict[str, Face]]:
    face = Face(look, wardrobe, size=Window.size)
    Window.add_widget(face)
    yield {"portrait-21": face}
    Window.remove_widget(face)
    wardrobe.dress.mirrored = False


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(str(part) for part in way))
def test_nothing_is_wrong_with_any_sample_of_any_step(
    faces: dict[str, Face], wardrobe: Wardrobe, settle: Settle, look: Look, way: Way
) -> None:
    screen, language, large, theme, hand = way
    face, wrong = faces[screen], []
    wardrobe.dress.mirrored = hand == "left"
    help_at = HELP[screen, hand]
    for sample in samples(language, theme, large=large):
        face.show(sample.view)
        settle()
        behind = () if sample.view.overlay is None else face.children[-2:]
        found = [*faults(face, look, set(Choice), behind=behind), *residents_faults(face, help_at, behind)]
        wrong += [f"{sample.name}: {line}" for line in found]
    assert wrong == []


@pytest.mark.parametrize("file", RULES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_rule_file_says_millimetres_and_no_pixels(file: Path) -> None:
    assert list(pixels_in(file.read_text(encoding="utf-8"))) == []
