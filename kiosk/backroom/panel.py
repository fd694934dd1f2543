"""Loudness and brightness through the system: ``amixer`` where it is, the kernel's backlight where it may be
written, and None where neither lets itself be set. Nothing here is ever told to be so: it is read back.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from re import search

BACKLIGHTS = Path("/sys/class/backlight")
_STEPS = 10
_LIMIT_S = 2.0


class SystemPanel:
    """This machine's, as found at the start and not looked for again. ``hear`` lets the kiosk be heard."""

    def __init__(self, hear: Callable[[], None], backlights: Path = BACKLIGHTS) -> None:
        self._hear = hear
        self._mixer = shutil.which("amixer")
        self._light = _writable(backlights)
        self._volume = self._read_volume()

    def volume(self) -> int | None:
        """How loud it is, 0 to 10."""
        return self._volume

    def set_volume(self, steps: int) -> None:
        """Make it so loud, and see how loud it became."""
        self._run("sset", "Master", f"{steps * 100 // _STEPS}%")
        self._volume = self._read_volume()

    def brightness(self) -> int | None:
        """How bright it is, 0 to 10."""
        if self._light is None:
            return None
        now, most = _number(self._light / "brightness"), _number(self._light / "max_brightness")
        return None if now is None or not most else round(now * _STEPS / most)

    def set_brightness(self, steps: int) -> None:
        """Make it so bright."""
        most = None if self._light is None else _number(self._light / "max_brightness")
        if self._light is not None and most:
            (self._light / "brightness").write_text(str(most * steps // _STEPS), encoding="ascii")

    def play(self) -> None:
        """What a resident hears first, as loud as she hears it: what a sound level meter is held to."""
        self._hear()

    def _read_volume(self) -> int | None:
        said = self._run("sget", "Master")
        found = search(r"\[(\d{1,3})%\]", said)
        return None if found is None else round(int(found[1]) * _STEPS / 100)

    def _run(self, *words: str) -> str:
        if self._mixer is None:
            return ""
        try:
            done = subprocess.run(  # noqa: S603 - the path was found, the words are ours
                [self._mixer, *words], capture_output=True, text=True, timeout=_LIMIT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout


def _writable(folder: Path) -> Path | None:
    """The first backlight whose brightness this process may write."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return None
    return next((one for one in found if _may_write(one / "brightness")), None)


def _may_write(file: Path) -> bool:
    try:
        with file.open("r+b"):
            return True
    except OSError:
        return False


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
