"""A text into sound: the recorded clip if the pack has it, else the engine with the text spelled out.

Blocks for hundredths of a second, on the voice's own thread alone. It must not play anything.
"""

import logging
from pathlib import Path

from health.words import words_of
from kiosk.voice.clips import PACKS, Pack, pack_of
from kiosk.voice.engine import Engine
from kiosk.voice.errors import ClipError, EngineError
from kiosk.voice.hearing import Pace
from kiosk.voice.tongues import TONGUES
from kiosk.voice.wave import Wave

TRIES = 2
"""How often the engine is asked for a sentence: one that hung or died is another process the next time."""
_LOG = logging.getLogger(__name__)


class Speech:
    """Says texts of any language of ``TONGUES``."""

    def __init__(self, engine: Engine | None = None, packs: Path = PACKS) -> None:
        self._engine = engine or Engine()
        self._packs = packs
        self._read: dict[str, Pack] = {}

    def can(self, language: str) -> bool:
        """Whether ``language`` is spoken here."""
        return language in TONGUES and self._engine.there

    def wave(self, text: str, language: str, pace: Pace) -> Wave:
        """``text`` spoken. Raises ``EngineError`` where neither a clip nor the engine has it."""
        return self._recorded(text, language) or self._made(text, language, pace)

    def _recorded(self, text: str, language: str) -> Wave | None:
        try:
            if language not in self._read:
                self._read[language] = pack_of(words_of(language), self._packs)
            return self._read[language].wave(text)
        except ClipError as error:
            _LOG.warning("%s", error)
            self._read.setdefault(language, Pack(self._packs, (), words_of(language)))
            return None

    def _made(self, text: str, language: str, pace: Pace) -> Wave:
        tongue = TONGUES[language]
        said = tongue.read(tongue.spelled(text))
        for attempt in range(TRIES):
            try:
                return self._engine.spoken(said, tongue.voice, tongue.rates[pace])
            except EngineError:
                if attempt + 1 == TRIES:
                    raise
        raise AssertionError("a loop of at least one try ends above")
