"""A sound card for every test of the voice, and the engine that must be there."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.mouth import Mouth
from kiosk.voice.speech import Speech
from tests.kiosk.voice.speaking import Ears, card, until


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ears:
    for program in ("espeak-ng", "aplay"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is missing")
    config, heard = card(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    return heard


@pytest.fixture
def mouths(ears: Ears) -> Iterator[Callable[..., Mouth]]:
    """Open mouths, closed at the end."""
    with ExitStack() as closing:

        def opened(
            speech: Speech | None = None,
            loudspeaker: Loudspeaker | None = None,
            headphones: Loudspeaker | None = None,
        ) -> Mouth:
            heard = ears.noted.append
            mouth = Mouth(speech or Speech(), loudspeaker or Loudspeaker(), heard, headphones=headphones)
            mouth.open()
            closing.callback(mouth.close)
            until(lambda: mouth.speaks("zh_CN"))
            return mouth

        yield opened
