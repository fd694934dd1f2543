"""The loudspeaker: plays sound, and stops at once when told. ``aplay`` as a child process, one a sound.

The sound system of the machine is entered by the child alone: what breaks or hangs there ends with it, and
the window never waits. It must not know what is said.
"""

import fcntl
import os
import select
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from kiosk.voice.errors import LoudspeakerError
from kiosk.voice.wave import Wave, scaled

APLAY = "aplay"
_PIPE = 4096
"""Bytes that may wait in the pipe, a tenth of a second: what waits there can no longer be made louder."""
_CHUNK = 2048
_LOOK = 0.02
"""Seconds between two looks whether it shall stop."""
_OVERDUE = 4.0
"""Seconds a sound may take longer than it lasts before the child is held to hang."""

Halt = Callable[[], bool]


class Loudspeaker:
    """``device`` is ALSA's name of the card; ``program`` plays WAV with the options of ``aplay``."""

    def __init__(self, device: str = "default", program: str = APLAY) -> None:
        self._asked = [program, "-q", "-t", "wav", "-D", device, "-"]
        self._program = program

    def trouble(self) -> str | None:
        """Why nothing can be heard here, in a sentence; None where a moment of silence could be played."""
        try:
            self.play(Wave(22_050, bytes(2 * 2205)), 1.0, lambda: False)
        except LoudspeakerError as error:
            return str(error)
        return None

    def play(self, wave: Wave, gain: float, halt: Halt) -> bool:
        """Play ``wave`` times ``gain`` until its end or until ``halt()``; tells whether it came to its end.

        Raises ``LoudspeakerError``. Blocks: only the voice's own thread calls it.
        """
        child = self._start()
        try:
            whole = self._fed(child, wave, gain, halt)
            return whole and self._ended(child, halt)
        finally:
            _end(child)

    def _start(self) -> "subprocess.Popen[bytes]":
        try:
            child = subprocess.Popen(  # noqa: S603 - a fixed program, sound on its standard input
                self._asked, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise LoudspeakerError(f"{self._program} cannot be started; install alsa-utils.") from error
        pipe = child.stdin.fileno() if child.stdin is not None else -1
        os.set_blocking(pipe, False)
        with suppress(OSError):  # a kernel that will not make the pipe small
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        return child

    def _fed(self, child: "subprocess.Popen[bytes]", wave: Wave, gain: float, halt: Halt) -> bool:
        """Hand the sound over as fast as it is taken; False where it was halted."""
        pipe = child.stdin
        if pipe is None:
            return False
        file = wave.file()
        header, samples = file[: -len(wave.samples) or None], wave.samples
        waiting, at = header, 0
        late = time.monotonic() + wave.seconds + _OVERDUE
        while waiting or at < len(samples):
            if halt():
                return False
            if not waiting:
                waiting, at = scaled(samples[at : at + _CHUNK], gain), at + _CHUNK
            if time.monotonic() > late:
                raise LoudspeakerError("The loudspeaker hangs; check the sound card.")
            if select.select([], [pipe], [], _LOOK)[1]:
                try:
                    waiting = waiting[os.write(pipe.fileno(), waiting) :]
                except BlockingIOError:
                    continue
                except BrokenPipeError:
                    break  # the child ended; its code tells why
        pipe.close()
        return True

    def _ended(self, child: "subprocess.Popen[bytes]", halt: Halt) -> bool:
        late = time.monotonic() + _OVERDUE
        while child.poll() is None:
            if halt():
                return False
            if time.monotonic() > late:
                raise LoudspeakerError("The loudspeaker hangs; check the sound card.")
            time.sleep(_LOOK)
        if child.returncode:
            raise LoudspeakerError("No sound card answers; plug in a loudspeaker, or set [voice] device.")
        return True


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Leave no child behind, whatever it was doing."""
    if child.stdin is not None and not child.stdin.closed:
        with suppress(OSError):
            child.stdin.close()
    if child.poll() is None:
        child.kill()
    child.wait()
