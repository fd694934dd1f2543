"""When a weight is asked about before it is filed.

A weight that differs much from last time is more often two people, a bag or a winter coat than a change of
hers, and sometimes it is the most important number of the visit: so it is asked, never corrected. Pure.
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from devices.reading import Quantity
from health.quantity import printed_value
from health.visit import Observation, PastVisit

ASKS = Decimal(5)
"""Per cent against last time above which she is asked (design 7)."""

ASKS_STAFF = Decimal(10)
"""Per cent above which a member of staff looks as well (quality F10)."""


class Doubt(msgspec.Struct, frozen=True):
    """What is asked. ``last`` and ``now`` in kilograms; ``last`` None: somebody seemed to join her."""

    now: Decimal
    last: Decimal | None
    staff: bool

    @property
    def apart(self) -> Decimal | None:
        """Kilograms more (or, negative, less) than last time."""
        return None if self.last is None else self.now - self.last


def doubt_of(weight: Observation, history: Sequence[PastVisit], *, company: bool) -> Doubt | None:
    """What to ask about ``weight``, None where nothing is odd about it."""
    now, last = printed_value(weight), last_weight(history)
    if last is not None:
        percent = abs(now - last) * 100 / last
        if percent > ASKS:
            return Doubt(now, last, staff=percent > ASKS_STAFF)
    return Doubt(now, None, staff=False) if company else None


def last_weight(history: Sequence[PastVisit]) -> Decimal | None:
    """The weight of the latest visit that has one, kilograms."""
    known = [(past.on, past.value_of(Quantity.BODY_WEIGHT)) for past in history]
    weighed = [(on, found) for on, found in known if found is not None and found.comparator is None]
    latest = max(weighed, key=lambda one: one[0], default=None)
    return None if latest is None else printed_value(latest[1])
