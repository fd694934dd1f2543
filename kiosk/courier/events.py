"""What the courier tells, once at every change. Frozen; a person is in a slip alone, which has no repr."""

from datetime import timedelta
from enum import StrEnum

import msgspec

from devices.reading import Confidential
from health.slip import Slip


class Trouble(StrEnum):
    """Why nothing reaches the clinic. Each value ends a key of the words for staff."""

    AWAY = "no_link"
    ILL = "ill"
    OTHER = "other"
    CERTIFICATE = "certificate"
    STRANGER = "stranger"


class LinkUp(msgspec.Struct, frozen=True):
    """The clinic answered, and it is the clinic."""


class LinkDown(msgspec.Struct, frozen=True):
    """Nothing reaches the clinic. ``words`` is one English sentence for staff; envelopes wait."""

    words: str
    trouble: Trouble = Trouble.AWAY


class ClockHeard(msgspec.Struct, frozen=True):
    """The clinic's clock is ``ahead`` of the station's (negative: behind). Told with every answer."""

    ahead: timedelta


class SlipTold(Confidential, msgspec.Struct, frozen=True):
    """What the clinic told of the earlier visits of the owner of this card."""

    identity: str
    slip: Slip


CourierEvent = LinkUp | LinkDown | ClockHeard | SlipTold
