"""The shape of a visit file: which keys it may have and of what kind each value is.

``casefile`` reads a file into it. It must not convert a unit or judge a value.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from devices.reading import Comparator, Confidential, Quantity
from health.visit import Arm, Control, Method, Sex


class SampleShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reading behind an observation."""

    value: Decimal
    unit: str | None = None
    comparator: Comparator | None = None
    at: datetime | None = None
    arm: Arm | None = None


class ObservationShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value, in a UCUM unit."""

    value: Decimal
    unit: str
    comparator: Comparator | None = None
    method: Method | None = None
    instrument: str | None = None
    at: datetime | None = None
    qc: Control | None = None
    readings: tuple[SampleShape | Decimal, ...] = ()


class ResidentShape(Confidential, msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who was measured: a birth date or an age, not both."""

    sex: Sex | None = None
    birth_date: date | None = None
    age: Decimal | None = None
    name: str | None = None


class PastShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visit before this one."""

    on: date
    observations: dict[Quantity, ObservationShape] = {}


Said = bool | Literal["unknown"] | UnsetType


class AnswersShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was answered; a key that is absent was not asked."""

    smoker: Said = UNSET
    diabetes: Said = UNSET
    bp_treated: Said = UNSET
    known_cvd: Said = UNSET
    kidney_disease: Said = UNSET
    fasting: Said = UNSET
    pacemaker: Said = UNSET
    family_history_ascvd: Said = UNSET
    north_china: Said = UNSET
    urban: Said = UNSET
    danger_signs: tuple[str, ...] | None = None


class CaseShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One visit; only its day is needed."""

    on: date
    resident: ResidentShape = ResidentShape()
    observations: dict[Quantity, ObservationShape] = {}
    answers: AnswersShape = AnswersShape()
    history: tuple[PastShape, ...] = ()
    station: str = ""
    lang: str = "zh_CN"
    large: bool = False
    copy: bool = False
