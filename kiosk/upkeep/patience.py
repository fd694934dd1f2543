"""How often a PIN may be tried and how long one waits between two tries.

Pure. Time is the machine's uptime in one boot, never the wall clock: setting the clock forward shortens
nothing, and after a power cut the wait counts from the new boot. It must not see a PIN or keep a count.

Source: NIST SP 800-63B, rate limiting (waits of 30 s growing to an hour as the limit comes near) and
activation secrets (at most 10 failures in a row); read at second hand, not in the publication itself.
"""

from uuid import UUID

import msgspec

MOST_TRIES = 10
"""Wrong PINs in a row after which the account is shut until somebody else opens it again."""
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600


class Tries(msgspec.Struct, frozen=True):
    """The tries since the last right PIN: how many, and when the last was, as uptime of its boot."""

    count: int = 0
    boot: UUID | None = None
    monotonic_ms: int = 0

    @property
    def used_up(self) -> bool:
        """Whether no try is left."""
        return self.count >= MOST_TRIES

    @property
    def left(self) -> int:
        """How many tries are left."""
        return max(0, MOST_TRIES - self.count)

    def wait_s(self, boot: UUID, monotonic_ms: int) -> int:
        """Whole seconds until the next try may be made, 0 if now."""
        waited = monotonic_ms - self.monotonic_ms if boot == self.boot else monotonic_ms
        left_ms = wait_after(self.count) * 1000 - max(0, waited)
        return max(0, -(-left_ms // 1000))

    def with_try(self, boot: UUID, monotonic_ms: int) -> "Tries":
        """One more try, counted before anybody knows whether it is right."""
        return Tries(self.count + 1, boot, monotonic_ms)


def wait_after(count: int) -> int:
    """Seconds to wait after ``count`` wrong PINs in a row: 0, 30, 60, 120 … 3600."""
    return 0 if count < 1 else min(FIRST_WAIT_S << (count - 1), LONGEST_WAIT_S)
