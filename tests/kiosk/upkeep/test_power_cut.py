"""The power cut while staff work: a record, its line and its report are there together or not at all."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from health.envelope import Envelope, Kind
from kiosk.jobs import NextToSend
from kiosk.upkeep.looking import Everything
from kiosk.upkeep.reading_trail import FollowTrail
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office

ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import sys
from decimal import Decimal
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from devices.calibration_limits import Standard
from devices.reading import Quantity
from kiosk.upkeep.checking import KeepCheck
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office

room = office(Path(sys.argv[2]), HeldTime())
print("ready", flush=True)
while True:
    mass = (Standard("M60", Decimal(60)), Decimal("60.1"))
    made = KeepCheck("tom", "scale", Quantity.BODY_WEIGHT, (mass,)).do(room)
    print(made.id, flush=True)
"""


def _killed(folder: Path, after: int, later: float) -> list[str]:
    """Every check the child had said was kept when it was killed."""
    words = [sys.executable, "-c", CHILD, str(ROOT), str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().strip() for _ in range(after + 1)]
        time.sleep(later)
        os.kill(child.pid, signal.SIGKILL)
        said += [line for line in child.stdout.read().splitlines() if len(line) == 36]
    return said[1:]


def test_killed_at_any_moment_record_line_and_report_are_there_together_or_not_at_all(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - moments to kill at, not secrets
    said: list[str] = []
    for _ in range(3):
        said += _killed(tmp_path, chance.randrange(1, 5), chance.random() * 0.02)
    room = office(tmp_path, HeldTime())
    kept = [str(check.id) for check in Everything("scale").do(room).checks]
    assert set(said) <= set(kept)
    trail = FollowTrail().do(room)
    lines = [line for line in room.ledger.book.lines() if line.act == "check"]
    assert trail.whole
    assert len(lines) == len(kept) == trail.head.number
    assert [line.subject.split(":")[2] for line in lines] == [one.replace("-", "")[-8:] for one in kept]
    sent = [Envelope.from_bytes(one.body) for one in NextToSend(1000).do(room).envelopes]
    assert [one.header.kind for one in sent] == [Kind.STATION] * len(kept)
    room.ledger.close()
