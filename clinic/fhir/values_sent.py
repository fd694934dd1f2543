"""The values in a transaction: which quantity a code is, whether its number, unit and time can be taken.

What a program calculated from other values is not taken: the clinic calculates it again. A pressure of
several readings is their mean, where the mean was sent with them.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timezone
from decimal import Decimal, InvalidOperation

import msgspec
from msgspec.structs import replace

from clinic.fhir.sent import Amount, Concept, Observation, Sent
from clinic.fhir.spans import span_of
from devices.reading import Comparator, Confidential, Quantity
from health.fhir.codes import (
    BMI,
    FASTING,
    GLUCOSE_FASTING,
    LDL_MARTIN,
    LOCAL,
    MEAN_DIASTOLIC,
    MEAN_PRESSURE,
    MEAN_SYSTOLIC,
    NON_HDL,
    PRESSURE,
    TERMS_OF,
    TOTALS,
    TOTALS_LOCAL,
)
from health.fhir.pressures import KEY, METHODS
from health.quantity import MEASURES
from health.visit import Answer, Method, Question, Sample
from health.visit import Observation as Measured

_QUANTITY_OF: Mapping[str, Quantity] = {
    **{term.code: quantity for quantity, term in TERMS_OF.items()},
    MEAN_SYSTOLIC.code: Quantity.SYSTOLIC,
    MEAN_DIASTOLIC.code: Quantity.DIASTOLIC,
    GLUCOSE_FASTING.code: Quantity.GLUCOSE,
}
_CALCULATED = frozenset({BMI.code, NON_HDL.code, LDL_MARTIN.code, *(term.code for term in TOTALS.values())})
_FASTED = {"Y": Answer.YES, "N": Answer.NO}
_METHODS: Mapping[str, Method] = {text: method for method, text in METHODS.items()}
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_MOST_DIGITS, _LARGEST, _FINEST = 12, 6, -6
HALVES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


class Values(Confidential, msgspec.Struct):
    """What was found. ``keys`` names, by the number of its entry, the part of a visit that it becomes.

    ``times`` are those of the entries; ``places`` the entries that hold a value.
    """

    found: tuple[Measured, ...] = ()
    answers: tuple[tuple[Question, Answer], ...] = ()
    keys: dict[int, str] = msgspec.field(default_factory=dict)
    times: dict[int, datetime] = msgspec.field(default_factory=dict)

    @property
    def places(self) -> tuple[int, ...]:
        """The entries that hold a value."""
        return tuple(self.keys)


def values_of(sent: Sent, zone: timezone) -> Values:
    """The values; each fault is noted in ``sent``."""
    values = Values()
    measured: list[Measured] = []
    pressures: list[tuple[int, Observation]] = []
    answers: dict[Question, Answer] = {}
    for number, one in sent.observations:
        codes = one.code.loinc()
        if {PRESSURE.code, MEAN_PRESSURE.code} & set(codes):
            pressures.append((number, one))
        elif FASTING.code in codes:
            answers |= _fasted(one)
        elif not _is_calculated(one) and not _is_absent(one):
            measured.extend(_value(sent, values, number, one, zone))
            if GLUCOSE_FASTING.code in codes:
                answers[Question.FASTING] = Answer.YES
    measured.extend(_pressure(sent, values, pressures, zone))
    if len({one.quantity for one in measured}) != len(measured):
        for number in values.places:
            sent.wrong(number, "One thing is measured in it more than once; send the value that holds.")
    values.found, values.answers = tuple(measured), tuple(answers.items())
    return values


def _value(sent: Sent, values: Values, number: int, one: Observation, zone: timezone) -> Iterator[Measured]:
    quantity = _quantity(one.code)
    if quantity is None or quantity in HALVES:
        sentence = "One half of a pressure is missing; send the panel." if quantity else ""
        sent.wrong(
            number,
            sentence or "A code in it is none that this clinic takes; LOINC codes are.",
            "resource.code",
        )
        return
    at, amount = _time(sent, number, one, zone), _amount(sent, number, one.value_quantity, quantity)
    if at is None or amount is None or one.value_quantity is None:
        return
    values.keys[number], values.times[number] = f"observation/{quantity}", at
    yield _measured(quantity, amount, one.value_quantity, at)


def _pressure(
    sent: Sent, values: Values, panels: list[tuple[int, Observation]], zone: timezone
) -> Iterator[Measured]:
    means = [one for one in panels if MEAN_PRESSURE.code in one[1].code.loinc()]
    holds = means or panels
    if len(holds) > 1:
        for number, _ in holds:
            sent.wrong(number, "One thing is measured in it more than once; send the value that holds.")
        return
    samples: dict[Quantity, list[Sample]] = {half: [] for half in HALVES}
    readings_first = [*(one for one in panels if one not in holds), *holds]
    for place, (number, one) in enumerate(readings_first, start=1):
        at = _time(sent, number, one, zone)
        found = dict(_halves(sent, number, one))
        if at is None or not found:
            continue
        is_reading = (number, one) not in holds
        values.keys[number] = f"observation/{KEY}/{place}" if is_reading else f"observation/{KEY}"
        values.times[number] = at
        for quantity, (value, amount) in found.items():
            if is_reading:
                samples[quantity].append(Sample(value, amount.code, at=at))
            else:
                method = None if one.method is None else _METHODS.get(one.method.text)
                readings = tuple(samples[quantity])
                measured = _measured(quantity, value, amount, at)
                yield replace(measured, method=method, samples=readings)


def _halves(sent: Sent, number: int, panel: Observation) -> Iterator[tuple[Quantity, tuple[Decimal, Amount]]]:
    told = {_quantity(half.code): half for half in panel.component}
    for quantity in HALVES:
        half = told.get(quantity)
        if half is None:
            if not _is_absent(panel):
                sent.wrong(number, "One half of a pressure is missing.", "resource.component")
            continue
        if half.value_quantity is None and half.data_absent_reason is not None:
            continue
        value = _amount(sent, number, half.value_quantity, quantity)
        if value is not None and half.value_quantity is not None:
            yield quantity, (value, half.value_quantity)


def _measured(quantity: Quantity, value: Decimal, amount: Amount, at: datetime) -> Measured:
    comparator = None if amount.comparator is None else Comparator(amount.comparator)
    return Measured(quantity, value, amount.code, comparator=comparator, at=at)


def _amount(sent: Sent, number: int, amount: Amount | None, quantity: Quantity) -> Decimal | None:
    """The number, None (and a fault) where it cannot be taken."""
    value = None if amount is None else _decimal(amount.value)
    if amount is None or value is None:
        sent.wrong(number, "A value is missing or is no number that is measured.", "resource.value")
    elif amount.code != MEASURES[quantity].unit:
        sent.wrong(number, "A unit in it is not the one of its code (UCUM).", "resource.value.code")
    elif amount.comparator not in {None, "<", ">"}:
        sent.wrong(number, "A comparator in it is not < or >.", "resource.value.comparator")
    else:
        return value
    return None


def _decimal(raw: msgspec.Raw) -> Decimal | None:
    """The number as it is written; None for one that no instrument shows."""
    try:
        value = Decimal(bytes(raw).decode("ascii"))
    except (InvalidOperation, UnicodeDecodeError):
        return None
    if not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    small = len(digits) <= _MOST_DIGITS and value.adjusted() < _LARGEST
    return value if small and isinstance(exponent, int) and exponent >= _FINEST else None


def _time(sent: Sent, number: int, one: Observation, zone: timezone) -> datetime | None:
    text = one.effective_date_time
    try:
        at = span_of(text, zone).low
    except ValueError:
        at = None
    if at is None or not _EARLIEST < at < _LATEST or "T" not in text:
        sent.wrong(number, "It needs its time: an effectiveDateTime to the minute.", "resource.effective")
        return None
    if not (text.endswith("Z") or text[-6] in "+-"):
        sent.wrong(number, "A time in it has no zone.", "resource.effective")
        return None
    return at


def _fasted(one: Observation) -> dict[Question, Answer]:
    coding = () if one.value_codeable_concept is None else one.value_codeable_concept.coding
    said = next((code.code for code in coding if code.code in _FASTED), None)
    return {} if said is None else {Question.FASTING: _FASTED[said]}


def _quantity(concept: Concept) -> Quantity | None:
    return next((_QUANTITY_OF[code] for code in concept.loinc() if code in _QUANTITY_OF), None)


def _is_calculated(one: Observation) -> bool:
    own = any(coding.system in {LOCAL, TOTALS_LOCAL} for coding in one.code.coding)
    return own or bool(one.derived_from) or bool(_CALCULATED & set(one.code.loinc()))


def _is_absent(one: Observation) -> bool:
    return one.data_absent_reason is not None and one.value_quantity is None
