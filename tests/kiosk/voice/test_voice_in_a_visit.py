"""The voice as the product has it: a whole visit at a real station, and what was said at each step of it.

Simulated instruments on real lines, the real announcer, mouth, engine and player; the card at the end is
ALSA's own.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from health.words import words_of
from kiosk.courier.events import SlipTold
from kiosk.doctor import Check, examine
from kiosk.flow.steps import Choice, Step
from kiosk.running import RunningStation
from kiosk.settings import DEMO, KioskSettings, VoicePart, read_settings
from kiosk.views import Overlay, View
from kiosk.voice.hearing import USUAL, Loudness, Pace
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.mouth import Mouth, Utterance
from kiosk.voice.saying import saying
from kiosk.voice.sounds import Sound
from kiosk.voice.speech import Speech
from tests.kiosk.test_a_second_visit import SLIP, lay_card, to_the_questions
from tests.kiosk.voice.speaking import Ears
from tests.kiosk.walk import station, until

WORDS = words_of("zh_CN")


class NotedMouth(Mouth):
    """The real mouth, with a note of everything it was told: quick visits leave a sentence before it is
    over.
    """

    def __init__(self, ears: Ears) -> None:
        super().__init__(Speech(), Loudspeaker(), ears.noted.append)
        self.told: list[Utterance] = []
        self.played: list[Sound] = []
        self.hushed = 0

    def say(self, utterance: Utterance) -> None:
        self.told.append(utterance)
        super().say(utterance)

    def hush(self) -> None:
        self.hushed += 1
        super().hush()

    def play(self, sound: Sound) -> None:
        self.played.append(sound)
        super().play(sound)


@pytest.fixture
def mouth(ears: Ears) -> NotedMouth:
    return NotedMouth(ears)


@pytest.fixture
def speaking(tmp_path: Path, mouth: NotedMouth) -> Iterator[RunningStation]:
    with station(tmp_path, mouth=mouth) as running:
        until(running, lambda: running.view().speaks)
        yield running


def walked(running: RunningStation, persona: str) -> list[View]:
    """Every view of a whole visit that was looked at to be said, up to the empty screen.

    Minutes of a quick visit pass between two ticks of a slow machine: what went by in between nobody saw.
    """
    seen: list[View] = []
    watch = running._announcer.watch

    def noted(view: View | None) -> None:
        if view is not None and (not seen or seen[-1] != view):
            seen.append(view)
        watch(view)

    def gone() -> bool:
        return running.view().step is Step.IDLE and any(one.step is Step.GOODBYE for one in seen)

    with patch.object(running._announcer, "watch", noted):
        running.send(persona, presses=True)
        until(running, gone)
    return seen


def test_a_whole_visit_is_said_step_by_step_and_no_value_unasked(
    speaking: RunningStation, mouth: NotedMouth
) -> None:
    views = walked(speaking, "shen")
    order = [view.step for view in views]
    said = [texts for utterance in mouth.told for texts in utterance.texts]
    for before, view in pairwise(views):
        if view.step is not before.step and view.step is not Step.IDLE:
            assert set(saying(view).itself) <= set(said), view.step
    assert order[0] in (Step.IDLE, Step.WELCOME)
    assert {Step.STAND, Step.QUESTION, Step.PRESSURE, Step.GRIP, Step.RESULT, Step.GOODBYE} <= set(order)
    figures = {text for text in said if any(letter.isdigit() for letter in text)}
    assert figures <= {WORDS.text("screen.rest.sentence", minutes="5")}
    assert {Sound.PRESS, Sound.DONE} <= set(mouth.played)


def test_every_question_of_a_visit_is_read_aloud(speaking: RunningStation, mouth: NotedMouth) -> None:
    views = walked(speaking, "shen")
    asked = {getattr(view.body, "question", "") for view in views if view.step is Step.QUESTION}
    said = {text for utterance in mouth.told for text in utterance.texts}
    assert len(asked) > 3
    assert asked <= said


def test_everything_that_was_said_in_a_visit_is_to_be_heard(
    speaking: RunningStation, mouth: NotedMouth
) -> None:
    walked(speaking, "chen")
    speech = Speech()
    texts = {text: one for one in mouth.told for text in one.texts}
    waves = [speech.wave(text, one.language, one.pace) for text, one in texts.items()]
    assert len(waves) > 30
    assert min(wave.loudness for wave in waves) > 0.02
    assert min(wave.seconds for wave in waves) > 0.2


def test_the_screen_she_stands_at_is_heard_through_the_card(
    speaking: RunningStation, mouth: NotedMouth, ears: Ears
) -> None:
    speaking.choose(Choice.START)
    until(speaking, lambda: ears.texts[:1] == [WORDS.text("screen.welcome.title")])
    until(speaking, lambda: ears.wave.seconds > 1.0)
    assert ears.wave.loudness > 0.01
    assert mouth.played[0] is Sound.PRESS


def test_a_form_left_alone_asks_aloud_whether_she_is_still_there(
    speaking: RunningStation, mouth: NotedMouth
) -> None:
    speaking.choose(Choice.START)
    until(speaking, lambda: speaking.view().overlay is Overlay.STILL_THERE)
    until(speaking, lambda: "您还在吗？" in mouth.told[-1].texts)
    until(speaking, lambda: speaking.idle)


def test_she_hears_it_again_louder_and_slower_and_the_next_person_as_usual(
    speaking: RunningStation, mouth: NotedMouth
) -> None:
    speaking.choose(Choice.START)
    until(speaking, lambda: bool(mouth.told))
    title = WORDS.text("screen.welcome.title")
    for choice in (Choice.SAY, Choice.LOUDER, Choice.SLOWER):
        speaking.choose(choice)
        speaking.tick()
        assert mouth.told[-1].texts[0] == title
    assert speaking.view().overlay is Overlay.VOICE
    assert (mouth.told[-1].loudness, mouth.told[-1].pace) == (Loudness.LOUDER, Pace.SLOWER)
    speaking.choose(Choice.MUTE)
    speaking.tick()
    assert speaking.view().hearing.muted
    walked(speaking, "shen")
    assert speaking.view().hearing == USUAL
    heard = len(mouth.told)
    speaking.send_away()
    speaking.choose(Choice.START)
    speaking.tick()
    assert mouth.told[heard:][0].texts[0] == title
    assert (mouth.told[-1].loudness, mouth.told[-1].pace) == (Loudness.USUAL, Pace.USUAL)


def test_silence_lasts_through_her_visit_and_only_hers(speaking: RunningStation, mouth: NotedMouth) -> None:
    speaking.choose(Choice.START)
    speaking.choose(Choice.MUTE)
    speaking.tick()
    said, played = len(mouth.told), len(mouth.played)
    walked(speaking, "shen")
    assert len(mouth.told) == said
    assert {Sound.CALL} >= set(mouth.played[played:])
    walked(speaking, "chen")
    assert len(mouth.told) > said


def test_the_panel_of_the_voice_goes_by_itself_and_for_any_other_key(speaking: RunningStation) -> None:
    speaking.choose(Choice.START)
    speaking.choose(Choice.SAY)
    assert speaking.view().overlay is Overlay.VOICE
    until(speaking, lambda: speaking.view().overlay is not Overlay.VOICE)
    speaking.choose(Choice.SAY)
    speaking.choose(Choice.CLOSE)
    assert speaking.view().overlay is None
    speaking.choose(Choice.SAY)
    speaking.choose(Choice.HELP)
    assert speaking.view().overlay is Overlay.HELP
    speaking.choose(Choice.SAY)
    assert speaking.view().overlay is Overlay.HELP


def test_a_station_without_a_card_shows_everything_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mouth: NotedMouth, ears: Ears
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")
    with station(tmp_path / "station", mouth=mouth) as running:
        views = walked(running, "shen")
    assert Step.RESULT in {view.step for view in views}
    assert not any(view.speaks for view in views)
    assert ears.noted == []


def test_a_station_that_wants_no_voice_has_no_key_for_it(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.choose(Choice.START)
        assert not running.view().speaks


def test_staff_hear_how_loud_a_resident_hears_it(speaking: RunningStation, mouth: NotedMouth) -> None:
    assert mouth.told == []
    speaking.staff._hear()
    speaking.tick()
    assert mouth.told[-1].texts == (WORDS.text("screen.welcome.title"), WORDS.text("screen.welcome.sentence"))
    assert mouth.told[-1].loudness is Loudness.USUAL
    assert mouth.hushed == 0


def test_what_she_said_last_time_is_read_to_her_when_she_asks(
    speaking: RunningStation, mouth: NotedMouth
) -> None:
    number = lay_card(speaking, "lin")
    speaking.attendant.remember(SlipTold(number, SLIP))
    to_the_questions(speaking)
    lines = (WORDS.text("remembered.smoker.no"), WORDS.text("remembered.bp_treated.yes"))
    until(speaking, lambda: "上次您是这样说的" in mouth.told[-1].texts)
    assert mouth.told[-1].texts == ("上次您是这样说的", "现在还是这样吗？")
    assert not set(lines) & {text for one in mouth.told for text in one.texts}
    speaking.choose(Choice.SAY)
    speaking.tick()
    assert set(lines) < set(mouth.told[-1].texts)


@pytest.mark.usefixtures("ears")
def test_the_doctor_says_what_is_so_of_the_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = read_settings(DEMO)

    def sound(settings: KioskSettings) -> Check:
        return next(one for one in examine(settings, tmp_path, "") if one.check == "sound")

    heard = sound(demo)
    assert heard.ok
    assert "zh_CN, en" in heard.words
    off = sound(msgspec.structs.replace(demo, voice=VoicePart(on=False)))
    assert off.ok
    assert "turned off" in off.words
    other = sound(msgspec.structs.replace(demo, voice=VoicePart(device="kangyi_no_such_card")))
    assert not other.ok
    assert "without speech" in other.words
    monkeypatch.setattr("kiosk.voice.engine.shutil.which", lambda _: None)
    no_engine = sound(demo)
    assert not no_engine.ok
    assert "espeak-ng is missing" in no_engine.words
