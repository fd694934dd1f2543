"""A language is a folder of files: with one more, screens, paper and the language key know it."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from health.words import following, languages, words_of
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.screens.wings import AHEAD
from kiosk.views import View
from kiosk.voice.speech import Speech
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.words import Words
from printouts.report import build
from tests.kiosk.held import everything_held
from tests.printouts.cases import old, text_of
from tests.third_language import MARK, THIRD, one_more_language

pytestmark = pytest.mark.long

Settle = Callable[[], None]
KEYS = sorted(words_of("en").keys())


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogues of the house and one more, made of files alone."""
    with one_more_language(tmp_path, monkeypatch):
        yield


def said(face: Face) -> list[str]:
    """Every text that stands on the face and has a letter in it."""
    texts = [each.text for each in face.walk(restrict=True) if isinstance(each, Words) and each.right > 0]
    return [text for text in texts if any(map(str.isalpha, text))]


@pytest.mark.usefixtures("third")
def test_every_screen_speaks_it(face: Face, settle: Settle) -> None:
    marked, others = 0, {words_of(name).unfilled(key) for name in ("zh_CN", "en") for key in KEYS}
    others -= {words_of(name).text("button.language") for name in languages()}  # each is called by itself
    for sample in samples(THIRD):
        face.show(sample.view)
        settle()
        texts = said(face)
        marked += sum(MARK in text for text in texts)
        assert any(MARK in text for text in texts), sample.name
        assert [text for text in texts if text in others] == [], sample.name
    assert marked > 200


@pytest.mark.usefixtures("third")
def test_the_key_that_changes_the_language_names_the_one_that_comes(wardrobe: Wardrobe) -> None:
    for name in languages():
        wardrobe.speak(name)
        assert wardrobe.tongue.following == words_of(following(name)).text("button.language")
    wardrobe.speak("zh_CN")
    assert [following(name) for name in languages()] == [*languages()[1:], languages()[0]]


@pytest.mark.usefixtures("third")
def test_it_is_offered_spoken_for_and_printed(tmp_path: Path) -> None:
    assert set(languages()) == {"zh_CN", "en", THIRD}
    assert Speech().can(THIRD) in (True, False), "without a voice of its own there is the text"
    sheet = text_of(build(old(lang=THIRD)), tmp_path)
    assert sheet.count(MARK) > 20
    assert "Montag" in sheet, "the names of the days are those of its locale"


@pytest.mark.usefixtures("third")
def test_five_hundred_changes_of_language_leave_nothing_behind(
    face: Face, wardrobe: Wardrobe, settle: Settle
) -> None:
    views: dict[str, View] = {
        name: next(each.view for each in samples(name) if each.name == "welcome") for name in languages()
    }
    for view in views.values():
        face.show(view)
        settle()
    while len(face._wings.waiting) < AHEAD:
        settle()
    gc.collect()
    before = (observers(wardrobe), held())
    for number in range(500):
        view = views[languages()[number % len(views)]]
        face.show(view)
        settle()
        title = words_of(view.language).text("screen.welcome.title")
        assert title in said(face), "a text of the language before"
    gc.collect()
    assert observers(wardrobe) == before[0]
    assert held() - before[1] < 500, "less than an object a change"


def held() -> int:
    """How many objects there are."""
    return len({id(each) for each in everything_held()})


def observers(wardrobe: Wardrobe) -> int:
    """How many listen to the language."""
    return len(list(wardrobe.tongue.get_property_observers("_")))
