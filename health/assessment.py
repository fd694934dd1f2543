"""What the numbers of a visit mean: findings, scores, hints, and what could not be assessed.

Plain frozen data. It holds keys of sentences and their arguments, never sentences: ``words`` says them in
the language of whoever reads. It must not decide anything (``assess`` does).
"""

from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

import msgspec

from devices.reading import Quantity
from health.advice import When


class Level(IntEnum):
    """How much a finding matters. Shown always as shape, word and colour together."""

    NORMAL = 0
    NOTICE = 1
    DOCTOR = 2
    NOW = 3


class Direction(StrEnum):
    """On which side of normal a value lies."""

    LOW = "low"
    HIGH = "high"


class Reason(StrEnum):
    """Why a rule or score gave no answer."""

    MISSING_INPUT = "missing_input"
    AGE_OUT_OF_RANGE = "age_out_of_range"
    AGE_UNKNOWN = "age_unknown"
    SEX_UNKNOWN = "sex_unknown"
    NOT_ASKED = "not_asked"
    ANSWER_UNKNOWN = "answer_unknown"
    KNOWN_DISEASE = "known_disease"
    OFF_SCALE = "off_scale"
    OUT_OF_CONTROL = "out_of_control"
    IMPLAUSIBLE = "implausible"
    INPUT_OUT_OF_RANGE = "input_out_of_range"
    CLOCK_UNTRUSTED = "clock_untrusted"
    NOT_FASTING = "not_fasting"
    NO_CLASS = "no_class"
    NOT_IN_FORCE = "not_in_force"


class Phrase(msgspec.Struct, frozen=True):
    """A sentence by its key in the catalogue, with the arguments it is filled with (already formatted)."""

    key: str
    args: tuple[tuple[str, str], ...] = ()


class Zone(msgspec.Struct, frozen=True):
    """A stretch of a rule's ruler: from ``low`` (None: no limit) up to ``high``, with its level.

    ``level`` is None (and ``word`` empty) where no class holds for this person: random glucose below its
    limit, a lipid that is usual for others and above her own target. Such a stretch is drawn bare; no finding
    ever lies in one. Limits are the ones the rulebook prints. Zones of a finding are contiguous, low to high.
    A value equal to ``high`` belongs to this zone where ``high_included``, else to the next one.
    """

    low: Decimal | None
    high: Decimal | None
    level: Level | None
    word: str
    high_included: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies in this zone, given that it lies in none below it."""
        return self.high is None or value < self.high or (self.high_included and value == self.high)


class Finding(msgspec.Struct, frozen=True):
    """What one rule says of one value.

    ``quantity`` is what the value shown beside it is (``body_weight`` for the BMI rule's card shows kg);
    ``about`` names a derived quantity (``bmi``, ``non_hdl``) where the rule judged one. ``word`` is the key
    of the short word on chip and paper, ``phrase`` the sentence, ``hint`` one action or None.
    ``zones`` are in the unit of the quantity shown, for the road; empty where no ruler is valid. A finding
    ``aside`` is about a value without a row of its own (non-HDL, a change of weight): it counts for level,
    message and hints, but the word and road of the row are another finding's.
    """

    rule: str
    edition: str
    source: str
    band: str
    level: Level
    direction: Direction | None
    quantity: Quantity
    about: str | None
    word: str
    phrase: Phrase
    hint: Phrase | None = None
    zones: tuple[Zone, ...] = ()
    aside: bool = False


class Score(msgspec.Struct, frozen=True):
    """One risk model's answer. ``percent`` one decimal, half-up; ``chart_cell`` whole percent or None."""

    model: str
    edition: str
    source: str
    percent: Decimal
    band: str
    phrase: Phrase
    chart_cell: int | None = None


class NotAssessed(msgspec.Struct, frozen=True):
    """A rule or score that stayed silent, and why. ``needs`` names what was missing."""

    rule: str
    reason: Reason
    needs: str | None = None


class Hint(msgspec.Struct, frozen=True):
    """One of at most three things the person is told, most urgent first. ``because`` names the rule."""

    level: Level
    phrase: Phrase
    because: str


class Change(msgspec.Struct, frozen=True):
    """Difference of two printed values of one quantity: ``now - before``, and when before was."""

    quantity: Quantity
    difference: Decimal
    before: Decimal
    phrase: Phrase


class Derived(msgspec.Struct, frozen=True):
    """A value calculated from measured ones. ``name`` is ``bmi``, ``non_hdl``, ``ldl_sampson`` …"""

    name: str
    value: Decimal
    unit: str


class Whom(StrEnum):
    """Whom she is to see."""

    NOBODY = "nobody"
    STAFF = "staff"
    DOCTOR = "doctor"


class NextStep(msgspec.Struct, frozen=True):
    """Whom to see and by ``when`` (None: nobody), and by which day she is to be measured again."""

    whom: Whom
    when: When | None
    again_by: date

    @property
    def phrase(self) -> Phrase:
        """The sentence that says whom and when."""
        return Phrase("next.nobody" if self.when is None else f"next.{self.whom}.{self.when}")


class Assessment(msgspec.Struct, frozen=True):
    """All that is said of a visit. ``message`` is the one main sentence; ``hints`` at most three.

    ``rulebook`` is the edition of the rulebook that was used. ``risk`` is what the resident is told of hers:
    people of a hundred, or why there is no number. ``risk`` and ``next_step`` are absent in records of older
    software.
    """

    rulebook: str
    level: Level
    message: Phrase
    why: Phrase | None = None
    findings: tuple[Finding, ...] = ()
    scores: tuple[Score, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    derived: tuple[Derived, ...] = ()
    changes: tuple[Change, ...] = ()
    hints: tuple[Hint, ...] = ()
    next_step: NextStep | None = None
    risk: Phrase | None = None
