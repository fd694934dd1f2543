"""The mouth: a thread of its own that says one thing after another and never lets anybody wait.

A new utterance stops the old one; a press stops it too; other sounds come between its sentences. What
cannot be said or played is left out: she has the screen. Nothing said is kept. It must not know a view or a
visit.
"""

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread
from types import MappingProxyType

import msgspec

from kiosk.voice.errors import LoudspeakerError, VoiceError
from kiosk.voice.hearing import Loudness, Pace
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.sounds import Sound
from kiosk.voice.speech import Speech
from kiosk.voice.wave import Wave, read_wave

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
GAINS = MappingProxyType({Loudness.USUAL: 0.4, Loudness.LOUDER: 0.63, Loudness.LOUDEST: 1.0})
"""Steps of 4 dB. The usual is what staff set the amplifier for: 65 dBA where she stands."""
SETTLES = 0.4
"""Seconds a screen stands before it speaks (reference of the interface §2.3: 300 to 700 ms)."""
PAUSE = 0.4
"""Seconds between two sentences (§2.4)."""
RETRY = 30.0
"""Seconds until a loudspeaker that could not be heard is tried again."""
_AT_MOST = 8
_LOG = logging.getLogger(__name__)


class Utterance(msgspec.Struct, frozen=True):
    """``texts`` in ``language``, each a sentence; ``soon``: she asked for it, so it does not wait."""

    language: str
    texts: tuple[str, ...]
    loudness: Loudness = Loudness.USUAL
    pace: Pace = Pace.USUAL
    soon: bool = False


class Heard(msgspec.Struct, frozen=True):
    """Something that began to be heard: a sentence as it stands on the screen, or a sound. ``gain`` 0..1."""

    what: str | Sound
    seconds: float
    gain: float


def _nobody_listens(_heard: Heard) -> None:
    """At a station nobody writes down what is said."""


class Mouth:
    """Every method returns at once. ``open`` starts the thread, ``close`` ends it.

    With ``headphones`` sentences are heard there alone; sounds, and so the call of staff, in the room.
    """

    def __init__(
        self,
        speech: Speech,
        loudspeaker: Loudspeaker,
        heard: Callable[[Heard], None] = _nobody_listens,
        *,
        headphones: Loudspeaker | None = None,
    ) -> None:
        self._speech = speech
        self._loudspeaker = loudspeaker
        self._heard = heard
        self._headphones = headphones
        self._changed = Condition()
        self._sounds: deque[Sound] = deque(maxlen=_AT_MOST)
        self._utterance: Utterance | None = None
        self._turn = 0
        self._open = True
        self._works = False
        self._thread = Thread(target=self._work, name="voice", daemon=True)

    def open(self) -> None:
        """Begin; whether there is a loudspeaker is found out on the thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop in the middle of whatever is said."""
        with self._changed:
            self._open = False
            self._turn += 1
            self._utterance = None
            self._sounds.clear()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def speaks(self, language: str) -> bool:
        """Whether a screen in ``language`` is heard here now."""
        return self._works and self._speech.can(language)

    def private(self) -> bool:
        """Whether she alone hears a sentence."""
        return self._headphones is not None

    def say(self, utterance: Utterance) -> None:
        """Say it, in place of what is being said; nothing where nothing can be heard."""
        if not self._works:
            return
        with self._changed:
            self._turn += 1
            self._utterance = utterance
            self._changed.notify()

    def hush(self) -> None:
        """Say no more."""
        with self._changed:
            self._turn += 1
            self._utterance = None

    def play(self, sound: Sound) -> None:
        """Play ``sound`` now; speech goes on after it, unless it is a press, which ends it."""
        if not self._works:
            return
        with self._changed:
            if sound is Sound.PRESS:
                self._turn += 1
                self._utterance = None
            self._sounds.append(sound)
            self._changed.notify()

    def _work(self) -> None:
        self._listen_for_itself()
        while self._waited_for_something():
            try:
                self._play_sounds()
                self._say_one()
            except LoudspeakerError as error:
                self._works = False
                _LOG.warning("%s", error)
                self._forget()
                self._wait(RETRY)
                self._listen_for_itself()
            except Exception as broken:  # noqa: BLE001 - the edge of the thread: the next sentence is said
                _LOG.error("The voice could not say something (%s); it goes on.", type(broken).__name__)
                self._forget()

    def _waited_for_something(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._sounds or self._utterance is not None)
            return self._open

    def _wait(self, seconds: float, turn: int | None = None) -> bool:
        """Wait, until it closes, a sound is wanted or another turn began; tells whether nothing came."""
        with self._changed:
            return not self._changed.wait_for(
                lambda: not self._open or (turn is not None and (self._turn != turn or bool(self._sounds))),
                seconds,
            )

    def _listen_for_itself(self) -> None:
        trouble = self._loudspeaker.trouble()
        while trouble is not None and self._open:
            self._forget()
            self._wait(RETRY)
            trouble = self._loudspeaker.trouble()
        self._works = trouble is None

    def _forget(self) -> None:
        with self._changed:
            self._sounds.clear()
            self._utterance = None

    def _play_sounds(self) -> None:
        while self._sounds and self._open:
            sound = self._sounds.popleft()
            loudness = Loudness.LOUDEST if sound is Sound.CALL else Loudness.USUAL
            wave = read_wave((SOUNDS / f"{sound}.wav").read_bytes(), f"{sound}.wav")
            self._aloud(self._loudspeaker, Heard(sound, wave.seconds, GAINS[loudness]), wave, self._closed)

    def _say_one(self) -> None:
        with self._changed:
            utterance, turn = self._utterance, self._turn
        if utterance is None:
            return
        if not utterance.soon and not self._wait(SETTLES, turn):
            return
        left = deque(utterance.texts)
        while left and self._open and self._turn == turn:
            if self._said(left[0], utterance, turn):
                left.popleft()
                self._wait(PAUSE, turn)
            self._play_sounds()
        with self._changed:
            if self._turn == turn:
                self._utterance = None

    def _said(self, text: str, utterance: Utterance, turn: int) -> bool:
        """Whether ``text`` is over; one that a sound cut off is said again after it."""
        try:
            wave = self._speech.wave(text, utterance.language, utterance.pace)
        except LoudspeakerError:
            raise
        except VoiceError as error:
            _LOG.warning("%s", error)
            return True
        heard = Heard(text, wave.seconds, GAINS[utterance.loudness])
        if self._headphones is None:
            return self._aloud(self._loudspeaker, heard, wave, lambda: self._cut_off(turn))
        try:
            return self._aloud(self._headphones, heard, wave, lambda: self._cut_off(turn))
        except LoudspeakerError as error:
            # What is for her ear alone is rather not heard; the room must still hear the call of staff.
            _LOG.warning("Headphones: %s", error)
            return True

    def _closed(self) -> bool:
        return not self._open

    def _cut_off(self, turn: int) -> bool:
        return self._turn != turn or bool(self._sounds)

    def _aloud(self, device: Loudspeaker, heard: Heard, wave: Wave, halt: Callable[[], bool]) -> bool:
        if halt():
            return False
        self._heard(heard)
        return device.play(wave, heard.gain, halt)
