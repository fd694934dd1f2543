"""What the courier tells, once at every change. Frozen; a person is in a slip alone, which has no repr."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from health.slip import Slip


class Trouble(StrEnum):
    """Why nothing reaches the clinic. Each value ends a key of the words for staff."""

    AWAY = "no_link"
    ILL = "ill"
    OTHER = "other"
    CERTIFICATE = "certificate"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The clinic answered, and it is the clinic."""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """Nothing reaches the clinic. ``words`` is one English sentence for staff; envelopes wait."""

    words: str
    trouble: Trouble = Trouble.AWAY


@dataclass(frozen=True, slots=True)
class ClockHeard:
    """The clinic's clock is ``ahead`` of the station's (negative: behind). Told with every answer."""

    ahead: timedelta


@dataclass(frozen=True, slots=True, repr=False)
class SlipTold:
    """What the clinic told of the earlier visits of the owner of this card."""

    identity: str
    slip: Slip


CourierEvent = LinkUp | LinkDown | ClockHeard | SlipTold
