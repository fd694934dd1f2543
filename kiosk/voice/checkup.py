"""What is wrong with the voice of this machine and what to do, in words. Looks once and plays silence."""

from health.words import languages, words_of
from kiosk.settings import VoicePart
from kiosk.voice.clips import pack_of
from kiosk.voice.engine import ESPEAK, Engine
from kiosk.voice.errors import ClipError
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.tongues import TONGUES


def voice_words(voice: VoicePart) -> tuple[bool, str]:
    """Whether screens are spoken here, and a sentence on it."""
    if not voice.on:
        return True, "Speech is turned off in the settings; screens are shown without it."
    trouble = Loudspeaker(voice.device).trouble()
    if trouble is not None:
        return False, f"{trouble} Until then screens are shown without speech."
    ear = Loudspeaker(voice.headphones).trouble() if voice.headphones else None
    if ear is not None:
        return False, f"The loudspeaker is heard, but not the headphones: {ear}"
    if not Engine().there:
        return (
            False,
            f"Sounds are heard, but {ESPEAK} is missing; install it, or screens stay without speech.",
        )
    try:
        changed = [one.key for name in languages() for one in pack_of(words_of(name)).changed]
    except ClipError as error:
        return False, f"Screens are spoken, but {error}"
    if changed:
        return False, f"Screens are spoken; of {changed[0]} the words changed: record that clip again."
    spoken = ", ".join(name for name in languages() if name in TONGUES)
    return True, f"A sound card answers; screens are spoken in {spoken}."
