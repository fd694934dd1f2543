"""What is heard stands on the screen, and what stands there can be said.

The voice is a second way to the same words (EN 301 549 §5.1.5).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from kivy.base import EventLoop
from msgspec.structs import replace

from health.words import languages, words_of
from kiosk.flow.steps import Choice, Step
from kiosk.screens.face import Face
from kiosk.screens.samples import Sample, samples
from kiosk.views import Overlay
from kiosk.voice.saying import saying
from kiosk.voice.tongues import TONGUES
from kiosk.widgets.foot import Foot
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.question import LiveWords, Question
from kiosk.widgets.words import Words
from tests.kiosk.screens.lint import seen
from tests.kiosk.screens.reading import texts_of

Settle = Callable[[], None]
HEARD_ONLY = "voice."
"""Keys of sentences that stand in for a value that is shown."""
NEVER_SAID = {"演示 DEMO", "English", "中文", "K26112334925", "CURO L7"}
"""The stamp of a demonstration, languages in their own letters, and what staff type or look for."""
MASKED_NAME = re.compile(r"[\u4e00-\u9fff]\*[\u4e00-\u9fff]")
"""A name is shown and never said."""
SILENT = frozenset({Step.IDLE, Step.ANSWERED})
"""Nobody stands at the one, staff at the other."""
SEEN_ALONE = frozenset({"language", "contrast", "large", "digit", "delete", "confirm"})
"""Keys that change the look, each with its picture, and those of a keypad."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample, the sentences that stand on its screen, its titles and keys, and every text there."""

    sample: Sample
    sentences: str
    must_be_heard: tuple[str, ...]
    texts: tuple[str, ...]


@pytest.fixture(scope="module", params=languages())
def spoken(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shown(module_face: Face, spoken: str) -> list[Shown]:
    """Every sample in the language that is spoken, each drawn once."""
    found = []
    for each in samples(spoken):
        module_face.show(each.view)
        for _ in range(2):
            EventLoop.idle()
        read = [*seen(module_face, Words), *seen(module_face, WordKey)]
        texts = tuple(one.says for one in texts_of(module_face))
        sentences = squeezed(" ".join(one.text for one in read))
        found.append(Shown(each, sentences, tuple(_titles_and_keys(module_face)), texts))
    return found


def _titles_and_keys(face: Face) -> Iterator[str]:
    yield from (one.title for one in seen(face, Question) + seen(face, LiveWords))
    for one in seen(face, WordKey):
        if not isinstance(one.parent, Foot) and one.choice not in SEEN_ALONE:
            yield one.text


def test_every_sentence_that_is_said_by_itself_stands_on_the_screen(shown: list[Shown], spoken: str) -> None:
    words = words_of(spoken)
    instead = {words.unfilled(key) for key in sorted(words.keys()) if key.startswith(HEARD_ONLY)}
    missing = []
    for each in shown:
        texts = [text for text in saying(each.sample.view).itself if text not in instead]
        missing += [(each.sample.name, text) for text in texts if squeezed(text) not in each.sentences]
    assert missing == []


def test_the_title_and_the_words_of_every_key_are_heard_when_she_asks(shown: list[Shown]) -> None:
    unheard = []
    for each in shown:
        view = each.sample.view
        if view.step in SILENT or view.overlay is not None or each.sample.name.startswith("sample"):
            continue
        heard = squeezed(" ".join(saying(view).asked))
        unheard += [(each.sample.name, text) for text in each.must_be_heard if not _among(text, heard)]
    assert unheard == [], unheard


def _among(text: str, heard: str) -> bool:
    """Whether it is heard, but for the number of a page and the marks of a sentence."""
    return squeezed(re.sub(r"[(（].*?[)）]", "", text)).strip("。，.,") in heard


def test_every_text_on_every_screen_can_be_spoken(shown: list[Shown], spoken: str) -> None:
    tongue = TONGUES[spoken]
    lost = {
        text: each.sample.name
        for each in shown
        for text in each.texts
        if text not in NEVER_SAID and tongue.unspoken(MASKED_NAME.sub("", text))
    }
    assert lost == {}
    assert tongue.unspoken("✂")


def test_a_station_without_a_voice_has_no_key_for_it(module_face: Face, settle: Settle) -> None:
    view = next(each.view for each in samples("zh_CN") if each.name == "stand")
    for speaks in (True, False):
        module_face.show(replace(view, speaks=speaks))
        settle()
        assert any(key.choice == Choice.SAY for key in seen(module_face, Key)) is speaks


def test_the_panel_of_the_voice_offers_three_large_keys_and_the_way_on(
    module_face: Face, settle: Settle
) -> None:
    view = next(each.view for each in samples("zh_CN") if each.view.overlay is Overlay.VOICE)
    module_face.show(view)
    settle()
    panel = module_face.children[1]
    keys = [key.choice for key in seen(module_face, Key) if key in list(panel.walk())]
    assert sorted(keys) == sorted([Choice.LOUDER, Choice.SLOWER, Choice.MUTE, Choice.CLOSE])
