"""The file that ``assess`` and ``report`` take: one visit, written by hand or by another program.

Strict: a key that is not known is refused by name, so a misspelt one is never silently left out. Units are
UCUM and are converted once, here. What a person wrote is read; nothing is judged.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import UNSET, UnsetType

from devices.reading import Comparator, Quantity
from health.errors import HealthError
from health.quantity import MEASURES, converted
from health.station import Station
from health.visit import (
    Answer,
    Arm,
    Control,
    Method,
    Observation,
    PastVisit,
    Question,
    Resident,
    Sample,
    Sex,
    Visit,
)

_NUMBERS = frozenset({"value", "age", "readings"})
_HALF = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")


# Nobody has lived so long; beyond it a year was written wrongly.
OLDEST = 130
# Longer than any name on an identity card; what is longer was not meant as one.
LONGEST_NAME = 200


class CaseError(HealthError):
    """A file that is not a visit; the sentence says what and where."""


@dataclass(frozen=True, slots=True)
class Case:
    """One visit as a file gave it, with what the report needs besides."""

    visit: Visit
    history: tuple[PastVisit, ...] = ()
    station: Station = field(default_factory=lambda: Station(id="", name=""))
    lang: str = "zh_CN"
    large: bool = False
    copy: bool = False


class _Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Decimal
    unit: str | None = None
    comparator: Comparator | None = None
    at: datetime | None = None
    arm: Arm | None = None


class _Observation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Decimal
    unit: str
    comparator: Comparator | None = None
    method: Method | None = None
    instrument: str | None = None
    at: datetime | None = None
    qc: Control | None = None
    readings: tuple[_Sample | Decimal, ...] = ()


class _Resident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sex: Sex | None = None
    birth_date: date | None = None
    age: Decimal | None = None
    name: str | None = None


class _Past(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: date
    observations: dict[Quantity, _Observation] = {}


_Said = bool | Literal["unknown"] | UnsetType


class _Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    smoker: _Said = UNSET
    diabetes: _Said = UNSET
    bp_treated: _Said = UNSET
    known_cvd: _Said = UNSET
    kidney_disease: _Said = UNSET
    fasting: _Said = UNSET
    pacemaker: _Said = UNSET
    family_history_ascvd: _Said = UNSET
    north_china: _Said = UNSET
    urban: _Said = UNSET
    danger_signs: tuple[str, ...] | None = None


class _Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: date
    resident: _Resident = _Resident()
    observations: dict[Quantity, _Observation] = {}
    answers: _Answers = _Answers()
    history: tuple[_Past, ...] = ()
    station: str = ""
    lang: str = "zh_CN"
    large: bool = False
    copy: bool = False


def read_case(text: str) -> Case:
    """The one visit in ``text``. Raises ``CaseError`` for anything that is not exactly that."""
    cases = list(read_cases(text))
    if len(cases) != 1:
        raise CaseError(f"There are {len(cases)} visits in the file; give exactly one.")
    return cases[0]


def read_cases(text: str) -> Iterator[Case]:
    """The visits in ``text``, one JSON object or several, a line each. Raises ``CaseError`` with the line."""
    decoder = json.JSONDecoder(object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_constant)
    place = _skip(text, 0)
    if place == len(text):
        raise CaseError("The file is empty; write a visit into it.")
    while place < len(text):
        line = text.count("\n", 0, place) + 1
        try:
            said, end = decoder.raw_decode(text, place)
            case = _case(_shaped(said), text[place:end])
        except json.JSONDecodeError as wrong:
            raise CaseError(_not_json(wrong)) from wrong
        except msgspec.ValidationError as wrong:
            raise CaseError(f"The visit in line {line} cannot be read: {wrong}.") from wrong
        except ValueError as wrong:
            raise CaseError(
                f"Line {line} holds a number that is far too long; write what was measured."
            ) from wrong
        except RecursionError as wrong:
            raise CaseError(f"The visit in line {line} is nested too deeply; write it flat.") from wrong
        except HealthError as wrong:
            raise CaseError(f"The visit in line {line} cannot be read: {wrong}") from wrong
        yield case
        place = _skip(text, end)


def _shaped(said: object) -> _Case:
    """``said`` in its shape. A wrong observation is named by its key, which msgspec writes as ``[...]``."""
    try:
        return msgspec.convert(said, _Case)
    except msgspec.ValidationError:
        seen = said.get("observations") if isinstance(said, dict) else None
        for name, one in seen.items() if isinstance(seen, dict) else ():
            try:
                msgspec.convert(one, _Observation)
            except msgspec.ValidationError as wrong:
                raise CaseError(f"{name} is not whole: {wrong}.") from wrong
        raise


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n\ufeff":
        place += 1
    return place


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said: dict[str, object] = {}
    for key, value in pairs:
        if key in said:
            raise CaseError(f"the key {key!r} stands twice; keep one.")
        if isinstance(value, str) and _HALF.search(value):
            raise CaseError(f"{key} holds half a character; write it anew.")
        if key in _NUMBERS:
            _must_be_plain(key, value)
        said[key] = value
    return said


def _must_be_plain(key: str, value: object) -> None:
    """A number between quotes is digits and a point; Python's ``Decimal`` would take much more."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and _PLAIN.fullmatch(one) is None:
            raise CaseError(f"{key} {one[:20]!r} is not a plain number; write digits and a point, as 5.1.")


