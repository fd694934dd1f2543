"""The speech engine: a sentence in, sound in memory out. ``espeak-ng`` as a child process, one a sentence.

The child is given the sentence on its standard input, never as an argument, where anybody on the machine
could read it. One that says nothing or hangs is ended; what to do then is ``mouth``'s. It must not change
the text.
"""

import shutil
import subprocess

from kiosk.voice.errors import EngineError, VoiceError
from kiosk.voice.wave import QUIET, Wave, read_wave

ESPEAK = "espeak-ng"
LONGEST = 3.0
"""Seconds a sentence may take; it takes hundredths of one."""


class Engine:
    """``program`` speaks with the options of espeak-ng."""

    def __init__(self, program: str = ESPEAK) -> None:
        self._program = program

    @property
    def there(self) -> bool:
        """Whether the program is installed."""
        return shutil.which(self._program) is not None

    def spoken(self, text: str, voice: str, rate: int) -> Wave:
        """``text`` said by ``voice`` at ``rate`` (its option ``-s``). Raises ``EngineError``."""
        asked = [self._program, "-v", voice, "-s", str(rate), "-b", "1", "--stdin", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, the text on its standard input
                asked, input=text.encode(), capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"{self._program} hung and was ended; it is asked again.") from None
        except OSError as error:
            raise EngineError(f"{self._program} cannot be started ({error.strerror}); install it.") from error
        if done.returncode:
            raise EngineError(
                f"{self._program} ended with {done.returncode}; is the voice {voice} installed?"
            )
        try:
            wave = read_wave(done.stdout, self._program)
        except VoiceError as error:
            raise EngineError(f"{self._program} made no sound; it is asked again.") from error
        if wave.peak < QUIET:
            raise EngineError(f"{self._program} made silence; is the voice {voice} installed?")
        return wave
