"""A process that is killed at any step: what was said to be kept is there, and the file opens."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from health.envelope import Envelope
from kiosk.store.ledger import Ledger

CHILD = """
import sys
from pathlib import Path
from uuid import UUID
sys.path.insert(0, sys.argv[2])
from kiosk.store.ledger import Ledger
from tests.kiosk.station import HeldTime, record, seal_of, so_far
ledger = Ledger(Path(sys.argv[1]))
seal = seal_of(HeldTime(UUID(int=1)))
def say(*words):
    print(*words, flush=True)
say("ready")
while True:
    one = record()
    number = ledger.next_sequence()
    for _ in range(2):
        ledger.keep_draft(seal.visit(so_far(one), number)); say("draft", one.visit.id, number)
    ledger.keep(seal.visit(one, number)); say("kept", one.visit.id, number)
"""
ROOT = Path(__file__).resolve().parents[3]


def _child(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(ROOT)], stdout=subprocess.PIPE, text=True
    )


def _killed_after(folder: Path, lines: int, later: float = 0.0) -> list[list[str]]:
    """What the child had said when it was killed, ``later`` seconds after so many ``lines``."""
    with _child(folder) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().split() for _ in range(lines + 1)]
        time.sleep(later)
        os.kill(child.pid, signal.SIGKILL)
        said += [line.split() for line in child.stdout.read().splitlines() if line.count(" ") == 2]
    return said[1:]


def _found(folder: Path) -> tuple[set[str], set[str]]:
    """Visits that are there sealed, and visits that are there as drafts."""
    ledger = Ledger(folder)
    assert ledger.trouble is None
    sealed = {str(one.visit) for one in ledger.waiting(1_000_000)}
    drafts = ledger.drafts(UUID(int=1), 5_000_000)
    assert all(draft.header.incomplete for draft in drafts)
    ledger.close()
    return sealed, {str(draft.header.visit) for draft in drafts}


@pytest.mark.parametrize("step", [1, 2, 3], ids=["first-draft", "second-draft", "sealed"])
def test_killed_right_after_a_step_that_step_is_kept(tmp_path: Path, step: int) -> None:
    said = _killed_after(tmp_path, step)
    sealed, drafts = _found(tmp_path)
    for what, visit, _ in said:
        assert visit in (sealed if what == "kept" else sealed | drafts)


def test_killed_at_any_moment_nothing_said_is_lost_and_nothing_is_half_there(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments to kill at, not secrets
    said: list[list[str]] = []
    for _ in range(3):
        said += _killed_after(tmp_path, chance.randrange(1, 12), chance.random() * 0.02)
        sealed, drafts = _found(tmp_path)
        assert {visit for what, visit, _ in said if what == "kept"} <= sealed
        assert {visit for _, visit, _ in said} <= sealed | drafts
    ledger = Ledger(tmp_path)
    bodies = [Envelope.from_bytes(one.body) for one in ledger.waiting(1_000_000)]
    numbers = [one.header.sequence for one in bodies]
    assert len(set(numbers)) == len(numbers)
    ledger.close()


def test_a_killed_process_leaves_the_lock_free(tmp_path: Path) -> None:
    _killed_after(tmp_path, 1)
    Ledger(tmp_path).close()
