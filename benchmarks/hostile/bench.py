"""A thousand visits over a link that does everything wrong: what is lost, what is there twice."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile.crossing import cross
from benchmarks.hostile.proxy import Fault
from benchmarks.measure import Figure

VISITS, SEED, LONGEST_S = 1000, 20261128, 900.0


def run() -> Iterator[Figure]:
    """The clinic must have exactly what the station kept, although every kind of fault came up."""
    with tempfile.TemporaryDirectory() as place:
        crossed = cross(Path(place), VISITS, SEED, LONGEST_S)
    missing = set(Fault) - set(crossed.met)
    if missing or crossed.lost or crossed.twice:
        raise SystemExit(f"{crossed.lost} lost, {crossed.twice} twice; faults not met: {len(missing)}.")
    faults = sum(crossed.met.values())
    yield Figure(
        f"{len(crossed.kept):,} envelopes, {len(crossed.filed):,} visits as they were closed",
        f"{crossed.lost} lost, {crossed.twice} twice",
        f"none; {faults:,} faults of {len(crossed.met)} kinds in {crossed.requests:,} requests",
        faults / crossed.requests,
    )
