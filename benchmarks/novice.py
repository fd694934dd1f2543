"""Whether somebody who reads nothing comes to goodbye with every model, in all of its faults.

A whole guideline visit each, through the real attendant, drivers, simulators, ledger and keys, in hand-moved
time. The quick suite walks the models of the demonstration alone.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure

ROOT = Path(__file__).resolve().parents[1]
LONGEST_S = 1800


def run() -> Iterator[Figure]:
    """One figure a model; ``times`` is the part of its faults in which she came to goodbye."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.novice.long_walk"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    for line in child.stdout.splitlines():
        if line.startswith("{"):
            told = json.loads(line)
            out = told["faults"] - len(told["stuck"])
            where = ", ".join(f"{fault} at {step}" for fault, step in told["stuck"].items())
            measured = f"{out} of {told['faults']} faults"
            yield Figure(told["model"], measured, f"goodbye {where}".strip(), out / told["faults"])
