"""Every sample of every step, in every language, size of letters, theme and hand, on every screen: in order.

This is the whole matrix, not a part of it. What the linter looks for stands in ``lint``; that it finds it, in
``test_the_linter_finds_what_is_wrong``.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

import pytest

from health.words import languages
from kiosk.flow.steps import Choice
from kiosk.screens.samples import samples
from kiosk.theme import Look
from kiosk.views import Theme
from tests.kiosk.screens.lint import Place, faults, pixels_in, residents_faults
from tests.kiosk.screens.paneled import Paneled

Settle = Callable[[], None]
Hand = Literal["right", "left"]
Way = tuple[str, bool, Theme, Hand]
KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
RULES = sorted(KIOSK.glob("*/**/*.kv"))
HELP: dict[tuple[int, Hand], Place] = {
    (1080, "right"): (16, 438, 60, 22),
    (1080, "left"): (192, 438, 60, 22),
    (1920, "right"): (16, 162, 60, 22),
    (1920, "left"): (269, 162, 60, 22),
    (1280, "right"): (10, 149, 60, 27),
    (1280, "left"): (220, 149, 60, 27),
}
"""Where help lies on each panel, by its pixels across: above the lower edge, at the left; for the left hand
at the right."""
WAYS: list[Way] = [
    *((*way, "right") for way in product(languages(), (False, True), Theme)),
    *((*way, Theme.LIGHT, "left") for way in product(languages(), (False, True))),
]
"""Language, large letters, theme, hand. The left hand moves keys and no colour: one theme."""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(str(part) for part in way))
def test_nothing_is_wrong_with_any_sample_of_any_step(
    paneled: Paneled, settle: Settle, look: Look, way: Way
) -> None:
    language, large, theme, hand = way
    face, panel, wrong = paneled.face, paneled.panel, []
    if large and panel.face.large == 1:
        return  # this screen has one size of letters
    paneled.wardrobe.dress.mirrored = hand == "left"
    help_at = HELP[panel.pixels[0], hand]
    for sample in samples(language, theme, large=large, cards=panel.face.cards):
        face.show(sample.view)
        settle()
        behind = () if sample.view.overlay is None else face.children[-2:]
        found = [
            *faults(face, look, set(Choice), behind=behind, unit=panel.unit),
            *residents_faults(face, help_at, behind),
        ]
        wrong += [f"{sample.name}: {line}" for line in found]
    assert wrong == []


@pytest.mark.parametrize("file", RULES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_rule_file_says_millimetres_and_no_pixels(file: Path) -> None:
    assert list(pixels_in(file.read_text(encoding="utf-8"))) == []
