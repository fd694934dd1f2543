"""The mouth: one thing after another, the newest first, and whatever breaks is no matter to anybody."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.voice import engine as engine_module
from kiosk.voice import loudspeaker as loudspeaker_module
from kiosk.voice import mouth as mouth_module
from kiosk.voice.engine import Engine
from kiosk.voice.hearing import Loudness
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.mouth import Mouth, Utterance
from kiosk.voice.sounds import Sound
from kiosk.voice.speech import Speech
from tests.kiosk.voice.speaking import Ears, until
from tests.kiosk.voice.test_engine import script

Mouths = Callable[..., Mouth]
SLOW_CARD = "echo >> {log}; cat > /dev/null; sleep 0.2; [ ! -e {stuck} ] || sleep 60"


def chinese(*texts: str, soon: bool = True, loudness: Loudness = Loudness.USUAL) -> Utterance:
    return Utterance("zh_CN", texts, loudness, soon=soon)


def held_card(folder: Path) -> tuple[Loudspeaker, Path]:
    """A card that plays on for a minute while the file is there."""
    stuck = folder / "stuck"
    log = folder / "played"
    return Loudspeaker(program=script(folder, SLOW_CARD.format(log=log, stuck=stuck))), stuck


def test_every_sentence_of_an_utterance_is_heard_in_order(mouths: Mouths, ears: Ears) -> None:
    mouth = mouths()
    mouth.say(chinese("请坐好", "背靠好", "脚放平", soon=False))
    until(lambda: len(ears.texts) == 3)
    until(lambda: ears.wave.seconds > 2.0)
    assert ears.texts == ["请坐好", "背靠好", "脚放平"]
    assert ears.wave.loudness > 0.01


def test_a_new_utterance_stops_the_old_one(mouths: Mouths, ears: Ears, tmp_path: Path) -> None:
    card, stuck = held_card(tmp_path)
    mouth = mouths(loudspeaker=card)
    stuck.touch()
    mouth.say(chinese("请坐好", "背靠好"))
    until(lambda: ears.texts == ["请坐好"])
    stuck.unlink()
    mouth.say(chinese("请站稳"))
    until(lambda: ears.texts[-1] == "请站稳")
    assert "背靠好" not in ears.texts


def test_a_press_is_heard_and_ends_what_is_said(mouths: Mouths, ears: Ears, tmp_path: Path) -> None:
    card, stuck = held_card(tmp_path)
    mouth = mouths(loudspeaker=card)
    stuck.touch()
    mouth.say(chinese("请坐好", "背靠好"))
    until(lambda: ears.texts == ["请坐好"])
    stuck.unlink()
    mouth.play(Sound.PRESS)
    until(lambda: ears.sounds == [Sound.PRESS])
    mouth.say(chinese("好了"))
    until(lambda: ears.texts[-1] == "好了")
    assert "背靠好" not in ears.texts


def test_a_call_comes_between_and_the_sentence_is_said_again(
    mouths: Mouths, ears: Ears, tmp_path: Path
) -> None:
    card, stuck = held_card(tmp_path)
    mouth = mouths(loudspeaker=card)
    stuck.touch()
    mouth.say(chinese("请坐着，别着急", "正在请工作人员过来"))
    until(lambda: ears.texts == ["请坐着，别着急"])
    stuck.unlink()
    mouth.play(Sound.CALL)
    until(lambda: len(ears.texts) == 3)
    assert [one.what for one in ears.noted] == [
        "请坐着，别着急",
        Sound.CALL,
        "请坐着，别着急",
        "正在请工作人员过来",
    ]


def test_a_call_is_as_loud_as_the_station_may(mouths: Mouths, ears: Ears) -> None:
    mouth = mouths()
    for sound in (Sound.DONE, Sound.CALL):
        mouth.play(sound)
    until(lambda: len(ears.sounds) == 2)
    assert [one.gain for one in ears.noted] == [0.4, 1.0]


def test_louder_is_louder(mouths: Mouths, ears: Ears) -> None:
    mouth = mouths()
    for loudness in Loudness:
        mouth.say(chinese("请坐好", loudness=loudness))
        until(lambda: len(ears.texts) == loudness + 1)  # noqa: B023 - waited for in this round
    gains = [one.gain for one in ears.noted]
    assert gains == sorted(set(gains))


def test_an_engine_that_always_dies_leaves_the_sentence_out_and_the_voice_goes_on(
    mouths: Mouths, ears: Ears, tmp_path: Path
) -> None:
    dead = tmp_path / "dead"
    dead.touch()
    program = script(tmp_path, f'[ ! -e {dead} ] || exit 9; exec espeak-ng "$@"')
    mouth = mouths(Speech(Engine(program)))
    mouth.say(chinese("请坐好"))
    mouth.play(Sound.DONE)
    until(lambda: ears.sounds == [Sound.DONE])
    dead.unlink()
    mouth.say(chinese("请站稳"))
    until(lambda: "请站稳" in ears.texts)


def test_an_engine_that_hangs_is_ended_and_the_next_sentence_is_said(
    mouths: Mouths, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LONGEST", 0.3)
    hung = tmp_path / "hung"
    hung.touch()
    program = script(tmp_path, f'[ ! -e {hung} ] || exec sleep 60; exec espeak-ng "$@"')
    mouth = mouths(Speech(Engine(program)))
    mouth.say(chinese("请坐好"))
    hung.unlink()
    monkeypatch.setattr(engine_module, "LONGEST", 20.0)
    mouth.say(chinese("请站稳"))
    until(lambda: "请站稳" in ears.texts)


def test_a_card_that_is_pulled_out_silences_the_voice_until_it_is_back(
    mouths: Mouths, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mouth_module, "RETRY", 0.2)
    monkeypatch.setattr(loudspeaker_module, "_OVERDUE", 5.0)
    gone = tmp_path / "gone"
    card = Loudspeaker(program=script(tmp_path, f"[ ! -e {gone} ] || exit 1; exec cat > /dev/null"))
    mouth = mouths(loudspeaker=card)
    gone.touch()
    mouth.say(chinese("请坐好"))
    until(lambda: not mouth.speaks("zh_CN"))
    gone.unlink()
    until(lambda: mouth.speaks("zh_CN"))
    mouth.say(chinese("请站稳"))
    until(lambda: ears.texts[-1] == "请站稳")


def test_a_language_without_a_voice_is_not_spoken(mouths: Mouths) -> None:
    mouth = mouths()
    assert mouth.speaks("en")
    assert not mouth.speaks("fr")


def test_closing_while_a_sound_waits_ends_at_once(mouths: Mouths, ears: Ears, tmp_path: Path) -> None:
    card, stuck = held_card(tmp_path)
    mouth = mouths(loudspeaker=card)
    stuck.touch()
    mouth.play(Sound.DONE)
    until(lambda: ears.sounds == [Sound.DONE])
    mouth.say(chinese("请坐好"))
    mouth.play(Sound.CALL)
    mouth.close()
    assert ears.texts == []


def test_closing_ends_a_sentence_in_the_middle(mouths: Mouths, ears: Ears, tmp_path: Path) -> None:
    card, stuck = held_card(tmp_path)
    mouth = mouths(loudspeaker=card)
    stuck.touch()
    mouth.say(chinese("请坐好", "背靠好"))
    until(lambda: ears.texts == ["请坐好"])
    mouth.close()
    assert ears.texts == ["请坐好"]


def played_into(folder: Path, name: str, ends: str = "") -> tuple[Loudspeaker, Path]:
    """A card that notes each sound it plays, and how it ends."""
    log = folder / name
    program = script(folder, f"echo >> {log}; cat > /dev/null; {ends}", name=f"{name}.sh")
    return Loudspeaker(program=program), log


def times(log: Path) -> int:
    return log.read_text().count("\n") if log.exists() else 0


def test_with_headphones_sentences_are_in_her_ear_and_the_call_of_staff_in_the_room(
    mouths: Mouths, ears: Ears, tmp_path: Path
) -> None:
    room, in_room = played_into(tmp_path, "room")
    ear, in_ear = played_into(tmp_path, "ear")
    mouth = mouths(loudspeaker=room, headphones=ear)
    asked = times(in_room)
    assert mouth.private()
    mouth.say(chinese("您的血压偏高"))
    until(lambda: times(in_ear) == 1)
    mouth.play(Sound.CALL)
    until(lambda: times(in_room) == asked + 1)
    assert times(in_ear) == 1


def test_broken_headphones_leave_her_values_unsaid_and_the_room_its_call(
    mouths: Mouths, ears: Ears, tmp_path: Path
) -> None:
    room, in_room = played_into(tmp_path, "room")
    ear, in_ear = played_into(tmp_path, "ear", "exit 1")
    mouth = mouths(loudspeaker=room, headphones=ear)
    asked = times(in_room)
    mouth.say(chinese("您的血压偏高"))
    until(lambda: times(in_ear) == 1)
    mouth.play(Sound.CALL)
    until(lambda: times(in_room) == asked + 1)
    assert mouth.speaks("zh_CN")
