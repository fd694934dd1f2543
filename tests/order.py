"""In which order tests are read, and run: what takes long is begun first, so that nobody waits for it.

Each worker begins with an equal part of all tests (``--dist worksteal``), then it takes from the others.
"""

from itertools import chain, groupby
from operator import attrgetter
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def read(found: list[Found], worker: int, workers: int) -> list[Found]:
    """What was ``found`` in a folder, in the order in which ``worker`` reads it: each begins elsewhere.

    Of a fresh checkout each compiles that part, and finds the rest compiled by the others.
    """
    first = len(found) * worker // workers
    return found[first:] + found[:first]


def begun(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """``items`` with the files marked ``long``, each file together, where the workers begin."""
    path = attrgetter("path")
    files = [list(tests) for _, tests in groupby(sorted(items, key=path), path)]
    long = [tests for tests in files if tests[0].get_closest_marker("long")]
    rest = [item for tests in files if not tests[0].get_closest_marker("long") for item in tests]
    parts = []
    for worker in range(workers):
        mine = list(chain.from_iterable(long[worker::workers]))
        ends = len(items) * (worker + 1) // workers - len(items) * worker // workers
        parts += [*mine, *rest[: max(0, ends - len(mine))]]
        del rest[: max(0, ends - len(mine))]
    return parts + rest
