"""The ears of the tests: a sound card of ALSA's own that keeps what was played, and a note of what was said.

The real ``aplay`` and the real ``espeak-ng``; only the metal at the end is a file.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.voice.mouth import Heard
from kiosk.voice.sounds import Sound
from kiosk.voice.wave import Wave

RATE = 22_050
_CARD = """
pcm.nothing {{ type null }}
pcm.!default {{ type file slave.pcm "nothing" file "|cat >> {kept}" format raw }}
"""


@dataclass(slots=True)
class Ears:
    """``kept`` is everything that went to the card; ``noted`` what the mouth began to say or play."""

    kept: Path
    noted: list[Heard] = field(default_factory=list)

    @property
    def wave(self) -> Wave:
        """What was to be heard so far."""
        return Wave(RATE, self.kept.read_bytes() if self.kept.exists() else b"")

    @property
    def texts(self) -> list[str]:
        """The sentences that were said, in order."""
        return [one.what for one in self.noted if not isinstance(one.what, Sound)]

    @property
    def sounds(self) -> list[Sound]:
        """The sounds that were played, in order."""
        return [one.what for one in self.noted if isinstance(one.what, Sound)]


def card(folder: Path) -> tuple[Path, Ears]:
    """The file that tells ALSA of the card, and the ears behind it."""
    kept = folder / "heard.raw"
    config = folder / "card.conf"
    config.write_text(_CARD.format(kept=kept), encoding="utf-8")
    return config, Ears(kept)


def until(done: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait for ``done``; fails the test after ``seconds``."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it was never heard"
        time.sleep(0.01)
