"""Power cut at every stroke of the shipped ledger: how many states of the disk, and what they lost."""

import shutil
from collections.abc import Iterator

from benchmarks.measure import Figure
from benchmarks.powercut.trial import Outcome, instants, judge, traced

WANTED = 10_000
"""Different states of the disk that must be opened."""
VISITS, DRAWS, SEED = 12, 3, 20261128
CONTROL_VISITS = 4


def run() -> Iterator[Figure]:
    """The shipped setting on both kinds of disk, then ``DELETE/FULL``, in which losses must be found."""
    if shutil.which("strace") is None:
        raise SystemExit("There is no strace here; install it to cut the power.")
    shipped = _cut("extra", VISITS, DRAWS)
    if shipped.lost or shipped.corrupt:
        raise SystemExit(f"The ledger lost something: {shipped}.")
    yield Figure(
        "different disks after a cut",
        f"{len(shipped.disks):,} ({shipped.states:,} cuts), {shipped.lost} lost, {shipped.corrupt} corrupt",
        f"{WANTED:,} wanted",
        len(shipped.disks) / WANTED,
    )
    control = _cut("full", CONTROL_VISITS, 1)
    if not control.lost:
        raise SystemExit("The harness found no loss under DELETE/FULL, so it can prove nothing.")
    share = control.lost / control.states
    yield Figure(
        "the same, DELETE/FULL", f"{control.lost:,} of {control.states:,} lost", "must be found", share
    )


def _cut(mode: str, visits: int, draws: int) -> Outcome:
    strokes, outcome = traced(mode, visits), Outcome()
    for ordered in (True, False):
        judge(instants(strokes, ordered=ordered, draws=draws, seed=SEED), outcome)
    return outcome
