"""The file that ``assess`` and ``report`` take: one visit, written by hand or by another program.

Strict: a key that is not known is refused by name, so a misspelt one is never silently left out. Units are
UCUM and are converted once, here. What a person wrote is read; nothing is judged.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from devices.reading import Quantity
from health.caseshape import AnswersShape, CaseShape, ObservationShape, SampleShape
from health.errors import HealthError
from health.quantity import MEASURES, converted
from health.station import Station
from health.visit import (
    Answer,
    Observation,
    PastVisit,
    Question,
    Resident,
    Sample,
    Visit,
)
from health.words import languages

_NUMBERS = frozenset({"value", "age", "readings"})
_HALF = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
# Inside a visit no line opens with a brace: a visit over several lines is indented.
_NEXT_VISIT = re.compile(r"\n\{")
# Nobody has lived so long; beyond it a year was written wrongly.
OLDEST = 130
# Longer than any name on an identity card; what is longer was not meant as one.
LONGEST_NAME = 200


class CaseError(HealthError):
    """A file that is not a visit; the sentence says what and where."""


class Case(msgspec.Struct, frozen=True):
    """One visit as a file gave it, with what the report needs besides."""

    visit: Visit
    history: tuple[PastVisit, ...] = ()
    station: Station = msgspec.field(default_factory=lambda: Station(id="", name=""))
    lang: str = "zh_CN"
    large: bool = False
    copy: bool = False


def read_case(text: str) -> Case:
    """The one visit in ``text``. Raises ``CaseError`` for anything that is not exactly that."""
    first, *others = read_cases(text)
    if isinstance(first, CaseError):
        raise first
    if others:
        raise CaseError(f"There are {1 + len(others)} visits in the file; give exactly one.")
    return first


def read_cases(text: str) -> Iterator[Case | CaseError]:
    """The visits in ``text``, one JSON object or several, a line each; in place of a wrong one what is wrong.

    What follows a wrong visit is read: after its end or, where that cannot be found, from the next line that
    opens a visit. Raises ``CaseError`` where there is no visit at all.
    """
    place = _skip(text, 0)
    if place == len(text):
        raise CaseError("The file is empty; write a visit into it.")
    while place < len(text):
        read, place = _next(text, place)
        yield read


def _next(text: str, place: int) -> tuple[Case | CaseError, int]:
    """The visit at ``place``, and where the one after it begins."""
    line = text.count("\n", 0, place) + 1
    found = _NEXT_VISIT.search(text, place)
    after = len(text) if found is None else found.end() - 1
    decoder = json.JSONDecoder(object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_constant)
    try:
        said, end = decoder.raw_decode(text, place)
        after = _skip(text, end)
        return _case(_shaped(said), text[place:end]), after
    except json.JSONDecodeError as wrong:
        return CaseError(_not_json(wrong, line)), after
    except msgspec.ValidationError as wrong:
        return CaseError(f"The visit in line {line} cannot be read: {_plainly(wrong)}."), after
    except ValueError:
        return CaseError(f"Line {line} holds a number that is far too long; write what was measured."), after
    except RecursionError:
        return CaseError(f"The visit in line {line} is nested too deeply; write it flat."), after
    except HealthError as wrong:
        return CaseError(f"The visit in line {line} cannot be read: {wrong}"), after


def _shaped(said: object) -> CaseShape:
    """``said`` in its shape. A wrong observation is named by its key, which msgspec writes as ``[...]``."""
    try:
        return msgspec.convert(said, CaseShape)
    except msgspec.ValidationError:
        seen = said.get("observations") if isinstance(said, dict) else None
        for name, one in seen.items() if isinstance(seen, dict) else ():
            try:
                msgspec.convert(one, ObservationShape)
            except msgspec.ValidationError as wrong:
                raise CaseError(f"{name} is not whole: {_plainly(wrong)}.") from wrong
        raise


def _plainly(wrong: msgspec.ValidationError) -> str:
    """What is wrong with the shape, for somebody who has the file open and not our types."""
    said = str(wrong)
    if said == "Expected `object`, got `array`":
        return "give visits one after another, not in a list"
    for theirs, ours in _PLAINLY:
        said = said.replace(theirs, ours)
    return said


_PLAINLY = (
    ("Invalid RFC3339 encoded datetime", "a moment is written as 2026-11-23T01:02:03Z"),
    ("Invalid RFC3339 encoded date", "a day is written as 2026-11-23"),
    ("Object missing required field", "there is no"),
    ("Object contains unknown field", "nobody knows the key"),
    ("Invalid enum value", "nobody knows the word"),
)


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


def _not_json(wrong: json.JSONDecodeError, begun: int) -> str:
    """Where the text ends too early, the line named is the last one with something in it."""
    whole = wrong.doc.rstrip()
    if wrong.pos >= len(whole):
        last = whole.count("\n") + 1
        return f"Line {last} ends in the middle of a visit; give the whole file."
    if wrong.lineno != begun:
        return f"The visit that begins in line {begun} is not JSON; see line {wrong.lineno}: {wrong.msg}."
    return f"Line {begun} is not JSON: {wrong.msg}."


def _no_constant(name: str) -> object:
    raise CaseError(f"{name} is not a number; write digits.")


def _case(said: CaseShape, text: str) -> Case:
    who = said.resident
    if who.birth_date is not None and who.age is not None:
        raise CaseError("resident has both birth_date and age; keep one.")
    if who.birth_date is not None and who.birth_date > said.on:
        raise CaseError("resident.birth_date lies after the visit; check the dates.")
    born = Resident(birth_date=who.birth_date, age=who.age).age_on(said.on)
    if born is not None and born > OLDEST:
        raise CaseError(f"resident is more than {OLDEST} years old; check age or birth_date.")
    # Two languages with a plus between them are a sheet in both.
    for language in said.lang.split("+"):
        if language not in languages():
            raise CaseError(f"there is no language {language!r}; choose one of {', '.join(languages())}.")
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


def _observations(said: dict[Quantity, ObservationShape]) -> tuple[Observation, ...]:
    found = tuple(_observation(quantity, each) for quantity, each in said.items())
    # One cuff takes both pressures; the method said of one is that of the other.
    methods = {o.method for o in found if o.quantity in _PRESSURES and o.method is not None}
    if len(methods) != 1:
        return found
    method = methods.pop()
    return tuple(replace(o, method=method) if o.quantity in _PRESSURES else o for o in found)


_PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


def _observation(quantity: Quantity, said: ObservationShape) -> Observation:
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


def _sample(said: SampleShape | Decimal, unit: str) -> Sample:
    if isinstance(said, Decimal):
        return Sample(_number(said), unit)
    return Sample(_number(said.value), said.unit or unit, said.comparator, said.at, arm=said.arm)


def _number(value: Decimal) -> Decimal:
    """``value`` if it is a plain number that could be written on paper."""
    if not value.is_finite() or value < 0 or abs(value.adjusted()) > 9:
        raise CaseError(f"{value} is not a number that was measured; write what the instrument showed.")
    return value


def _answers(said: AnswersShape) -> tuple[tuple[Question, Answer], ...]:
    asked = msgspec.structs.asdict(said)
    found = ((question, asked[question]) for question in Question)
    return tuple((question, _answer(value)) for question, value in found if value is not UNSET)


def _answer(said: object) -> Answer:
    if said == "unknown":
        return Answer.UNKNOWN
    return Answer.YES if said else Answer.NO
