"""Sentences that a person recorded: a folder a language, ``assets/voice/<language>``, with an ``index.toml``.

A recorded voice is understood better than a made one, so a clip comes before the engine. Each clip keeps
the words that were spoken into it: once the catalogue says something else, the clip is no longer played and
is listed to be recorded again. None ships. It must not hold a sentence that the catalogue does not have.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from health.words import Words
from kiosk.voice.errors import ClipError, VoiceError
from kiosk.voice.wave import QUIET, Wave, read_wave

PACKS = Path(__file__).resolve().parents[2] / "assets" / "voice"
INDEX = "index.toml"


class Clip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``key`` of the catalogue, the ``words`` as they were spoken, and the WAV of them in the pack's
    folder.
    """

    key: str
    words: str
    file: str


class _Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    clip: tuple[Clip, ...] = ()


class Pack:
    """The clips of one language whose words are still those of the catalogue. ``changed``: those that
    are not.
    """

    def __init__(self, folder: Path, clips: tuple[Clip, ...], words: Words) -> None:
        self._folder = folder
        good = tuple(one for one in clips if words.has(one.key) and words.unfilled(one.key) == one.words)
        self.changed = tuple(one for one in clips if one not in good)
        self._files: Mapping[str, str] = {one.words: one.file for one in good}

    def __contains__(self, text: str) -> bool:
        return text in self._files

    def wave(self, text: str) -> Wave | None:
        """The recording of ``text``, None where there is none. ``ClipError`` for one that nobody can hear."""
        name = self._files.get(text)
        if name is None:
            return None
        file = self._folder / name
        try:
            wave = read_wave(file.read_bytes(), str(file))
        except OSError as error:
            raise ClipError(f"{file} cannot be read ({error.strerror}); put it into the pack.") from error
        except VoiceError as error:
            raise ClipError(str(error)) from error
        if wave.peak < QUIET:
            raise ClipError(f"{file} is silent; record it again.")
        return wave

    def try_all(self) -> None:
        """Read every clip once. ``ClipError`` for the first that cannot be heard."""
        for text in self._files:
            self.wave(text)


def pack_of(words: Words, packs: Path = PACKS) -> Pack:
    """The pack of the language of ``words``; an empty one where nobody recorded any. Raises ``ClipError``."""
    folder = packs / words.language
    index = folder / INDEX
    if not index.is_file():
        return Pack(folder, (), words)
    try:
        read = msgspec.toml.decode(index.read_bytes(), type=_Index)
    except (msgspec.MsgspecError, OSError) as error:
        raise ClipError(f"{index}: {error}; see docs/adding-a-voice.md.") from error
    outside = [one.file for one in read.clip if Path(one.file).name != one.file]
    if outside:
        raise ClipError(f"{index}: {outside[0]!r} lies outside the pack; name a file of its own folder.")
    other = [one.file for one in read.clip if Path(one.file).suffix.lower() != ".wav"]
    if other:
        raise ClipError(
            f"{index}: {other[0]!r} is no WAV; save it as WAV, 16 bit, one channel, and name that."
        )
    return Pack(folder, read.clip, words)
