"""Passwords are judged two at a time, and few wait for it: each takes 64 MB and a tenth of a second.

Whoever comes when too many wait is told to come again; one address has a share of the places, so that it
cannot take them all. Stations and pages do not wait here: the threads are other ones than theirs.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import msgspec
from anyio import CapacityLimiter, to_thread

from clinic.errors import ClinicError

AT_ONCE, WAITING, OF_ONE_ADDRESS = 2, 24, 6
RETRY_AFTER_S = 3
T = TypeVar("T")


class TooManyError(ClinicError):
    """Too many passwords wait to be judged. ``status`` is 429 where they are from one address, else 503."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Too many log in at this moment; try again in {RETRY_AFTER_S} seconds.")
        self.status = status


class PasswordChecks(msgspec.Struct):
    """The places of one server."""

    _turns: CapacityLimiter = msgspec.field(default_factory=lambda: CapacityLimiter(AT_ONCE))
    _waiting: Counter[str] = msgspec.field(default_factory=Counter)

    async def judge(self, address: str, work: Callable[[], T]) -> T:
        """The result of ``work``, which judges a password for ``address``, empty where only a proxy is known.

        Raises ``TooManyError``.
        """
        if address and self._waiting[address] >= OF_ONE_ADDRESS:
            raise TooManyError(429)
        if self._waiting.total() >= WAITING:
            raise TooManyError(503)
        self._waiting[address] += 1
        try:
            return await to_thread.run_sync(work, limiter=self._turns)
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]
