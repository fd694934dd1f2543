"""Somebody at the station says the digits on the clinic's screen, and somewhere stands what came of it."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from health.keys import VerifyKey


class Judged(Protocol):
    """Hears what came of the digits, before anything is changed."""

    def __call__(self, key: VerifyKey, *, right: bool) -> None:
        """The clinic's new ``key`` is about to be pinned, or the digits for it were wrong."""


class ReadOut(msgspec.Struct, frozen=True):
    """``ask`` gives the digits as they were typed; ``judged`` writes down what came of them."""

    ask: Callable[[], str]
    judged: Judged
