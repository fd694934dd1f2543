"""What is wrong with the voice of this machine and what to do, in words. Looks once and plays silence."""

from pathlib import Path

from health.words import languages, words_of
from kiosk.settings import VoicePart
from kiosk.voice.clips import PACKS, pack_of
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
    recorded = clip_trouble(PACKS)
    if recorded is not None:
        return False, recorded
    spoken = ", ".join(name for name in languages() if name in TONGUES)
    return True, f"A sound card answers; screens are spoken in {spoken}."


def clip_trouble(packs: Path) -> str | None:
    """What is wrong with a recording in ``packs``, in a sentence; None where each can be heard."""
    try:
        found = [pack_of(words_of(name), packs) for name in languages()]
        for pack in found:
            pack.try_all()
    except ClipError as error:
        return f"Screens are spoken, but {error}"
    changed = [one.key for pack in found for one in pack.changed]
    if changed:
        return f"Screens are spoken; of {changed[0]} the words changed: record that clip again."
    return None
