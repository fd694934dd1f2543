"""What a person or a nurse does at an instrument, for the simulators to answer to.

Only deeds: what the instrument makes of them is its own affair.
"""

from decimal import Decimal
from enum import StrEnum

import msgspec

from devices.reading import Card, Confidential


class Hand(StrEnum):
    """Which hand squeezes; the value is the letter on the wire."""

    LEFT = "L"
    RIGHT = "R"


class StepOn(msgspec.Struct, frozen=True):
    """Somebody of ``weight`` kg and ``height`` cm steps on and stands still."""

    weight: Decimal
    height: Decimal


class StepOff(msgspec.Struct, frozen=True):
    """The platform is empty again."""


class InsertSample(msgspec.Struct, frozen=True):
    """A sample goes into the analyser; values in mmol/L, None where that test is not run."""

    specimen: str
    tc: Decimal | None = None
    hdl: Decimal | None = None
    tg: Decimal | None = None
    ldl: Decimal | None = None
    glucose: Decimal | None = None


class TakePressure(msgspec.Struct, frozen=True):
    """An arm is in the cuff, and the start key is pressed where that is how the model starts.

    mmHg, mmHg and beats a minute that the cuff will find.
    """

    systolic: int
    diastolic: int
    pulse: int


class Squeeze(msgspec.Struct, frozen=True):
    """One hand squeezes once, up to ``kg``."""

    hand: Hand
    kg: Decimal


class LayCard(Confidential, msgspec.Struct, frozen=True):
    """A card is laid on the reader."""

    card: Card


class TakeCard(msgspec.Struct, frozen=True):
    """The card is taken away."""


class PutFinger(msgspec.Struct, frozen=True):
    """A finger goes into the clip: percent and beats a minute that it will find."""

    spo2: int
    pulse: int


class TakeFinger(msgspec.Struct, frozen=True):
    """The clip is empty again."""


class ShowCode(Confidential, msgspec.Struct, frozen=True):
    """A printed code is held before the scanner."""

    text: str


class LayChip(Confidential, msgspec.Struct, frozen=True):
    """A contactless card with this number (4, 7 or 10 bytes) is laid on the reader."""

    uid: bytes


Act = (
    StepOn
    | StepOff
    | InsertSample
    | TakePressure
    | Squeeze
    | LayCard
    | TakeCard
    | PutFinger
    | TakeFinger
    | ShowCode
    | LayChip
)
