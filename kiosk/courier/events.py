"""What the courier tells, once at every change. Frozen and without a person in them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The clinic answered, and it is the clinic."""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The clinic does not answer. ``words`` is one English sentence for staff; envelopes wait."""

    words: str


@dataclass(frozen=True, slots=True)
class ClockHeard:
    """The clinic's clock is ``ahead`` of the station's (negative: behind). Told with every answer."""

    ahead: timedelta


CourierEvent = LinkUp | LinkDown | ClockHeard
