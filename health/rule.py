"""What a rule file may say: the shapes of ``health/rules/*.toml``, key by key.

Plain frozen data; a key that is not here is refused when a file is read. This module must not read files
(``rulebook``) or judge a value (``bands``).
"""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from health.advice import Advice
from health.assessment import Direction, Level
from health.visit import Answer, Question, Sex


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a table: every value ``below`` (exclusive) or ``upto`` (inclusive) not taken above.

    ``word``, ``phrase``, ``hint``, ``message`` and ``why`` are keys of sentences. A ``silent`` band gives no
    finding: the value has no class.
    """

    band: str
    level: Level
    word: str = ""
    phrase: str = ""
    below: Decimal | None = None
    upto: Decimal | None = None
    direction: Direction | None = None
    hint: str | None = None
    message: str | None = None
    why: str | None = None
    silent: bool = False

    @property
    def limit(self) -> Decimal | None:
        """The upper end of the band, None for the last one."""
        return self.below if self.upto is None else self.upto

    def takes(self, value: Decimal) -> bool:
        """Whether ``value`` is not beyond the upper end."""
        if self.upto is not None:
            return value <= self.upto
        return self.below is None or value < self.below


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bands for one group of people: ``age_from`` included, ``age_below`` not. Absent means anyone.

    ``fasting`` lists the answers it is for: yes, no, unknown (which includes not asked).
    """

    bands: tuple[Band, ...]
    sex: Sex | None = None
    age_from: Decimal | None = None
    age_below: Decimal | None = None
    fasting: tuple[Answer, ...] = ()


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text that gives limits. ``evidence`` says how well the figures were checked.

    ``preferred`` editions are used; others stand ready to be chosen by a station. ``targets_if`` names
    conditions under which the person has stricter targets: then no value is called normal, and what lies
    above the general limits is said with the ``targets_`` sentences.
    """

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    tables: tuple[Table, ...]
    in_force_to: date | None = None
    preferred: bool = True
    targets_if: tuple[Question, ...] = ()
    targets_phrase: str = ""
    targets_hint: str = ""
    targets_message: str = ""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of rules: what it ``judges`` (a quantity or a derived one) and its editions."""

    stem: str
    judges: str
    edition: tuple[Edition, ...]


class PairClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a pair of pressures whose more serious half lies in this band."""

    band: str
    phrase: str
    quick: str
    hint: str | None = None
    message: str | None = None
    why: str | None = None
    quick_hint: str | None = None
    quick_message: str | None = None
    quick_why: str | None = None


class Protocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the edition measures: rest and gap in seconds, when a third, and which are averaged."""

    rest_s: int
    gap_s: int
    third_if_apart_by_more_than: Decimal
    mean_of_last: int


class Isolated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From where a systolic or diastolic pressure is high, to say that only one of the two is."""

    systolic: Decimal
    diastolic: Decimal


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To stay below which pressure a treated person aims, for staff: ``then_`` if the first is borne well."""

    systolic: Decimal
    diastolic: Decimal
    source: str
    evidence: str
    age_from: Decimal | None = None
    age_below: Decimal | None = None
    then_systolic: Decimal | None = None
    then_diastolic: Decimal | None = None

    def fits(self, age: Decimal) -> bool:
        """Whether it is meant for a person of this age in years."""
        if self.age_from is not None and age < self.age_from:
            return False
        return self.age_below is None or age < self.age_below


class PairEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The classes of a pressure pair, least serious first, in one edition.

    ``like`` names the edition it shares classes, halves and targets with, where only the way of measuring
    differs; empty where it has its own.
    """

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    classes: tuple[PairClass, ...]
    protocol: Protocol
    isolated: Isolated
    targets: tuple[Target, ...] = ()
    in_force_to: date | None = None
    preferred: bool = True
    like: str = ""

    @property
    def halves(self) -> str:
        """The edition of the two halves."""
        return self.like or self.id


class PairRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule for systolic and diastolic together; the halves are the rules named in ``of``."""

    stem: str
    of: tuple[Literal["systolic"], Literal["diastolic"]]
    edition: tuple[PairEdition, ...]


class ChangeEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a weight may change, as a share of the earlier one, within ``days``."""

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    share: Decimal
    days: int
    age_from: Decimal
    loss: Band
    gain: Band
    in_force_to: date | None = None
    preferred: bool = True


class ChangeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule for a change of weight."""

    stem: str
    edition: tuple[ChangeEdition, ...]


class RemarkEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said when an instrument remarks on an irregular pulse."""

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    band: Band
    in_force_to: date | None = None
    preferred: bool = True


class RemarkRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule for an instrument's remark on the pulse."""

    stem: str
    edition: tuple[RemarkEdition, ...]


class ArmsEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how much (mmHg, systolic) the two arms may differ before a doctor should look."""

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    apart_by_more_than: Decimal
    band: Band
    in_force_to: date | None = None
    preferred: bool = True


class ArmsRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule for pressures of both arms."""

    stem: str
    edition: tuple[ArmsEdition, ...]


class SignsEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which signs a person may name that outweigh every number, and what is said then."""

    id: str
    title: str
    source: str
    evidence: str
    in_force_from: date
    signs: tuple[str, ...]
    band: Band
    in_force_to: date | None = None
    preferred: bool = True


class SignsRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule for signs she names."""

    stem: str
    edition: tuple[SignsEdition, ...]


class AdviceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``advice.toml``: what each hint is about and by when, by its key.

    ``instead`` gives, for a question answered yes, the key of a sentence and the one to say in its place.
    """

    stem: str
    advice: dict[str, Advice]
    instead: dict[Question, dict[str, str]]


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``rulebook.toml``: the edition of the whole book and the order in which rules are read."""

    edition: str
    order: tuple[str, ...]
