"""Every sample of every screen: all steps are there, and each says what the views and the catalogues say."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kivy.utils import get_color_from_hex
from msgspec.structs import replace

from health.words import languages, words_of
from kiosk.flow.steps import Step
from kiosk.screens.all_screens import SCREENS, screen_for
from kiosk.screens.face import Face
from kiosk.screens.sample_visits import sample_visit
from kiosk.screens.samples import Sample, samples
from kiosk.theme import Look
from kiosk.views import Overlay, ResultView, Theme
from kiosk.widgets.key import Key
from kiosk.widgets.words import Words, broken
from tests.kiosk.screens.lint import seen, texts_wrong

Settle = Callable[[], None]
SCREEN_FILES = Path(__file__).resolve().parents[3] / "kiosk" / "screens"
WIDGET_FILES = SCREEN_FILES.parent / "widgets"


def shown(face: Face, settle: Settle, language: str, *, large: bool = False) -> Iterator[Sample]:
    for sample in samples(language, large=large):
        face.show(sample.view)
        settle()
        yield sample


def test_every_step_has_a_screen() -> None:
    assert [step for step, _ in SCREENS] == list(Step)
    assert all(screen_for(step).__name__.endswith("Screen") for step in Step)


def test_the_samples_show_every_step_and_every_panel() -> None:
    views = [each.view for each in samples("zh_CN")]
    assert {view.step for view in views} == set(Step)
    assert {view.overlay for view in views} == {None, *Overlay}


@pytest.mark.parametrize("language", languages())
def test_every_hint_fits_a_card_and_begins_no_line_with_a_stop(
    module_face: Face, settle: Settle, look: Look, language: str
) -> None:
    view = next(each.view for each in samples(language) if each.name == "result")
    assert isinstance(view.body, ResultView)
    words, card, wrong = words_of(language), view.body.cards[0], []
    hints = [words.text(key) for key in sorted(words.keys()) if key.startswith("hint.")]
    for first in range(0, len(hints), 4):
        cards = tuple(replace(card, sentence=hint) for hint in hints[first : first + 4])
        module_face.show(replace(view, body=replace(view.body, cards=cards)))
        settle()
        wrong += list(texts_wrong(module_face, look))
    assert wrong == []
    assert [hint for hint in hints if re.search(r"\n[，。；]", broken(hint, 12.1))] == []


@pytest.mark.parametrize("language", languages())
def test_the_sample_cards_say_what_the_assessment_says(language: str) -> None:
    words, sample = words_of(language), sample_visit("visit")
    view = next(each.view.body for each in samples(language) if each.name == "result")
    assert isinstance(view, ResultView)
    assert view.message == words.say(sample.assessment.message)
    said = {words.text(finding.word) for finding in sample.assessment.findings}
    assert {card.word for card in view.cards} <= said
    assert all(card.simulated for card in view.cards)


def test_a_line_on_missing_blood_costs_no_page() -> None:
    view = next(each.view.body for each in samples("en") if each.name == "result_later")
    assert isinstance(view, ResultView)
    assert view.missing is not None
    assert (len(view.cards), view.pages) == (4, 1)


def test_language_and_colours_change_while_a_screen_stands(
    module_face: Face, settle: Settle, look: Look
) -> None:
    ink = {Theme.LIGHT: look.color.light, Theme.DARK: look.color.dark, Theme.CONTRAST: look.color.contrast}
    for language, theme in (("zh_CN", Theme.LIGHT), ("en", Theme.CONTRAST), ("zh_CN", Theme.DARK)):
        view = next(each.view for each in samples(language, theme) if each.name == "welcome")
        module_face.show(view)
        settle()
        texts = {words.text: words for words in seen(module_face, Words)}
        title = words_of(language).text("screen.welcome.title")
        assert title in texts
        assert texts[title].color == get_color_from_hex(ink[theme].text)


def test_the_key_of_the_colours_says_what_it_brings_and_walks_through_all(
    module_face: Face, settle: Settle
) -> None:
    words, theme, said = words_of("en"), Theme.LIGHT, []
    for _ in Theme:
        module_face.show(next(each.view for each in samples("en", theme) if each.name == "idle"))
        settle()
        said += [key.text for key in seen(module_face, Key) if key.choice == "contrast"]
        theme = theme.following
    assert theme is Theme.LIGHT
    assert said == [words.text(f"button.colours.{name}") for name in ("dark", "contrast", "light")]


def test_a_demo_says_so_on_every_screen(module_face: Face, settle: Settle) -> None:
    for sample in shown(module_face, settle, "en"):
        assert any("DEMO" in words.text for words in seen(module_face, Words)), sample.name


def test_every_word_a_screen_names_is_in_every_catalogue() -> None:
    named = set()
    for file in (*SCREEN_FILES.iterdir(), *WIDGET_FILES.iterdir()):
        if file.suffix in {".kv", ".py"}:
            text = file.read_text(encoding="utf-8")
            named |= set(re.findall(r'"((?:screen|button|road|overlay)\.[a-z_.]*[a-z])"', text))
    assert len(named) > 100
    for language in languages():
        known = words_of(language)
        assert {key for key in named if not known.has(key)} == set(), language


@pytest.mark.parametrize(
    "file", sorted([*SCREEN_FILES.glob("*.kv"), *WIDGET_FILES.glob("*.kv")]), ids=lambda f: f.stem
)
def test_a_rule_file_holds_no_words_and_no_colours(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"[\u4e00-\u9fff]", text), "words belong into the catalogue"
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", text), "colours belong into the theme"
    assert len(text.splitlines()) <= 200
