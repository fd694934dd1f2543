"""What is heard stands on the screen: the voice is a second way to the same words (EN 301 549 §5.1.5)."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from health.words import languages, words_of
from kiosk.flow.steps import Choice, Step
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.views import Overlay
from kiosk.voice.saying import saying
from kiosk.widgets.foot import Foot
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.question import LiveWords, Question
from kiosk.widgets.words import Words
from tests.kiosk.screens.lint import seen

Settle = Callable[[], None]
HEARD_ONLY = "voice."
"""Keys of sentences that stand in for a value that is shown."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", languages())
def test_every_sentence_that_is_said_by_itself_stands_on_the_screen(
    module_face: Face, settle: Settle, language: str
) -> None:
    words = words_of(language)
    instead = {words.unfilled(key) for key in sorted(words.keys()) if key.startswith(HEARD_ONLY)}
    missing = []
    for each in samples(language):
        module_face.show(each.view)
        settle()
        read = [*seen(module_face, Words), *seen(module_face, WordKey)]
        drawn = squeezed(" ".join(one.text for one in read))
        texts = [text for text in saying(each.view).itself if text not in instead]
        missing += [(each.name, text) for text in texts if squeezed(text) not in drawn]
    assert missing == []


SILENT = frozenset({Step.IDLE, Step.ANSWERED})
"""Nobody stands at the one, staff at the other."""
SEEN_ALONE = frozenset({"language", "contrast", "large", "digit", "delete", "confirm"})
"""Keys that change the look, each with its picture, and those of a keypad."""


@pytest.mark.parametrize("language", languages())
def test_the_title_and_the_words_of_every_key_are_heard_when_she_asks(
    module_face: Face, settle: Settle, language: str
) -> None:
    unheard = []
    for each in samples(language):
        if each.view.step in SILENT or each.view.overlay is not None or each.name.startswith("sample"):
            continue
        module_face.show(each.view)
        settle()
        heard = squeezed(" ".join(saying(each.view).asked))
        titles = [one.title for one in seen(module_face, Question) + seen(module_face, LiveWords)]
        keys = [
            one.text
            for one in seen(module_face, WordKey)
            if not isinstance(one.parent, Foot) and one.choice not in SEEN_ALONE
        ]
        unheard += [(each.name, text) for text in (*titles, *keys) if not _among(text, heard)]
    assert unheard == [], unheard


def _among(text: str, heard: str) -> bool:
    """Whether it is heard, but for the number of a page and the marks of a sentence."""
    return squeezed(re.sub(r"[(（].*?[)）]", "", text)).strip("。，.,") in heard


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
