"""How each sound sounds: soft sines from 400 to 1 000 Hz, where old ears still hear well.

Hearing goes from the top with age, so nothing lies above 1 000 Hz; nothing begins or ends with a click, and
nothing is sharp. Pure: ``python main.py voice sounds`` writes them to ``assets/sounds``.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from kiosk.voice.sounds import Sound
from kiosk.voice.wave import Wave, of_numbers

RATE = 22_050
_ATTACK = 0.012
"""Seconds until a tone has its loudness; a shorter one clicks."""


class Tone(msgspec.Struct, frozen=True):
    """``hertz`` from ``at`` for ``lasts`` seconds, fading; ``loud`` 0..1."""

    hertz: float
    at: float
    lasts: float
    loud: float


CHIMES: Mapping[Sound, tuple[Tone, ...]] = MappingProxyType(
    {
        Sound.PRESS: (Tone(660.0, 0.0, 0.07, 0.35),),
        Sound.DONE: (Tone(587.33, 0.0, 0.34, 0.45), Tone(880.0, 0.16, 0.44, 0.45)),
        Sound.PROBLEM: (Tone(415.3, 0.0, 0.42, 0.4),),
        Sound.CALL: tuple(
            Tone(hertz, begins + later, 0.6, 0.8)
            for begins in (0.0, 1.1)
            for hertz, later in ((880.0, 0.0), (659.26, 0.34))
        ),
    }
)
"""Press: one short tap. Done: two rising. Problem: one low, soft. Call: twice two falling, like a door
bell.
"""


def chime(sound: Sound) -> Wave:
    """``sound`` as it is played."""
    tones = CHIMES[sound]
    whole = [0.0] * round(RATE * max(tone.at + tone.lasts for tone in tones))
    for tone in tones:
        start = round(RATE * tone.at)
        for place in range(round(RATE * tone.lasts)):
            whole[start + place] += _strength(tone, place / RATE) * math.sin(
                math.tau * tone.hertz * place / RATE
            )
    return of_numbers(RATE, whole)


def _strength(tone: Tone, moment: float) -> float:
    rising = min(1.0, moment / _ATTACK)
    fading = (1.0 - moment / tone.lasts) ** 2
    return tone.loud * rising * fading
