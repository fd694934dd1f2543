"""A station's disk after a hundred visits, carved: how much of anybody is on it, and what its keys open."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure
from benchmarks.thief.disk import new_disk
from benchmarks.thief.theft import envelopes, hits, opened, steal, unfound

VISITS = 100
LONGEST_S = 1800.0


def run() -> Iterator[Figure]:
    """First the planted leaks, all of which must be found; then the disk as the station left it."""
    with new_disk() as disk, tempfile.TemporaryDirectory() as elsewhere:
        loot = steal(disk, Path(elsewhere), VISITS, LONGEST_S)
        if missed := unfound(loot.disk):
            raise SystemExit(f"The search misses {', '.join(missed)}; it can prove nothing.")
        found = hits(loot)
        if found:
            kinds = ", ".join(sorted({of.value for of in found.values()}))
            raise SystemExit(f"A thief finds {len(found)} traces of people: {kinds}.")
        open_to_him = opened(disk.folder, loot.disk)
        if open_to_him:
            raise SystemExit(f"A thief can open {open_to_him} envelopes with keys on the disk.")
        kept = len(envelopes(disk.folder))
    extent = "files and free blocks" if loot.whole else "files only: no right to mount here"
    yield Figure(
        f"{loot.visits} visits, {len(loot.disk) / 1e6:.1f} MB",
        f"{len(found)} of {len(loot.canaries):,} canaries",
        f"none; {extent}",
        loot.visits / VISITS,
    )
    yield Figure(f"{kept} envelopes kept", f"{open_to_him} open to him", "none", kept / VISITS)
