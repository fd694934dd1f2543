"""Ten thousand guesses, the power cut at the worst moments, the clock moved: ten of them are judged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.upkeep.patience import MOST_TRIES
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[3]
GUESSES = 10_000
CUTS = (3, 5, 8)
"""Before which judgements the power is cut: the try is counted, and nobody knows whether it is right."""

ROBOT = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kiosk.upkeep import signing_in
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office

folder, first, last, cut = Path(sys.argv[2]), *map(int, sys.argv[3:])
judged = folder / "judged"
holds = signing_in.holds

def judge(kept, pin, staff, pepper):
    if cut == len(judged.read_text()) + 1:
        os.kill(os.getpid(), signal.SIGKILL)
    with judged.open("a") as file:
        file.write(".")
    return holds(kept, pin, staff, pepper)

signing_in.holds = judge
time = HeldTime()  # a boot of its own each time, up for an hour and a half: no wait is left over
room = office(folder, time)
print("ready", flush=True)
for guess in range(first, last):
    signing_in.SignIn("tom", f"{guess:06d}").do(room)
    time.go_on(hours=1)
    if guess % 3 == 0:
        time.wall = time.wall.replace(year=1990 + guess % 80, day=1)
print("done", flush=True)
"""


def _guess(folder: Path, first: int, last: int, cut: int = 0) -> tuple[int, str]:
    """Let the robot guess in a process of its own; how that ended, and the last thing it said."""
    words = [sys.executable, "-c", ROBOT, str(ROOT), str(folder), str(first), str(last), str(cut)]
    ended = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False, env=dict(os.environ))
    return ended.returncode, ended.stdout.split()[-1]


def test_ten_thousand_guesses_by_a_robot_that_cuts_the_power_are_judged_ten_times(tmp_path: Path) -> None:
    (tmp_path / "judged").write_text("")
    for number, cut in enumerate(CUTS):
        assert _guess(tmp_path, number * 10, number * 10 + 10, cut) == (-signal.SIGKILL, "ready")
    assert _guess(tmp_path, 10 * len(CUTS), GUESSES) == (0, "done")
    judged = len((tmp_path / "judged").read_text())
    assert judged == MOST_TRIES - len(CUTS)
    room = office(tmp_path, HeldTime())
    assert room.ledger.book.tries_of("tom").count == MOST_TRIES
    counted = [line for line in room.ledger.book.lines() if line.result == "counted"]
    assert len(counted) == MOST_TRIES
    others = [room.ledger.book.tries_of(who).count for who in ("ann", "sue", "sam")]
    assert others == [0, 0, 0]
    room.ledger.close()
