"""``python -m benchmarks [NAME]``: runs the benchmarks, or one of them, and prints a line a figure."""

import sys
from collections.abc import Callable, Iterable, Sequence

from benchmarks import framing, meaning, paper, reconnect, weighing
from benchmarks.measure import Figure

BENCHMARKS: tuple[tuple[str, Callable[[], Iterable[Figure]]], ...] = (
    ("framing", framing.run),
    ("meaning", meaning.run),
    ("paper", paper.run),
    ("reconnect", reconnect.run),
    ("weighing", weighing.run),
)


def main(argv: Sequence[str]) -> int:
    """Exit code 0; 2 when there is no benchmark of that name."""
    wanted = [(name, run) for name, run in BENCHMARKS if not argv or name in argv]
    if not wanted:
        names = ", ".join(name for name, _ in BENCHMARKS)
        sys.stderr.write(f"There is no benchmark {argv[0]!r}; choose from {names}.\n")
        return 2
    for name, run in wanted:
        figures = tuple(run())
        if not figures:
            raise SystemExit(f"The benchmark {name} measured nothing; it does not fit the house any more.")
        for figure in figures:
            times = f"{figure.times:,.0f}" if figure.times >= 10 else f"{figure.times:.2f}"
            print(f"{figure.name:<20} {figure.measured:<20} {times:>7} × {figure.against}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
