"""Every sample of every step, in every language and size of letters, on every screen: in order.

A theme changes no place and a language no colour, so here the three themes go round among the samples, and
every third lies for the left hand: each is seen on each screen in each language, each size and each theme.
``./run test --whole`` draws the whole matrix, which takes minutes. What the linter looks for stands in
``lint``; that it finds it, in ``test_the_linter_finds_what_is_wrong``.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from kivy.uix.label import Label

from health.words import languages
from kiosk.flow.steps import Choice
from kiosk.screens.samples import Sample, samples
from kiosk.theme import Look
from kiosk.views import Theme
from kiosk.widgets.letters import FOLLOWED
from tests.kiosk.screens.lint import faults, residents_faults
from tests.kiosk.screens.millimetres import pixels_in
from tests.kiosk.screens.paneled import Paneled
from tests.kiosk.screens.places import HELP, Hand
from tests.kiosk.screens.sweep import sweep
from tests.whole import WHOLE, quick

Settle = Callable[[], None]
Way = tuple[str, bool, Hand]
KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
RULES = sorted(KIOSK.glob("*/**/*.kv"))
WAYS: list[Way] = list(product(languages(), (False, True), ("right", "left")))
"""Language, large letters, hand."""
QUICK: list[Way] = [
    *(("zh_CN", False, "right"), ("en", True, "right")),
    *(("zh_CN", True, "left"), ("en", False, "left")),
]
"""Each language in each size of letters; for each hand both languages, of which the left sees a third."""


@pytest.mark.parametrize(
    "way", quick(WAYS, QUICK.__contains__), ids=lambda way: "-".join(str(part) for part in way)
)
def test_nothing_is_wrong_with_any_sample_of_any_step(
    paneled: Paneled, settle: Settle, look: Look, way: Way
) -> None:
    _, large, hand = way
    face, panel = paneled.face, paneled.panel
    wrong: list[str] = []
    if large and panel.face.large == 1:
        if WHOLE:
            return  # this screen has one size of letters
        large = False
    paneled.wardrobe.dress.mirrored = hand == "left"
    help_at = HELP[panel.pixels[0], hand]
    sweep()
    for sample in _themed(way, paneled.screen, large=large):
        face.show(sample.view)
        settle()
        behind = () if sample.view.overlay is None else face.children[-3:]
        found = [
            *faults(face, look, set(Choice), behind=behind, unit=panel.unit),
            *residents_faults(face, help_at, behind, panel.unit),
        ]
        wrong += [f"{sample.name}: {line}" for line in found]
    assert wrong == [], "\n".join(wrong)


def _themed(way: Way, screen: str, *, large: bool) -> Iterator[Sample]:
    """Every sample in one of the themes, another one in every other way; all of them in the whole matrix.

    What a mirror can put in disorder is the same in every theme and language: there a third is enough.
    """
    language, _, hand = way
    themes = tuple(Theme)
    for turn, theme in enumerate(themes[:1] if hand == "left" and not WHOLE else themes, WAYS.index(way)):
        for number, sample in enumerate(samples(language, theme, large=large, screen=screen)):
            if WHOLE or (number + turn) % len(themes) == 0:
                yield sample


@pytest.mark.parametrize("file", RULES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_rule_file_says_millimetres_and_no_pixels(file: Path) -> None:
    assert list(pixels_in(file.read_text(encoding="utf-8"))) == []


def test_no_rule_sets_what_letters_that_stand_do_not_follow() -> None:
    deaf = set(Label._font_properties) - set(FOLLOWED)
    assert {"valign", "font_name", "markup", "outline_color"} <= deaf
    said = re.compile(rf"^\s+({'|'.join(sorted(deaf))}):", re.MULTILINE)
    assert [
        (file.name, *said.findall(text)) for file in RULES if said.search(text := file.read_text("utf-8"))
    ] == []
