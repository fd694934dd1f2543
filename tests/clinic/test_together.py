"""What comes at the same moment is kept in one go, each with its own answer, and a bad one fails alone."""

import threading
from collections.abc import Sequence

import pytest

from clinic.together import Together


def all_at_once(work: Together[int, int], items: Sequence[int], begun: threading.Event) -> dict[int, object]:
    """Every item from a thread of its own, while the first one's work waits for ``begun``."""
    found: dict[int, object] = {}

    def do(item: int) -> None:
        try:
            found[item] = work.do(item)
        except ValueError as wrong:
            found[item] = wrong

    threads = [threading.Thread(target=do, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    while len(work._waiting) < len(items) - 1:
        pass
    begun.set()
    for thread in threads:
        thread.join(30)
    return found


def test_those_who_wait_are_taken_along_and_each_has_its_own_result() -> None:
    begun, sizes = threading.Event(), []

    def work(many: Sequence[int]) -> list[int]:
        assert begun.wait(30)
        sizes.append(len(many))
        return [10 * one for one in many]

    together = Together(work, most=4)
    found = all_at_once(together, range(8), begun)
    assert found == {n: 10 * n for n in range(8)}
    assert sum(sizes) == 8
    assert max(sizes) == 4


def test_one_that_fails_is_told_and_holds_up_no_other() -> None:
    begun = threading.Event()
    done: list[int] = []

    def work(many: Sequence[int]) -> list[int]:
        assert begun.wait(30)
        if 3 in many:
            raise ValueError("three")
        done.extend(many)
        return list(many)

    together = Together(work)
    found = all_at_once(together, range(6), begun)
    assert isinstance(found[3], ValueError)
    right = [n for n in range(6) if found[n] == n]
    assert len(right) >= 4  # whoever did the work for all may have been told as well
    assert sorted(done) == right


def test_alone_it_is_done_at_once() -> None:
    def work(many: Sequence[int]) -> list[int]:
        return [1 // one for one in many]

    with pytest.raises(ZeroDivisionError):
        Together(work).do(0)
    assert Together(work).do(1) == 1
