"""How much memory a thousand visits leave behind: the whole kiosk with its window, in one process.

Each visit is a guest's through an open station of the demonstration with its ledger, desk and screens;
in between the same window shows a part of the sample views, with results, names and trends, in the languages
and themes in turn. The window is small and unseen, so that drawing costs little: what is made and let go is
the same. What the warm-up leaves is not counted.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.measure import Figure

VISITS, WARM_UP = 1_000, 130
"""Behind the warm-up every picture was painted once in every theme."""
MOST = 1.03
"""The growth allowed from behind the warm-up to the last visit."""
LOOKS = 20
"""Visits at either end whose memory is looked at; their median counts."""
LONGEST_S = 7_200.0


def run(visits: int = VISITS, warm_up: int = WARM_UP) -> Iterator[Figure]:
    """Resident memory at the end of the last visits over that of those behind the warm-up."""
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.growth_visits", data, str(warm_up + visits)],
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=True,
        )
    held = [json.loads(line)["rss"] for line in done.stdout.splitlines() if line.startswith("{")]
    before = statistics.median(held[warm_up : warm_up + LOOKS])
    after = statistics.median(held[-LOOKS:])
    said = f"{after / before:.3f} ({after:.1f}/{before:.1f} MB)"
    yield Figure(f"growth over {visits} visits", said, f"{MOST} allowed", MOST * before / after)
