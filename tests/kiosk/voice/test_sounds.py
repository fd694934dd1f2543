"""The four sounds: the files are what the command makes, soft, short, and where old ears hear."""

import math
import sys
from array import array

import pytest

from kiosk.voice.chimes import CHIMES, RATE, chime
from kiosk.voice.mouth import SOUNDS
from kiosk.voice.sounds import Sound
from kiosk.voice.wave import Wave, read_wave


def strength(wave: Wave, hertz: float) -> float:
    """How much of ``wave`` is a tone of ``hertz`` (Goertzel)."""
    numbers = array("h", wave.samples)
    if sys.byteorder == "big":
        numbers.byteswap()
    turn = 2 * math.cos(math.tau * hertz / wave.rate)
    before = last = 0.0
    for number in numbers:
        before, last = last, number + turn * last - before
    return (before * before + last * last - turn * before * last) / len(numbers)


@pytest.mark.parametrize("sound", list(Sound))
def test_the_file_is_what_the_command_makes(sound: Sound) -> None:
    shipped = read_wave((SOUNDS / f"{sound}.wav").read_bytes(), sound)
    assert shipped == chime(sound)


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_is_heard_and_begins_and_ends_softly(sound: Sound) -> None:
    wave = chime(sound)
    assert wave.loudness > 0.03
    ends = array("h", wave.samples[:6] + wave.samples[-6:])
    assert max(map(abs, ends)) < 400
    assert wave.seconds < 3.0  # no sound that gets in the way of speech (EN 301 549 §5.1.3.10)


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_lies_where_old_ears_hear(sound: Sound) -> None:
    wave = chime(sound)
    assert all(400 <= tone.hertz <= 1000 for tone in CHIMES[sound])
    low = sum(strength(wave, hertz) for hertz in range(300, 1100, 20))
    high = sum(strength(wave, hertz) for hertz in range(1500, RATE // 2, 200))
    assert low > 50 * high


def test_done_rises_and_a_problem_is_lower_than_all_others() -> None:
    done = [tone.hertz for tone in CHIMES[Sound.DONE]]
    assert done == sorted(done)
    others = [tone.hertz for sound in Sound if sound is not Sound.PROBLEM for tone in CHIMES[sound]]
    assert CHIMES[Sound.PROBLEM][0].hertz < min(others)
