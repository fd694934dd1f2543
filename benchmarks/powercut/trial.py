"""One traced run of the shipped ledger, cut at every stroke; the shipped ledger opens every picture.

A picture is right when the ledger opens it without trouble and holds what was acknowledged last, or the job
after that, whole: nothing lost, nothing half there. Anything else is counted as lost or as corrupt.
"""

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.powercut.content import content_of
from benchmarks.powercut.disk import Disk, Picture
from benchmarks.powercut.strokes import CALLS, Said, Stroke, strokes
from kiosk.store.database import LedgerError
from kiosk.store.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]
UNREADABLE = "unreadable"
LONGEST_S = 600
MEMORY = Path("/dev/shm")  # noqa: S108 - pictures of synthetic visits, in memory for speed


@dataclass(frozen=True, slots=True)
class Instant:
    """One picture found after a cut, and the contents that may then be in the ledger."""

    picture: Picture
    allowed: frozenset[str]


@dataclass(slots=True)
class Outcome:
    """How many cuts were judged, how many different disks they left, and how many had lost something or did
    not open. The same disk is judged again after each acknowledgement: what may be on it is another then.
    """

    states: int = 0
    disks: set[bytes] = field(default_factory=set)
    lost: int = 0
    corrupt: int = 0


def traced(mode: str, visits: int) -> tuple[Stroke, ...]:
    """The strokes of a process that keeps so many ``visits``; ``mode`` as in ``deed``."""
    with tempfile.TemporaryDirectory() as place:
        folder, said, log = Path(place, "data"), Path(place, "said"), Path(place, "log")
        argv = [
            "strace", "-f", "-y", "-xx", "-qq", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log),
            sys.executable, "-B", "-m", "benchmarks.powercut.deed", str(folder), str(said), str(visits), mode,
        ]  # fmt: skip
        subprocess.run(argv, cwd=ROOT, check=True, timeout=LONGEST_S)
        with log.open(encoding="ascii") as lines:
            return tuple(strokes(lines, folder, said))


def instants(run: Sequence[Stroke], *, ordered: bool, draws: int, seed: int) -> Iterator[Instant]:
    """What may be found after a cut behind each stroke of ``run``; each picture once an acknowledgement."""
    chance = random.Random(seed)  # noqa: S311 - which writes a disk loses, not a secret
    said = [stroke.words for stroke in run if isinstance(stroke, Said)]
    disk, many = Disk(ordered=ordered), 0
    seen: set[Picture] = set()
    for stroke in run:
        disk.do(stroke)
        if isinstance(stroke, Said):
            many, seen = many + 1, set()
        if many == len(said):
            return
        allowed = frozenset(said[max(0, many - 1) : many + 1]) if many else frozenset()
        for picture in disk.after_cuts(chance, draws):
            if picture not in seen:
                seen.add(picture)
                yield Instant(picture, allowed)


def judge(found: Iterator[Instant], outcome: Outcome) -> Outcome:
    """Open every picture with the shipped ledger and count."""
    opened: dict[Picture, str] = {}
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        for instant in found:
            if instant.picture not in opened:
                opened[instant.picture] = _content(instant.picture, Path(place, "data"))
            content = opened[instant.picture]
            outcome.states += 1
            outcome.disks.add(_digest(instant.picture))
            if content == UNREADABLE:
                outcome.corrupt += 1
            elif instant.allowed and content not in instant.allowed:
                outcome.lost += 1
    return outcome


def _digest(picture: Picture) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for name, data in picture:
        found.update(name.encode() + b"\0" + len(data).to_bytes(8, "big") + data)
    return found.digest()


def _content(picture: Picture, folder: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in picture:
        (folder / name).write_bytes(data)
    try:
        ledger = Ledger(folder)
    except LedgerError:
        return UNREADABLE
    trouble = ledger.trouble
    ledger.close()
    return UNREADABLE if trouble else content_of(folder)
