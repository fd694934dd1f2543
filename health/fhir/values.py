"""Every value of a visit but the pressures: measured, absent, derived, and the fasting status beside blood.

A value out of control or not believed is not passed on; its place says why. It must not calculate a value.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TypedDict, Unpack

from devices.reading import Quantity, Remark
from health.assessment import Derived
from health.fhir.around import blood_of, named, text
from health.fhir.codes import (
    ABSENT_REASONS,
    CATEGORY,
    DERIVED,
    DERIVED_METHODS,
    FASTING,
    GATEWAY,
    GLUCOSE_FASTING,
    LABORATORY,
    LOCAL,
    LOCAL_NAMES,
    OXYGEN_BY_LIGHT,
    PULSE_BY_LIGHT,
    TERMS_OF,
    VITAL,
    YES_NO,
    coded,
)
from health.fhir.marks import absent, amount, interpretation, interpreted, said_about, said_of, shown, usual
from health.fhir.parts import Amount, Component, Concept, Extension, Note, Range, Reference
from health.fhir.resources import Observation
from health.fhir.setting import Setting, to
from health.visit import Answer, Missing, Question
from health.visit import Observation as Measured

PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)
# What each derived value was made from; "pressure" is the panel of the printed pair.
SOURCES = {
    "bmi": ("body_height", "body_weight"),
    "non_hdl": ("total_cholesterol", "hdl"),
    "ldl_sampson": ("total_cholesterol", "hdl", "triglycerides"),
    "ldl_friedewald": ("total_cholesterol", "hdl", "triglycerides"),
    "ldl_martin_hopkins": ("total_cholesterol", "hdl", "triglycerides"),
    "pulse_pressure": ("pressure",),
    "mean_pressure": ("pressure",),
}
FASTED = {Answer.YES: ("Y", "Yes"), Answer.NO: ("N", "No")}


class _More(TypedDict, total=False):
    """The elements that only some observations have."""

    value_quantity: Amount | None
    value_codeable_concept: Concept | None
    data_absent_reason: Concept | None
    interpretation: tuple[Concept, ...]
    note: tuple[Note, ...]
    body_site: Concept | None
    method: Concept | None
    specimen: Reference | None
    device: Reference | None
    reference_range: tuple[Range, ...]
    derived_from: tuple[Reference, ...]
    component: tuple[Component, ...]


def named_observation(
    setting: Setting, key: str, code: Concept, category: str, at: datetime | None, **more: Unpack[_More]
) -> Observation:
    """An observation of this visit under ``key``, with what every one has."""
    id_ = setting.id_of(f"observation/{key}")
    # A phone or server sees at once that a station stood between the instrument and itself.
    gateway = (Extension(url=GATEWAY, value_reference=setting.station),) if more.get("device") else ()
    return Observation(
        id=id_,
        identifier=named(id_),
        extension=gateway,
        status=setting.holds,
        category=(coded(CATEGORY, category),),
        code=code,
        subject=setting.patient,
        encounter=setting.encounter,
        effective_date_time=setting.when(at),
        **more,
    )


def by_device(setting: Setting, measured: Measured | None) -> Reference | None:
    """A link to the instrument, where the visit knows which."""
    known = {i.id for i in setting.visit.instruments}
    if measured is None or measured.instrument not in known:
        return None
    return to("Device", setting.device(measured.instrument))


def values(setting: Setting) -> Iterator[Observation]:
    """One observation for each value measured or missing, and for each derived from them."""
    for measured in setting.visit.observations:
        if measured.quantity not in PRESSURES:
            yield _measured(setting, measured)
    for missing in setting.visit.missing:
        if missing.quantity not in PRESSURES:
            yield _missing(setting, missing)
    for derived in setting.record.assessment.derived:
        yield _derived(setting, derived)
    if any(TERMS_OF[o.quantity].category == LABORATORY for o in setting.visit.observations):
        yield _fasting(setting)


def _measured(setting: Setting, measured: Measured) -> Observation:
    quantity = measured.quantity
    doubtful = setting.doubtful(measured)
    finding = None if doubtful else said_of(setting, quantity)
    marks = interpretation(finding, None if doubtful else measured.comparator)
    if setting.out_of_control(measured):
        marks = (interpreted("QCF"),)
    return named_observation(
        setting,
        str(quantity),
        _code(setting, measured),
        TERMS_OF[quantity].category,
        measured.at,
        value_quantity=None if doubtful else shown(measured),
        data_absent_reason=absent("error") if doubtful else None,
        interpretation=marks,
        note=_remarks(measured),
        method=_method(setting, measured),
        specimen=blood_of(setting) if TERMS_OF[quantity].category == LABORATORY else None,
        device=by_device(setting, measured),
        reference_range=usual(finding),
    )


def _code(setting: Setting, measured: Measured) -> Concept:
    term = TERMS_OF[measured.quantity]
    if measured.quantity is Quantity.GLUCOSE and setting.visit.answer_to(Question.FASTING) is Answer.YES:
        return GLUCOSE_FASTING.concept()
    if measured.quantity is Quantity.SPO2:
        return term.concept(OXYGEN_BY_LIGHT)
    return term.concept(PULSE_BY_LIGHT) if _by_light(setting, measured) else term.concept()


def _by_light(setting: Setting, measured: Measured) -> bool:
    oxygen = setting.visit.value_of(Quantity.SPO2)
    if measured.quantity is not Quantity.PULSE or oxygen is None or measured.instrument is None:
        return False
    return oxygen.instrument == measured.instrument


def _method(setting: Setting, measured: Measured) -> Concept | None:
    if measured.quantity in {Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT}:
        return text(f"dynamometer, best of {max(1, len(measured.samples))} tries")
    if TERMS_OF[measured.quantity].category != LABORATORY:
        return None
    said = "as the meter gives it, from capillary blood"
    return text(f"calculated {said}" if measured.quantity is Quantity.LDL else said)


def _remarks(measured: Measured) -> tuple[Note, ...]:
    irregular = any(Remark.IRREGULAR_PULSE in s.remarks for s in measured.samples)
    return (Note(text="The instrument remarked an irregular pulse."),) if irregular else ()


def _missing(setting: Setting, missing: Missing) -> Observation:
    term = TERMS_OF[missing.quantity]
    reason = absent(ABSENT_REASONS[missing.reason])
    return named_observation(
        setting, str(missing.quantity), term.concept(), term.category, None, data_absent_reason=reason
    )


def _derived(setting: Setting, derived: Derived) -> Observation:
    term = DERIVED.get(derived.name)
    code = term.concept() if term else coded(LOCAL, derived.name, LOCAL_NAMES[derived.name])
    return named_observation(
        setting,
        derived.name,
        code,
        term.category if term else VITAL,
        None,
        value_quantity=amount(derived.value, derived.unit),
        interpretation=interpretation(said_about(setting, derived.name)),
        method=text(DERIVED_METHODS[derived.name]),
        specimen=blood_of(setting) if term and term.category == LABORATORY else None,
        derived_from=tuple(setting.observation(name) for name in SOURCES[derived.name]),
    )


def _fasting(setting: Setting) -> Observation:
    said = setting.visit.answer_to(Question.FASTING)
    known = None if said is None else FASTED.get(said)
    missing = None if known else absent("asked-unknown" if said else "not-asked")
    return named_observation(
        setting,
        "fasting",
        FASTING.concept(),
        LABORATORY,
        None,
        value_codeable_concept=coded(YES_NO, *known) if known else None,
        data_absent_reason=missing,
    )
