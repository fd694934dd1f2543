"""What a person or a nurse does at an instrument, for the simulators to answer to.

Only deeds: what the instrument makes of them is its own affair.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from devices.reading import Card


class Hand(StrEnum):
    """Which hand squeezes; the value is the letter on the wire."""

    LEFT = "L"
    RIGHT = "R"


@dataclass(frozen=True, slots=True)
class StepOn:
    """Somebody of ``weight`` kg and ``height`` cm steps on and stands still."""

    weight: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True)
class StepOff:
    """The platform is empty again."""


@dataclass(frozen=True, slots=True)
class InsertSample:
    """A sample goes into the analyser; values in mmol/L, None where that test is not run."""

    specimen: str
    tc: Decimal | None = None
    hdl: Decimal | None = None
    tg: Decimal | None = None
    ldl: Decimal | None = None
    glucose: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TakePressure:
    """An arm is in the cuff, and the start key is pressed where that is how the model starts.

    mmHg, mmHg and beats a minute that the cuff will find.
    """

    systolic: int
    diastolic: int
    pulse: int


@dataclass(frozen=True, slots=True)
class Squeeze:
    """One hand squeezes once, up to ``kg``."""

    hand: Hand
    kg: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class LayCard:
    """A card is laid on the reader."""

    card: Card


@dataclass(frozen=True, slots=True)
class TakeCard:
    """The card is taken away."""


@dataclass(frozen=True, slots=True)
class PutFinger:
    """A finger goes into the clip: percent and beats a minute that it will find."""

    spo2: int
    pulse: int


@dataclass(frozen=True, slots=True)
class TakeFinger:
    """The clip is empty again."""


@dataclass(frozen=True, slots=True, repr=False)
class ShowCode:
    """A printed code is held before the scanner."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class LayChip:
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
