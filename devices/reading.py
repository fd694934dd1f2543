"""What an instrument said, value by value.

This is the one module of ``devices`` that the rest of the house may see. It holds words, not
behaviour: it must not know a port, a protocol, a person or a clock.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec


class Quantity(StrEnum):
    """What was measured. The values are the keys of every file, record and wire format."""

    BODY_HEIGHT = "body_height"
    BODY_WEIGHT = "body_weight"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    PULSE = "pulse"
    TOTAL_CHOLESTEROL = "total_cholesterol"
    HDL = "hdl"
    TRIGLYCERIDES = "triglycerides"
    LDL = "ldl"
    GLUCOSE = "glucose"
    SPO2 = "spo2"
    GRIP_LEFT = "grip_left"
    GRIP_RIGHT = "grip_right"
    WAIST = "waist"
    BODY_FAT = "body_fat"


class Comparator(StrEnum):
    """The value lies beyond the instrument's range; the number is the end of that range."""

    BELOW = "<"
    ABOVE = ">"


class Remark(StrEnum):
    """What the instrument said about the quality of a reading, beside the number.

    ``CONFIRMED`` and ``CHECKED`` no instrument says: the number was odd, and the person, or a member of staff
    who looked, said that it is right.
    """

    MOVEMENT = "movement"
    IRREGULAR_PULSE = "irregular_pulse"
    CUFF_LOOSE = "cuff_loose"
    PRELIMINARY = "preliminary"
    CONFIRMED = "confirmed"
    CHECKED = "checked"


class Confidential:
    """What a Struct is first if it holds a person, a key or raw words: its ``repr`` names the kind alone.

    It stands here because this is the one module that every part of the house may see.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """No field, whatever it holds."""
        return f"{type(self).__name__}()"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """No field for the library rich either, which a Struct would hand them all."""
        return []


class Reading(msgspec.Struct, frozen=True):
    """One value an instrument said, exactly as it said it.

    ``unit`` is UCUM (``kg``, ``cm``, ``mm[Hg]``, ``mmol/L``, ``mg/dL``, ``/min``, ``%``, ``[lb_av]``).
    ``stable`` is None where the protocol says nothing about it. ``device_time`` is the civil time on the
    instrument's own clock: it carries no zone because the instrument said none, and none is invented.
    ``specimen`` is the specimen or patient number the instrument attached. ``frame`` is the raw frame with
    identity fields blanked.
    """

    kind: Quantity
    value: Decimal
    unit: str
    comparator: Comparator | None = None
    stable: bool | None = None
    device_time: datetime | None = None
    specimen: str | None = None
    remarks: tuple[Remark, ...] = ()
    frame: bytes = b""


class Card(Confidential, msgspec.Struct, frozen=True):
    """What an identity card said. Never logged, never written down whole, no readable ``repr``."""

    name: str
    sex: str
    birth_date: date
    number: str


class Carrier(StrEnum):
    """What a code was on."""

    PRINTED = "printed"
    CHIP = "chip"


class Code(Confidential, msgspec.Struct, frozen=True):
    """A token somebody held before a scanner or laid on a reader: a printed code's text, a chip's number.

    At most 512 characters, none of them a control character, and nothing else is known of it: anybody can
    print a code. Never logged, no readable ``repr``: it may be a person's number.
    """

    text: str
    carrier: Carrier
