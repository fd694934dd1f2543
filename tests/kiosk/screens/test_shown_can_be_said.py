"""Every text that stands on a screen of the visit can be spoken in the language it stands in."""

from collections.abc import Callable

import pytest

from health.words import languages
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.voice.tongues import TONGUES
from tests.kiosk.screens.reading import texts_of

NEVER_SAID = {"演示 DEMO", "English", "中文", "沈*珍", "K26112334925", "CURO L7"}
"""The stamp of a demonstration, languages in their own letters, a name, and what staff type or look for."""


@pytest.mark.parametrize("language", languages())
def test_every_text_on_every_screen_can_be_spoken(
    module_face: Face, settle: Callable[[], None], language: str
) -> None:
    lost = {}
    for each in samples(language):
        module_face.show(each.view)
        settle()
        for text in (one.says for one in texts_of(module_face)):
            if text not in NEVER_SAID and TONGUES[language].unspoken(text):
                lost[text] = each.name
    assert lost == {}
    assert TONGUES[language].unspoken("✂")
