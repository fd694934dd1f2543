"""What is heard stands on the screen: the voice is a second way to the same words (EN 301 549 §5.1.5)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from health.words import languages, words_of
from kiosk.flow.steps import Choice
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.views import Overlay
from kiosk.voice.saying import saying
from kiosk.widgets.key import Key, WordKey
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
