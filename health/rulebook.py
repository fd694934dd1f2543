"""The rules as they stand in ``health/rules/*.toml``: read strictly, checked whole, never changed afterwards.

A rule is data with an edition, the dates it is in force, its source and an honest evidence mark. Its bands
are read top-down and the last has no limit, so a gap cannot be written. This module must not judge a value
(``bands``, ``assess``) and does nothing at import.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from health.advice import Advice
from health.errors import HealthError
from health.rule import (
    AdviceTable,
    ArmsRule,
    Band,
    ChangeRule,
    Edition,
    Heading,
    PairClass,
    PairEdition,
    PairRule,
    RemarkRule,
    Rule,
    SignsRule,
    Table,
)
from health.scores.scoring import Models, load_models
from health.visit import Question

RULES = Path(__file__).resolve().parent / "rules"
# These files have shapes of their own.
SPECIAL = ("blood_pressure", "weight_change", "rhythm", "arm_difference", "danger_signs", "advice")
T = TypeVar("T")
E = TypeVar("E", Edition, PairEdition)


class RuleError(HealthError):
    """A rule file that cannot be used; the sentence names the file and what to mend."""


class Rulebook(msgspec.Struct, frozen=True):
    """All rules of one edition of the book."""

    edition: str
    rules: tuple[Rule, ...]
    pressure: PairRule
    weight_change: ChangeRule
    rhythm: RemarkRule
    arms: ArmsRule
    signs: SignsRule
    advice: Mapping[str, Advice]
    instead: Mapping[Question, Mapping[str, str]]
    models: Models

    def rule(self, stem: str) -> Rule:
        """The rule of the file ``stem``. Raises ``RuleError`` where there is none."""
        for rule in self.rules:
            if rule.stem == stem:
                return rule
        raise RuleError(f"There is no rule {stem!r}; see the files in health/rules.")

    def keys(self) -> frozenset[str]:
        """Every key of a sentence that the rules use."""
        return frozenset(_keys(self))


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """The rulebook in ``folder`` (the shipped one if None). ``RuleError`` for anything not understood."""
    where = folder or RULES
    heading = _read(where, "rulebook", Heading)
    files = {file.stem for file in where.glob("*.toml")} - {"rulebook"}
    if files != set(heading.order):
        odd = ", ".join(sorted(files ^ set(heading.order)))
        raise RuleError(f"rulebook.toml and the rule files differ: list or remove {odd}.")
    singles = [stem for stem in heading.order if stem not in SPECIAL]
    advice = _read(where, "advice", AdviceTable)
    book = Rulebook(
        heading.edition,
        tuple(_read(where, stem, Rule) for stem in singles),
        _read(where, "blood_pressure", PairRule),
        _read(where, "weight_change", ChangeRule),
        _read(where, "rhythm", RemarkRule),
        _read(where, "arm_difference", ArmsRule),
        _read(where, "danger_signs", SignsRule),
        advice.advice,
        advice.instead,
        load_models(),
    )
    for rule in book.rules:
        _check(rule)
    _check_pair(book)
    _check_advice(book)
    return book


@cache
def shipped_rulebook() -> Rulebook:
    """The shipped rulebook, read once in a process and only when somebody asks for it."""
    return load_rulebook()


def with_edition(book: Rulebook, rule: str) -> Rulebook:
    """``book`` using the edition ``rule`` names (``grip/awgs_2025``). ``RuleError`` if there is none.

    ``blood_pressure/…`` chooses the edition of the pair and of both its halves: one text, one set of classes.
    """
    stem, _, chosen = rule.partition("/")
    if stem == book.pressure.stem:
        pair = msgspec.structs.replace(book.pressure, edition=_chosen(book.pressure.edition, chosen, rule))
        half_edition = next(e.halves for e in pair.edition if e.preferred)
        for half in book.pressure.of:
            book = _with_edition(book, half, half_edition)
        return msgspec.structs.replace(book, pressure=pair)
    if stem in book.pressure.of:
        raise RuleError(f"{rule} is one half; choose {book.pressure.stem}/{chosen} for both.")
    return _with_edition(book, stem, chosen)


def _with_edition(book: Rulebook, stem: str, chosen: str) -> Rulebook:
    old = book.rule(stem)
    new = msgspec.structs.replace(old, edition=_chosen(old.edition, chosen, f"{stem}/{chosen}"))
    return msgspec.structs.replace(book, rules=tuple(new if r is old else r for r in book.rules))


def _chosen(editions: tuple[E, ...], id_: str, rule: str) -> tuple[E, ...]:
    if id_ not in {e.id for e in editions}:
        stem = rule.partition("/")[0]
        raise RuleError(f"There is no edition {rule!r}; choose one that health/rules/{stem}.toml holds.")
    return tuple(msgspec.structs.replace(e, preferred=e.id == id_) for e in editions)


def _read(folder: Path, stem: str, shape: type[T]) -> T:
    file = folder / f"{stem}.toml"
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        if shape is not Heading:
            said["stem"] = stem
        _share(said.get("edition", []), file)
        return msgspec.convert(said, shape)
    except OSError as wrong:
        raise RuleError(f"{file.name} cannot be read; put the file back.") from wrong
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as wrong:
        raise RuleError(f"{file.name} is not a rule: {wrong}.") from wrong


def _share(editions: Sequence[dict[str, object]], file: Path) -> None:
    """Gives an edition ``like`` another what it does not say itself."""
    for edition in editions:
        if "like" in edition:
            other = next((e for e in editions if e.get("id") == edition["like"]), None)
            if other is None or "like" in other:
                raise RuleError(f"{file.name}: there is no edition {edition['like']!r} to be like.")
            for key in ("classes", "isolated", "targets"):
                edition.setdefault(key, other.get(key, []))


def _check(rule: Rule) -> None:
    for edition in rule.edition:
        place = f"{rule.stem}.toml, edition {edition.id}"
        if not edition.tables:
            raise RuleError(f"{place} has no table; give it one.")
        for table in edition.tables:
            _check_table(table, place)
        _check_overlap(edition, place)
        said = (edition.targets_phrase, edition.targets_hint, edition.targets_message)
        if any(said) != bool(edition.targets_if) or any(said) != all(said):
            raise RuleError(f"{place}: targets_if needs its phrase, hint and message, and they need it.")
    if not any(e.preferred for e in rule.edition):
        raise RuleError(f"{rule.stem}.toml prefers no edition; let one be preferred.")


def _check_table(table: Table, place: str) -> None:
    if not table.bands:
        raise RuleError(f"{place} has a table without bands; give it one.")
    *limited, last = table.bands
    if last.limit is not None:
        raise RuleError(f"{place}: the last band {last.band!r} has a limit; leave the last one without.")
    before: Decimal | None = None
    for band in limited:
        if (band.below is None) == (band.upto is None):
            raise RuleError(f"{place}: band {band.band!r} needs one limit, below or upto.")
        if before is not None and band.limit is not None and band.limit <= before:
            raise RuleError(f"{place}: band {band.band!r} does not lie above the one before it; sort them.")
        before = band.limit
    for band in table.bands:
        _check_band(band, place)


def _check_band(band: Band, place: str) -> None:
    if band.silent:
        return
    if not band.word or not band.phrase:
        raise RuleError(f"{place}: band {band.band!r} needs a word and a phrase.")
    if band.level > 0 and not (band.message and band.hint):
        raise RuleError(f"{place}: band {band.band!r} is above level 0 and needs a message and a hint.")


def _check_overlap(edition: Edition, place: str) -> None:
    tables = edition.tables
    for index, one in enumerate(tables):
        if any(_meet(one, other) for other in tables[index + 1 :]):
            raise RuleError(
                f"{place}: two tables are for the same people; give each its own sex, age or fasting."
            )


def _meet(one: Table, other: Table) -> bool:
    if one.sex and other.sex and one.sex is not other.sex:
        return False
    if one.fasting and other.fasting and not set(one.fasting) & set(other.fasting):
        return False
    low = max(one.age_from or Decimal(0), other.age_from or Decimal(0))
    highs = [t.age_below for t in (one, other) if t.age_below is not None]
    return not highs or low < min(highs)


def _check_pair(book: Rulebook) -> None:
    for edition in book.pressure.edition:
        known = {c.band for c in edition.classes}
        for half in book.pressure.of:
            same = [e for e in book.rule(half).edition if e.id == edition.halves]
            if not same:
                raise RuleError(f"{half}.toml has no edition {edition.halves}; blood_pressure.toml needs it.")
            used = {b.band for e in same for t in e.tables for b in t.bands}
            if used - known:
                odd = ", ".join(sorted(used - known))
                raise RuleError(f"blood_pressure.toml, edition {edition.id} has no class {odd}; add it.")


def _check_advice(book: Rulebook) -> None:
    used = book.keys()
    unknown = {key for key in used if key.startswith("hint.")} - set(book.advice)
    if unknown:
        odd = ", ".join(sorted(unknown))
        raise RuleError(f"advice.toml does not say what {odd} is about; give each hint its line.")


def _keys(book: Rulebook) -> Iterator[str]:
    for rule in book.rules:
        for edition in rule.edition:
            yield from (
                k for k in (edition.targets_phrase, edition.targets_hint, edition.targets_message) if k
            )
            for table in edition.tables:
                for band in table.bands:
                    yield from _band_keys(band)
    for instead in book.instead.values():
        yield from instead.values()
    for pair in book.pressure.edition:
        for each in pair.classes:
            yield from _class_keys(each)
    for change in book.weight_change.edition:
        yield from _band_keys(change.loss)
        yield from _band_keys(change.gain)
    remarks = [r.band for r in book.rhythm.edition] + [a.band for a in book.arms.edition]
    for band in (*remarks, *(s.band for s in book.signs.edition)):
        yield from _band_keys(band)


def _band_keys(band: Band) -> Iterator[str]:
    if not band.silent:
        yield from (k for k in (band.word, band.phrase, band.hint, band.message, band.why) if k)


def _class_keys(each: PairClass) -> Iterator[str]:
    said = (each.phrase, each.quick, each.hint, each.message, each.why)
    quick = (each.quick_hint, each.quick_message, each.quick_why)
    yield from (k for k in (*said, *quick) if k)
