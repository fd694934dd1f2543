"""Whether the staff area opens at this station, which no start tells: all of it is loaded once, unseen.

For the doctor at the command line. It is done in a child process, so that a window library, or what a broken
file does to it, is nobody else's. ``python -m kiosk.staff_check SCREEN`` is that child.
"""

import os
import subprocess
import sys
from pathlib import Path

from kiosk.doctor import Check

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 60.0
_AREA = "staff_area"
_SAID = 300
"""So many letters of the end of what a broken program says: file, line and why."""


def area_opens(screen: str, root: Path = ROOT) -> Check:
    """Look at the area as the panel ``screen`` shows it, of the program that lies in ``root``."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by this very Python
            [sys.executable, "-m", "kiosk.staff_check", screen],
            cwd=root,
            env={**os.environ, "KIVY_GL_BACKEND": "mock"},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as late:
        words = f"It could not be seen whether the staff area opens ({type(late).__name__}); look again."
        return Check(_AREA, ok=False, words=words)
    if done.returncode == 0:
        return Check(_AREA, ok=True, words="The staff area opens.")
    why = " ".join(done.stderr.split())[-_SAID:]
    words = f"The staff area does not open; install this version of the program anew. It ended with: {why}"
    return Check(_AREA, ok=False, words=words)


def _load_all(screen: str) -> None:
    from kiosk.theme import load_look
    from kiosk.widgets.boot import pane_for, prepare

    look = load_look()
    prepare(look, pane_for(look, screen, offscreen=True))
    from kiosk.screens.all_screens import load_rules
    from kiosk.staff_area import load_face, load_work

    load_work()
    rules = look.screen_named(screen).face.rules
    load_rules(rules)
    load_face(rules)


if __name__ == "__main__":
    _load_all(sys.argv[1])
