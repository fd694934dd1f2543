"""Thirty days of 150 visits without a network: how soon the clinic has them, and whether the screen minds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, median, p95
from benchmarks.offline.month import month

VISITS, LONGEST_S = 4_500, 600.0
ALLOWED_S, SHARE = 20.0, 0.5
NOTICED_S = 0.1
"""What a person takes for at once."""


def run() -> Iterator[Figure]:
    """Drained against the limit and against the clinic's own code; then touches, calm and while it drains."""
    with tempfile.TemporaryDirectory() as place:
        one = month(Path(place), VISITS, LONGEST_S)
    if one.there != one.kept:
        raise SystemExit(f"The clinic has {one.there} of {one.kept} visits.")
    yield Figure(
        f"{one.kept:,} visits drained", f"{one.drained:.1f} s", f"{ALLOWED_S:.0f} s", ALLOWED_S / one.drained
    )
    part = one.direct / one.drained
    yield Figure("of taken in directly", f"{part:.2f} ({one.direct:.1f} s)", f"{SHARE}", part / SHARE)
    calm, busy = p95(one.calm), p95(one.busy)
    told = f"{calm * 1000:.2f} -> {busy * 1000:.2f} ms"
    yield Figure("a touch p95", told, "one picture, 16.7 ms", 1 / 60 / busy)
    told = f"{median(one.calm) * 1000:.2f} -> {median(one.busy) * 1000:.2f} ms"
    yield Figure("a touch median", told, "one picture, 16.7 ms", 1 / 60 / median(one.busy))
    calm, busy = map(p95, one.painted)
    told = f"{calm * 1000:.1f} -> {busy * 1000:.1f} ms ({busy / calm:.2f})"
    yield Figure("a tap painted, p95", told, f"{NOTICED_S * 1000:.0f} ms", NOTICED_S / busy)
    calm, busy = map(median, one.painted)
    told = f"{calm * 1000:.1f} -> {busy * 1000:.1f} ms ({busy / calm:.2f})"
    yield Figure("a tap painted, median", told, f"{NOTICED_S * 1000:.0f} ms", NOTICED_S / busy)