def _not_json(wrong: json.JSONDecodeError) -> str:
    """Where the text ends too early, the line named is the last one with something in it."""
    whole = wrong.doc.rstrip()
    if wrong.pos >= len(whole):
        last = whole.count("\n") + 1
        return f"Line {last} ends in the middle of a visit; give the whole file."
    return f"Line {wrong.lineno} is not JSON: {wrong.msg}."


def _no_constant(name: str) -> object:
    raise CaseError(f"{name} is not a number; write digits.")


def _case(said: _Case, text: str) -> Case:
    who = said.resident
    if who.birth_date is not None and who.age is not None:
        raise CaseError("resident has both birth_date and age; keep one.")
    if who.birth_date is not None and who.birth_date > said.on:
        raise CaseError("resident.birth_date lies after the visit; check the dates.")
    born = Resident(birth_date=who.birth_date, age=who.age).age_on(said.on)
    if born is not None and born > OLDEST:
        raise CaseError(f"resident is more than {OLDEST} years old; check age or birth_date.")
    if any(past.on > said.on for past in said.history):
        raise CaseError("history holds a visit later than this one; check the dates.")
    if who.name is not None and len(who.name) > LONGEST_NAME:
        raise CaseError(f"resident.name is longer than {LONGEST_NAME} characters; write the name only.")
    visit = Visit(
        id=uuid5(NAMESPACE_URL, text),
        on=said.on,
        resident=Resident(who.sex, who.birth_date, None if who.age is None else _number(who.age), who.name),
        observations=_observations(said.observations),
        answers=_answers(said.answers),
        danger_signs=said.answers.danger_signs,
    )
    history = tuple(PastVisit(past.on, _observations(past.observations)) for past in said.history)
    station = Station(id=said.station, name=said.station)
    return Case(visit, history, station, said.lang, said.large, said.copy)


def _observations(said: dict[Quantity, _Observation]) -> tuple[Observation, ...]:
    found = tuple(_observation(quantity, each) for quantity, each in said.items())
    # One cuff takes both pressures; the method said of one is that of the other.
    methods = {o.method for o in found if o.quantity in _PRESSURES and o.method is not None}
    if len(methods) != 1:
        return found
    method = methods.pop()
    return tuple(replace(o, method=method) if o.quantity in _PRESSURES else o for o in found)


_PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


def _observation(quantity: Quantity, said: _Observation) -> Observation:
    return Observation(
        quantity=quantity,
        value=converted(quantity, _number(said.value), said.unit),
        unit=MEASURES[quantity].unit,
        comparator=said.comparator,
        method=said.method,
        at=said.at,
        instrument=said.instrument,
        control=said.qc,
        samples=tuple(_sample(each, said.unit) for each in said.readings),
    )


def _sample(said: _Sample | Decimal, unit: str) -> Sample:
    if isinstance(said, Decimal):
        return Sample(_number(said), unit)
    return Sample(_number(said.value), said.unit or unit, said.comparator, said.at, arm=said.arm)


def _number(value: Decimal) -> Decimal:
    """``value`` if it is a plain number that could be written on paper."""
    if not value.is_finite() or value < 0 or abs(value.adjusted()) > 9:
        raise CaseError(f"{value} is not a number that was measured; write what the instrument showed.")
    return value


def _answers(said: _Answers) -> tuple[tuple[Question, Answer], ...]:
    asked = msgspec.structs.asdict(said)
    found = ((question, asked[question]) for question in Question)
    return tuple((question, _answer(value)) for question, value in found if value is not UNSET)


def _answer(said: object) -> Answer:
    if said == "unknown":
        return Answer.UNKNOWN
    return Answer.YES if said else Answer.NO
