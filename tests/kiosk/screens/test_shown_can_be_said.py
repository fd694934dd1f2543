"""Every text that stands on a screen of the visit can be spoken in the language it stands in."""

import re
from collections.abc import Callable

import pytest

from health.words import languages
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.voice.tongues import TONGUES
from tests.kiosk.screens.reading import texts_of

NEVER_SAID = {"演示 DEMO", "English", "中文", "K26112334925", "CURO L7"}
"""The stamp of a demonstration, languages in their own letters, and what staff type or look for."""
MASKED_NAME = re.compile(r"[\u4e00-\u9fff]\*[\u4e00-\u9fff]")
"""A name is shown and never said."""


@pytest.mark.parametrize("language", languages())
def test_every_text_on_every_screen_can_be_spoken(
    module_face: Face, settle: Callable[[], None], language: str
) -> None:
    lost = {}
    for each in samples(language):
        module_face.show(each.view)
        settle()
        for text in (one.says for one in texts_of(module_face)):
            if text not in NEVER_SAID and TONGUES[language].unspoken(MASKED_NAME.sub("", text)):
                lost[text] = each.name
    assert lost == {}
    assert TONGUES[language].unspoken("✂")
