"""One person, one time at the station: who, what was measured, what was answered.

Plain frozen data that every later module reads. It must not judge a value (``assess``), know where bytes
came from (``devices``) or how it is stored (``record``).
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.reading import Comparator, Confidential, Quantity, Remark


class Sex(StrEnum):
    """Sex as the equations and limits need it."""

    FEMALE = "female"
    MALE = "male"


class Method(StrEnum):
    """How blood pressure was taken. ``guideline``: 5 min seated rest, readings 60 s apart; else ``quick``."""

    GUIDELINE = "guideline"
    QUICK = "quick"


class Arm(StrEnum):
    """On which arm the cuff was."""

    LEFT = "left"
    RIGHT = "right"


class Control(StrEnum):
    """State of quality control of the instrument when it measured."""

    IN = "in"
    OUT = "out"
    NONE = "none"


class Consent(StrEnum):
    """What the person agreed to on the consent screen."""

    SHARE = "share"
    PRINT_ONLY = "print_only"


class Skip(StrEnum):
    """Why a step gave no value. ``PENDING``: its sample is with the analyser, and the result comes later."""

    DECLINED = "declined"
    INSTRUMENT_AWAY = "instrument_away"
    NO_RESULT = "no_result"
    PENDING = "pending"
    STAFF_AWAY = "staff_away"
    NOT_REACHED = "not_reached"
    NOT_SAFE = "not_safe"


class Answer(StrEnum):
    """An answer to a yes/no question. A question never asked has no answer at all."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """The questions the assessment can use. Values are the keys of every file."""

    SMOKER = "smoker"
    DIABETES = "diabetes"
    BP_TREATED = "bp_treated"
    KNOWN_CVD = "known_cvd"
    KIDNEY_DISEASE = "kidney_disease"
    FASTING = "fasting"
    PACEMAKER = "pacemaker"
    FAMILY_HISTORY_ASCVD = "family_history_ascvd"
    NORTH_CHINA = "north_china"
    URBAN = "urban"


class Resident(Confidential, msgspec.Struct, frozen=True):
    """The person measured. Every field may be absent: a guest has none of them.

    ``age`` in years stands only where no birth date is known. ``identity`` is the identity number in full;
    it leaves the station sealed and is never shown or logged.
    """

    sex: Sex | None = None
    birth_date: date | None = None
    age: Decimal | None = None
    name: str | None = None
    identity: str | None = None
    phone: str | None = None

    def age_on(self, day: date) -> Decimal | None:
        """Completed years on ``day`` where the birth date is known, else the age as given."""
        if self.birth_date is None:
            return self.age
        before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return Decimal(day.year - self.birth_date.year - before)


class Sample(msgspec.Struct, frozen=True):
    """One reading behind an observation, with the frame it was read from (hex-printable bytes).

    ``arm`` stands only on a pressure, and only where somebody said which arm it was.
    """

    value: Decimal
    unit: str
    comparator: Comparator | None = None
    at: datetime | None = None
    device_time: datetime | None = None
    remarks: tuple[Remark, ...] = ()
    frame: bytes = b""
    arm: Arm | None = None


class Observation(msgspec.Struct, frozen=True):
    """A value accepted into a visit, in the unit it is printed in.

    ``at`` is aware UTC. ``instrument`` is the id of an ``Instrument`` of the visit. ``samples`` are the
    readings it was made from, oldest first. ``calibration`` is the id of the line the readings were corrected
    by, None where they stand as the instrument said them; ``proof`` the id of the control run, check or
    calibration that ``control`` rests on.
    """

    quantity: Quantity
    value: Decimal
    unit: str
    comparator: Comparator | None = None
    method: Method | None = None
    at: datetime | None = None
    instrument: str | None = None
    control: Control | None = None
    samples: tuple[Sample, ...] = ()
    calibration: UUID | None = None
    proof: UUID | None = None


class Instrument(msgspec.Struct, frozen=True):
    """An instrument as it stood at the station when it measured. ``id`` is the station's own, stable name.

    ``name`` is what staff call it, for people to read; ``model`` is the slug of the catalogue.
    """

    id: str
    model: str
    maker: str
    serial: str | None = None
    simulated: bool = False
    calibration: str | None = None
    name: str | None = None

    @property
    def spoken(self) -> str:
        """How it is named on paper and pages."""
        return self.name or f"{self.maker} {self.model}"


class Missing(msgspec.Struct, frozen=True):
    """A quantity that was meant to be measured and was not, and why."""

    quantity: Quantity
    reason: Skip


class PastVisit(msgspec.Struct, frozen=True):
    """Values of an earlier visit, as far as this station was told of them."""

    on: date
    observations: tuple[Observation, ...] = ()

    def value_of(self, quantity: Quantity) -> Observation | None:
        """The observation of ``quantity``, or None."""
        return next((o for o in self.observations if o.quantity is quantity), None)


class ScaleTotal(msgspec.Struct, frozen=True):
    """The total of a self-assessment scale (a file of ``health/scales``), asked here or taken elsewhere."""

    scale: str
    points: int
    asked_here: bool = True


class CallOutcome(StrEnum):
    """What became of a call of staff. The values end the keys ``call.outcome.*``."""

    RESTED = "rested"
    DOCTOR = "doctor"
    AMBULANCE = "ambulance"
    HOME = "home"


class StaffCall(msgspec.Struct, frozen=True):
    """That an urgent value called staff at the station, and what came of it. Times are aware UTC.

    ``by`` is the staff id of whose card answered; ``answered_at`` None: nobody had come so far.
    """

    called_at: datetime
    answered_at: datetime | None = None
    by: str | None = None
    outcome: CallOutcome | None = None


class Visit(msgspec.Struct, frozen=True):
    """Everything that was found out in one visit. ``on`` is the civil date at the station.

    ``answers`` holds a question at most once; a question that was not asked is not in it. ``danger_signs``
    is None when they were not asked for, empty when none was named. ``call`` is None where nobody was called
    because of a value.
    """

    id: UUID
    on: date
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    resident: Resident = Resident()
    consent: Consent | None = None
    observations: tuple[Observation, ...] = ()
    missing: tuple[Missing, ...] = ()
    answers: tuple[tuple[Question, Answer], ...] = ()
    danger_signs: tuple[str, ...] | None = None
    instruments: tuple[Instrument, ...] = ()
    totals: tuple[ScaleTotal, ...] = ()
    incomplete: bool = False
    demo: bool = False
    call: StaffCall | None = None

    def value_of(self, quantity: Quantity) -> Observation | None:
        """The observation of ``quantity``, or None where it was not measured."""
        return next((o for o in self.observations if o.quantity is quantity), None)

    def answer_to(self, question: Question) -> Answer | None:
        """The answer given, or None where the question was not asked."""
        return next((a for q, a in self.answers if q is question), None)

    def with_observation(self, observation: Observation) -> "Visit":
        """The visit with ``observation`` in place of an earlier one of the same quantity."""
        kept = tuple(o for o in self.observations if o.quantity is not observation.quantity)
        still = tuple(m for m in self.missing if m.quantity is not observation.quantity)
        return replace(self, observations=(*kept, observation), missing=still)

    def with_missing(self, quantity: Quantity, reason: Skip) -> "Visit":
        """The visit noting why ``quantity`` has no value; a value already there stands."""
        if self.value_of(quantity) is not None:
            return self
        others = tuple(m for m in self.missing if m.quantity is not quantity)
        return replace(self, missing=(*others, Missing(quantity, reason)))

    def with_answer(self, question: Question, answer: Answer) -> "Visit":
        """The visit with this answer in place of an earlier one."""
        others = tuple((q, a) for q, a in self.answers if q is not question)
        return replace(self, answers=(*others, (question, answer)))

    def with_total(self, total: ScaleTotal) -> "Visit":
        """The visit with ``total`` in place of an earlier one of the same scale."""
        return replace(self, totals=(*(t for t in self.totals if t.scale != total.scale), total))
