"""Every step, in every sample, language, size of letters and theme, on every screen that is drawn: in order.

This is the whole matrix, not a part of it. What the linter looks for stands in ``lint``; that it finds it, in
``test_the_linter_finds_what_is_wrong``.
"""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

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
KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
RULES = sorted(KIOSK.glob("*/**/*.kv"))
HELP: dict[str, Place] = {"portrait-21": (16, 438, 60, 22)}
"""Where help lies on each screen, at the left above the lower edge."""


@pytest.fixture(scope="module")
def faces(look: Look, wardrobe: Wardrobe) -> Iterator[dict[str, Face]]:
    face = Face(look, wardrobe, size=Window.size)
    Window.add_widget(face)
    yield {"portrait-21": face}
    Window.remove_widget(face)


@pytest.mark.parametrize(
    ("screen", "language", "large", "theme"),
    list(product(DRAWN, languages(), (False, True), Theme)),
    ids=lambda way: str(way) if not isinstance(way, bool) else "large" if way else "usual",
)
def test_nothing_is_wrong_with_any_sample_of_any_step(
    faces: dict[str, Face], settle: Settle, look: Look, screen: str, language: str, large: bool, theme: Theme
) -> None:
    face, wrong = faces[screen], []
    for sample in samples(language, theme, large=large):
        face.show(sample.view)
        settle()
        behind = () if sample.view.overlay is None else face.children[-2:]
        found = [
            *faults(face, look, set(Choice), behind=behind),
            *residents_faults(face, HELP[screen], behind),
        ]
        wrong += [f"{sample.name}: {line}" for line in found]
    assert wrong == []


@pytest.mark.parametrize("file", RULES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_rule_file_says_millimetres_and_no_pixels(file: Path) -> None:
    assert list(pixels_in(file.read_text(encoding="utf-8"))) == []
