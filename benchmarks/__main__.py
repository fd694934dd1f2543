"""``python -m benchmarks [NAME]``: runs the benchmarks, or one of them, and prints a line a figure."""

import sys
from collections.abc import Callable, Iterable, Sequence

from benchmarks import framing, fuzz, ingest, meaning, paper, reconnect, shown, weighing
from benchmarks.hostile import bench as hostile
from benchmarks.measure import Figure
from benchmarks.powercut import bench as powercut
from benchmarks.thief import bench as thief

BENCHMARKS: tuple[tuple[str, Callable[[], Iterable[Figure]]], ...] = (
    ("framing", framing.run),
    ("ingest", ingest.run),
    ("hostile", hostile.run),
    ("meaning", meaning.run),
    ("paper", paper.run),
    ("powercut", powercut.run),
    ("reconnect", reconnect.run),
    ("shown", shown.run),
    ("thief", thief.run),
    ("weighing", weighing.run),
    ("fuzz", fuzz.run),
)


def main(argv: Sequence[str]) -> int:
    """Exit code 0; 2 when there is no benchmark of that name."""
    wanted = [(name, run) for name, run in BENCHMARKS if not argv or name in argv]
    if not wanted:
        names = ", ".join(name for name, _ in BENCHMARKS)
        sys.stderr.write(f"There is no benchmark {argv[0]!r}; choose from {names}.\n")
        return 2
    for name, run in wanted:
        measured = 0
        for measured, figure in enumerate(run(), start=1):  # noqa: B007 - a figure is shown as it comes
            times = f"{figure.times:,.0f}" if figure.times >= 10 else f"{figure.times:.2f}"
            print(f"{figure.name:<20} {figure.measured:<20} {times:>7} × {figure.against}", flush=True)
        if not measured:
            raise SystemExit(f"The benchmark {name} measured nothing; it does not fit the house any more.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
