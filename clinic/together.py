"""Work of many threads done in one go: whoever comes while somebody works is taken along by the next.

One transaction, and one flush of the disk, then keeps what several stations sent at the same moment. It must
not know what the work is.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")


class _Slip(msgspec.Struct, Generic[T, R]):
    item: T
    results: tuple[R, ...] = ()
    alone: bool = False


class Together(msgspec.Struct, Generic[T, R]):
    """Does ``work`` for the items of all who wait, at most ``most`` at once; one result for each, in order.

    When work for several fails, whoever did it is told, and the others each do their own alone: what is wrong
    with one item holds up no other.
    """

    work: Callable[[Sequence[T]], Sequence[R]]
    most: int = 50
    _waiting: deque[_Slip[T, R]] = msgspec.field(default_factory=deque)
    _turn: threading.Lock = msgspec.field(default_factory=threading.Lock)

    def do(self, item: T) -> R:
        """The result for ``item``; raises what the work raises."""
        slip: _Slip[T, R] = _Slip(item)
        self._waiting.append(slip)
        with self._turn:
            while not slip.results and not slip.alone:
                self._do_some()
        if not slip.results:
            slip.results = tuple(self.work([item]))
        return slip.results[0]

    def _do_some(self) -> None:
        some = [self._waiting.popleft() for _ in range(min(self.most, len(self._waiting)))]
        try:
            for slip, result in zip(some, self.work([one.item for one in some]), strict=True):
                slip.results = (result,)
        finally:
            for slip in some:
                slip.alone = not slip.results
