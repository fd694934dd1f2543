"""The loudspeaker: what is played arrives, louder when asked, and what hangs or is missing is told in
words.
"""

import time
from pathlib import Path

import pytest

from kiosk.voice import loudspeaker as loudspeaker_module
from kiosk.voice.chimes import chime
from kiosk.voice.errors import LoudspeakerError
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.sounds import Sound
from kiosk.voice.wave import Wave, read_wave, scaled
from tests.kiosk.voice.speaking import Ears
from tests.kiosk.voice.test_engine import script

CALL = chime(Sound.CALL)


def never() -> bool:
    return False


def test_what_is_played_arrives_whole_and_as_loud_as_asked(ears: Ears) -> None:
    assert Loudspeaker().play(CALL, 1.0, never)
    whole = ears.wave
    assert abs(whole.seconds - CALL.seconds) < 0.2
    assert abs(whole.loudness - CALL.loudness) < 0.02
    ears.kept.unlink()
    assert Loudspeaker().play(CALL, 0.4, never)
    assert abs(ears.wave.loudness - 0.4 * CALL.loudness) < 0.02


def test_it_stops_in_the_middle_when_told(ears: Ears) -> None:
    looks = iter([False] * 5)
    assert not Loudspeaker().play(CALL, 1.0, lambda: next(looks, True))
    assert ears.wave.seconds < CALL.seconds


def test_a_card_that_is_not_there_is_told(ears: Ears) -> None:
    assert Loudspeaker().trouble() is None
    trouble = Loudspeaker("kangyi_no_such_card").trouble()
    assert trouble is not None
    assert "No sound card answers" in trouble
    assert ears.texts == []


def test_a_player_that_is_not_installed_is_told(tmp_path: Path) -> None:
    trouble = Loudspeaker(program=str(tmp_path / "nothing")).trouble()
    assert trouble is not None
    assert "install alsa-utils" in trouble


@pytest.mark.parametrize("body", ["sleep 60", "cat > /dev/null; sleep 60"])
def test_a_player_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr(loudspeaker_module, "_OVERDUE", 0.3)
    began = time.monotonic()
    with pytest.raises(LoudspeakerError, match="hangs"):
        Loudspeaker(program=script(tmp_path, body)).play(chime(Sound.DONE), 1.0, never)
    assert time.monotonic() - began < 30


def test_a_wave_survives_its_file() -> None:
    assert read_wave(CALL.file(), "call") == CALL
    assert Wave(8000, b"").loudness == 0.0


def test_louder_is_never_more_than_the_card_can_take() -> None:
    loud = scaled(CALL.samples, 50.0)
    assert len(loud) == len(CALL.samples)
    assert Wave(CALL.rate, loud).peak <= 1.0
    assert scaled(CALL.samples, 1.0) == CALL.samples
