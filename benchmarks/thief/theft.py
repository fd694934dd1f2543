"""The theft: a station works for a while, its disk is read, and what a finder could learn is counted."""

import base64
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyrage

from benchmarks.thief.canaries import Canary, Of, spelled
from benchmarks.thief.carve import carve, written_parts
from benchmarks.thief.disk import Disk
from benchmarks.thief.plant import leaks
from health.envelope import Envelope
from health.keys import SecretKey

ROOT = Path(__file__).resolve().parents[2]
_SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")


@dataclass(frozen=True, slots=True)
class Loot:
    """``disk`` its bytes without empty blocks, ``canaries`` what of the visitors must not be on it."""

    disk: bytes
    canaries: frozenset[Canary]
    visits: int
    whole: bool


def steal(disk: Disk, elsewhere: Path, visits: int, longest_s: float) -> Loot:
    """So many ``visits`` at a real station on ``disk``, whose clinic lies ``elsewhere``; then its bytes."""
    argv = [sys.executable, "-m", "benchmarks.thief.burgled", str(disk.folder), str(elsewhere), str(visits)]
    diary = disk.folder / "station.log"
    with diary.open("wb") as log:
        run = subprocess.run(
            argv, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=log, timeout=longest_s
        )
    if run.returncode:
        raise SystemExit(f"The station did not come through its visits: {diary.read_text()[-2000:]}")
    told = [json.loads(line) for line in run.stdout.splitlines()]
    canaries = frozenset(
        Canary(Of(of), base64.b64decode(raw)) for visit in told for of, raw in visit["canaries"]
    )
    return Loot(written_parts(disk.read()), canaries, len(told), disk.whole)


def hits(loot: Loot) -> dict[bytes, Of]:
    """Which spellings of which canaries the disk gives up."""
    return carve(loot.disk, spelled(loot.canaries))


def unfound(disk: bytes) -> list[str]:
    """Each kind of leak planted behind ``disk`` that the search does not find."""
    missed = []
    for kind, leak, canary in leaks():
        spellings = spelled([canary])
        if not carve(disk + leak + disk[:64], spellings):
            missed.append(kind)
    return missed


def opened(folder: Path, disk: bytes) -> int:
    """How many envelopes of the stolen ledger open with any secret key that lies on the disk."""
    secrets = [SecretKey(found.decode()) for found in set(_SECRET.findall(disk))]
    return sum(_opens(one, secrets) for one in envelopes(folder)) if secrets else 0


def envelopes(folder: Path) -> list[Envelope]:
    """Every envelope that the stolen folder holds."""
    found: list[Envelope] = []
    for file in folder.rglob("ledger.db"):
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            found += [Envelope.from_bytes(body) for (body,) in db.execute("SELECT body FROM envelope")]
    return found


def _opens(envelope: Envelope, secrets: Sequence[SecretKey]) -> bool:
    try:
        pyrage.decrypt(envelope.ciphertext, [secret.identity() for secret in secrets])
    except (pyrage.DecryptError, ValueError):
        return False
    return True
