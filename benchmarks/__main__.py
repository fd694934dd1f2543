"""``python -m benchmarks [NAME]``: runs the benchmarks, or one of them, and prints a line a figure."""

import sys
from collections.abc import Callable, Iterable, Sequence

from benchmarks import (
    face,
    fleet,
    framing,
    fuzz,
    growth,
    ingest,
    meaning,
    novice,
    pages,
    paper,
    reconnect,
    shown,
    weighing,
)
from benchmarks.hostile import bench as hostile
from benchmarks.measure import Figure
from benchmarks.offline import bench as offline
from benchmarks.powercut import bench as powercut
from benchmarks.thief import bench as thief

BENCHMARKS: tuple[tuple[str, Callable[[], Iterable[Figure]]], ...] = (
    ("face", face.run),
    ("fleet", fleet.run),
    ("framing", framing.run),
    ("ingest", ingest.run),
    ("hostile", hostile.run),
    ("meaning", meaning.run),
    ("offline", offline.run),
    ("novice", novice.run),
    ("pages", pages.run),
    ("paper", paper.run),
    ("powercut", powercut.run),
    ("reconnect", reconnect.run),
    ("shown", shown.run),
    ("thief", thief.run),
    ("weighing", weighing.run),
    ("growth", growth.run),
    ("fuzz", fuzz.run),
)


def main(argv: Sequence[str]) -> int:
    """Exit code 0; 1 when a figure could not be measured here; 2 when there is no benchmark of that name."""
    wanted = [(name, run) for name, run in BENCHMARKS if not argv or name in argv]
    if not wanted:
        names = ", ".join(name for name, _ in BENCHMARKS)
        sys.stderr.write(f"There is no benchmark {argv[0]!r}; choose from {names}.\n")
        return 2
    missing: list[Figure] = []
    for name, run in wanted:
        seen = 0
        for seen, figure in enumerate(run(), start=1):  # noqa: B007 - a figure is shown as it comes
            print(
                f"{figure.name:<20} {figure.measured:<26} {_times(figure):>7} × {figure.against}", flush=True
            )
            missing += [figure] if figure.times is None else []
        if not seen:
            raise SystemExit(f"The benchmark {name} measured nothing; it does not fit the house any more.")
    for figure in missing:
        sys.stderr.write(f"NOT MEASURED HERE: {figure.name} ({figure.measured}).\n")
    return 1 if missing else 0


def _times(figure: Figure) -> str:
    if figure.times is None:
        return "–"
    return f"{figure.times:,.0f}" if figure.times >= 10 else f"{figure.times:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
