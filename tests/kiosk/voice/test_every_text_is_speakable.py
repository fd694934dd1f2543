"""Every text of every step and panel, in every language, has a clip or a form that can be spoken."""

import re

import pytest

from health.words import languages, words_of
from kiosk.flow.steps import Step
from kiosk.screens.samples import samples
from kiosk.views import Body, Overlay
from kiosk.voice.clips import pack_of
from kiosk.voice.recording import is_said
from kiosk.voice.saying import BODIES, saying
from kiosk.voice.tongues import TONGUES

HANZI = re.compile(r"[\u3400-\u9fff，。！？、；：]+")
ENGLISH = re.compile(r"[A-Za-z ,.!?;:'\-]+")
FORMS = {"zh_CN": HANZI, "en": ENGLISH}
VALUE = re.compile(r"\d")
FILLED = {"value": "2.59", "systolic": "146", "diastolic": "75", "kg": "3.3", "n": "6", "phone": "021-5555"}


def said_in(language: str) -> dict[str, str]:
    """Every text of every sample, and where it is said."""
    return {text: each.name for each in samples(language) for text in saying(each.view).asked}


def sentences_of(language: str) -> dict[str, str]:
    """Every sentence of the catalogue that the kiosk may say, its numbers filled in."""
    words = words_of(language)
    families = ("finding.", "change.", "word.", "unit.", "beyond.")
    keys = [
        k
        for k in sorted(words.keys())
        if is_said(k) or (k.startswith(families) and not k.endswith(".doctor"))
    ]
    return {re.sub(r"\{(\w+)\}", lambda at: FILLED.get(at[1], "2"), words.unfilled(key)): key for key in keys}


def test_every_body_is_said() -> None:
    assert set(BODIES) == set(Body.__args__)


SPOKEN = tuple(language for language in languages() if language in TONGUES)
"""A language without a voice is shown and not said (docs/adding-a-language.md)."""


def test_the_languages_of_the_house_have_a_voice() -> None:
    assert set(SPOKEN) >= {"zh_CN", "en"}
    assert set(FORMS) == set(TONGUES) <= set(languages())


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_of_every_screen_has_a_clip_or_a_form_that_can_be_spoken(language: str) -> None:
    tongue, pack = TONGUES[language], pack_of(words_of(language))
    texts = said_in(language) | sentences_of(language)
    lost = {where: tongue.unspoken(text) for text, where in texts.items() if text not in pack}
    assert {where: signs for where, signs in lost.items() if signs} == {}
    formless = [t for t in texts if t not in pack and not FORMS[language].fullmatch(tongue.spelled(t))]
    assert formless == []
    assert len(texts) > 400


@pytest.mark.parametrize("language", languages())
def test_every_step_but_the_empty_one_and_that_of_staff_speaks_by_itself(language: str) -> None:
    silent = {each.view.step for each in samples(language) if not saying(each.view).itself}
    assert silent == {Step.IDLE, Step.ANSWERED}


@pytest.mark.parametrize("language", languages())
def test_no_value_is_said_that_nobody_asked_for(language: str) -> None:
    """The one figure is how long she rests; every other is hers."""
    words = words_of(language)
    rest = words.text("screen.rest.sentence", minutes="5")
    whom = words.text("say.whom.120")
    figures = [
        (each.name, text)
        for each in samples(language)
        for text in saying(each.view).itself
        if VALUE.search(text) and text not in (rest, whom)
    ]
    assert figures == []


@pytest.mark.parametrize("language", languages())
def test_what_her_results_mean_is_said_on_request_only(language: str) -> None:
    for each in (one for one in samples(language) if one.view.step in (Step.RESULT, Step.REMEMBERED)):
        shown = saying(each.view)
        assert len(shown.asked) > len(shown.itself)
        body = each.view.body
        private = [*getattr(body, "lines", ()), getattr(body, "message", None)]
        assert not set(private) & set(shown.itself)


@pytest.mark.parametrize("language", languages())
def test_her_name_is_never_said(language: str) -> None:
    confirm = next(each for each in samples(language) if each.view.step is Step.CONFIRM)
    name = getattr(confirm.view.body, "name", "")
    assert name
    assert not any(name in text for text in saying(confirm.view).asked)


@pytest.mark.parametrize("language", languages())
def test_a_panel_speaks_in_place_of_its_step_and_the_panel_of_the_voice_lets_the_step_speak(
    language: str,
) -> None:
    words = words_of(language)
    panels = {
        each.view.overlay: saying(each.view).itself
        for each in samples(language)
        if each.view.overlay and each.view.whom is None
    }
    assert panels[Overlay.STILL_THERE] == (
        words.text("overlay.still.title"),
        words.text("overlay.still.sentence"),
    )
    assert panels[Overlay.HELP][0] == words.text("overlay.help.title")
    assert panels[Overlay.VOICE] == (words.text("voice.results"),)


def test_a_sentence_is_short_enough_for_old_ears() -> None:
    """No more than 15 Hanzi between two pauses of what is said by itself."""
    spelled = TONGUES["zh_CN"].spelled
    long = [
        part
        for each in samples("zh_CN")
        for text in saying(each.view).itself
        for part in re.split("[，。！？、；：]", spelled(text))
        if len(part) > 15
    ]
    assert long == []
