"""A record as FHIR: what a foreign server must be able to trust without knowing us."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from devices.reading import Comparator, Quantity, Remark
from health.fhir.bundle import bundle
from health.fhir.check import check
from health.fhir.codes import ABSENT, CATEGORY, INTERPRETATION, LOINC, TOTALS_LOCAL
from health.fhir.resources import (
    Bundle,
    Consent,
    Device,
    DeviceMetric,
    DiagnosticReport,
    Encounter,
    Observation,
    Patient,
    Provenance,
    RiskAssessment,
    Specimen,
    all_of,
    read,
    write,
)
from health.fhir.setting import FhirError
from health.record import Record
from health.visit import Answer, Control, Question, ScaleTotal, Skip, Visit
from health.visit import Consent as Agreed
from tests.health.fhir.visits import IDS, STATION, by_chance, observed, personas, record_of
from tests.whole import quick

Q = Quantity
PEOPLE = personas()
SHARED = sorted(name for name, visit in PEOPLE.items() if visit.consent is Agreed.SHARE)
SHEN = PEOPLE["shen"]


def _bundle(visit: Visit) -> Bundle:
    return read(bundle(record_of(visit), IDS))


def _coded(made: Bundle, code: str) -> Observation:
    (found,) = (o for o in all_of(made, Observation) if code in o.code.codes(LOINC))
    return found


def _letters(observation: Observation) -> list[str]:
    return [c for concept in observation.interpretation for c in concept.codes(INTERPRETATION)]


def _without_reason(observation: Observation) -> str | None:
    reason = observation.data_absent_reason
    return None if reason is None else reason.codes(ABSENT)[0]


@pytest.mark.parametrize("name", SHARED)
def test_a_persona_becomes_a_bundle_without_fault(name: str) -> None:
    assert check(bundle(record_of(PEOPLE[name]), IDS)) == ()


def _validator() -> Callable[[bytes], object]:
    witness = pytest.importorskip("fhir.resources.R4B.bundle", reason="needs fhir.resources")
    validate: Callable[[bytes], object] = witness.Bundle.model_validate_json
    return validate


@pytest.mark.parametrize("name", SHARED)
def test_a_persona_is_valid_by_the_definitions_of_fhir(name: str) -> None:
    _validator()(bundle(record_of(PEOPLE[name]), IDS))


@pytest.mark.parametrize("fifty", quick(range(20), lambda fifty: fifty % 7 == 0))
def test_any_visit_is_valid_by_the_definitions_of_fhir_and_without_fault(fifty: int) -> None:
    validate = _validator()
    for seed in range(50 * fifty, 50 * fifty + 50):
        made = bundle(record_of(by_chance(seed)), IDS)
        assert check(made) == (), seed
        validate(made)


def test_every_resource_of_a_visit_is_there_once() -> None:
    made = _bundle(SHEN)
    once = (Patient, Encounter, Consent, Specimen, DiagnosticReport, Provenance)
    assert [len(all_of(made, kind)) for kind in once] == [1] * len(once)
    assert len(all_of(made, Device)) == 1 + len(SHEN.instruments)
    assert {m.source.reference for m in all_of(made, DeviceMetric)} <= {
        f"Device/{id_}" for _, id_ in IDS.instruments
    }
    (report,) = all_of(made, DiagnosticReport)
    assert len(report.result) == len(all_of(made, Observation))


def test_the_same_record_is_the_same_bytes_and_reads_back_as_it_was() -> None:
    made = bundle(record_of(SHEN), IDS)
    assert bundle(record_of(SHEN), IDS) == made
    assert write(read(made)) == made


def test_the_identity_number_is_in_no_bundle() -> None:
    identity = SHEN.resident.identity
    assert identity is not None
    assert identity.encode() not in bundle(record_of(SHEN), IDS)


@pytest.mark.parametrize("demo", [True, False])
def test_a_simulated_visit_is_marked_as_test_data_on_every_resource_and_no_other_is(*, demo: bool) -> None:
    record = replace(record_of(replace(SHEN, demo=demo)), station=replace(STATION, demo=demo))
    made = read(bundle(record, IDS))
    assert {bool(e.resource.meta.security and e.resource.meta.tag) for e in made.entry} == {demo}


def test_who_agreed_to_paper_only_is_never_sent() -> None:
    with pytest.raises(FhirError, match="paper only"):
        bundle(record_of(replace(SHEN, consent=Agreed.PRINT_ONLY)), IDS)


def test_a_number_keeps_the_decimals_it_was_printed_with() -> None:
    visit = SHEN.with_observation(observed(Q.TOTAL_CHOLESTEROL, ["5.3"]))
    assert b'"value":5.30,"unit":"mmol/L"' in bundle(record_of(visit), IDS)


@pytest.mark.parametrize(
    ("skip", "reason"),
    [
        (Skip.DECLINED, "asked-declined"),
        (Skip.NO_RESULT, "error"),
        (Skip.PENDING, "temp-unknown"),
        (Skip.INSTRUMENT_AWAY, "error"),
        (Skip.STAFF_AWAY, "not-performed"),
        (Skip.NOT_REACHED, "not-performed"),
        (Skip.NOT_SAFE, "not-performed"),
    ],
)
def test_a_value_that_is_missing_says_why(skip: Skip, reason: str) -> None:
    assert _without_reason(_coded(_bundle(SHEN.with_missing(Q.SPO2, skip)), "2708-6")) == reason
    bare = replace(SHEN, observations=())
    for half in (Q.SYSTOLIC, Q.DIASTOLIC):
        bare = bare.with_missing(half, skip)
    panel = _coded(_bundle(bare), "85354-9")
    assert _without_reason(panel) == reason
    assert all(c.data_absent_reason for c in panel.component)


def test_a_value_off_the_scale_is_said_to_be_off_the_scale() -> None:
    low = _coded(
        _bundle(SHEN.with_observation(observed(Q.TOTAL_CHOLESTEROL, ["2.59"], comparator=Comparator.BELOW))),
        "14647-2",
    )
    assert low.value_quantity is not None
    assert (low.value_quantity.comparator, _letters(low)) == ("<", ["N", "<"])


@pytest.mark.parametrize(
    ("said", "letters"), [({"control": Control.OUT}, ["QCF"]), ({"value": Decimal(99)}, [])]
)
def test_a_value_not_to_be_trusted_is_not_passed_on(said: dict[str, Any], letters: list[str]) -> None:
    made = _coded(_bundle(SHEN.with_observation(observed(Q.GLUCOSE, ["5.9"], **said))), "14770-2")
    assert made.value_quantity is None
    assert (_without_reason(made), _letters(made)) == ("error", letters)


@pytest.mark.parametrize(
    ("quantity", "value", "code", "letters"),
    [
        (Q.GLUCOSE, "5.9", "14770-2", ["N"]),
        (Q.GLUCOSE, "6.1", "14770-2", ["H"]),
        (Q.GLUCOSE, "3.9", "14770-2", ["LL"]),
        (Q.GLUCOSE, "16.7", "14770-2", ["HH"]),
        (Q.HDL, "0.99", "14646-4", ["L"]),
        (Q.BODY_FAT, "31.0", "41982-0", []),
    ],
)
def test_the_interpretation_is_that_of_the_finding(
    quantity: Quantity, value: str, code: str, letters: list[str]
) -> None:
    assert _letters(_coded(_bundle(SHEN.with_observation(observed(quantity, [value]))), code)) == letters


def test_the_usual_range_holds_its_ends_as_fhir_means_them() -> None:
    (span,) = _coded(_bundle(SHEN.with_observation(observed(Q.GLUCOSE, ["5.9"]))), "14770-2").reference_range
    assert span.low is not None
    assert span.high is not None
    assert (str(span.low.value), str(span.high.value)) == ("4.0", "6.0")


@pytest.mark.parametrize(
    ("answer", "value", "reason", "glucose"),
    [
        (Answer.YES, "Y", None, "14770-2"),
        (Answer.NO, "N", None, "14743-9"),
        (Answer.UNKNOWN, None, "asked-unknown", "14743-9"),
        (None, None, "not-asked", "14743-9"),
    ],
)
def test_blood_never_travels_without_whether_she_had_eaten(
    answer: Answer | None, value: str | None, reason: str | None, glucose: str
) -> None:
    visit = replace(SHEN, answers=()).with_observation(observed(Q.GLUCOSE, ["5.9"]))
    made = _bundle(visit if answer is None else visit.with_answer(Question.FASTING, answer))
    status = _coded(made, "49541-6")
    said = status.value_codeable_concept
    assert (said.coding[0].code if said else None, _without_reason(status)) == (value, reason)
    assert _coded(made, glucose).specimen is not None


def test_right_and_left_hand_have_their_own_codes() -> None:
    made = _bundle(SHEN)
    values = [_coded(made, code).value_quantity for code in ("83174-3", "83173-5")]
    printed = [SHEN.value_of(q) for q in (Q.GRIP_RIGHT, Q.GRIP_LEFT)]
    assert [v.value for v in values if v] == [o.value for o in printed if o]


def test_a_risk_is_a_percentage_in_ten_years_and_none_is_given_at_eighty_six() -> None:
    assert all_of(_bundle(SHEN), RiskAssessment) == ()
    risks = all_of(_bundle(PEOPLE["chen"]), RiskAssessment)
    assert len(risks) == 2
    for risk in risks:
        (said,) = risk.prediction
        assert 1 < said.probability_decimal <= 100
        assert (said.when_period.start, said.when_period.end) == ("2026-11-23", "2036-11-23")
        assert risk.basis


def test_ten_years_after_a_leap_day_there_is_a_day_too() -> None:
    chen = replace(PEOPLE["chen"], on=date(2028, 2, 29))
    (said,) = all_of(_bundle(chen), RiskAssessment)[0].prediction
    assert said.when_period.end == "2038-02-28"


@pytest.mark.parametrize(
    ("total", "system", "code", "letter"),
    [
        (ScaleTotal("phq9", 9), LOINC, "44261-6", "N"),
        (ScaleTotal("phq9", 10), LOINC, "44261-6", "A"),
        (ScaleTotal("mini_cog", 2, asked_here=False), LOINC, "72234-8", "A"),
        (ScaleTotal("self_care", 3), TOTALS_LOCAL, "self_care", "N"),
        (ScaleTotal("ad8", 8, asked_here=False), TOTALS_LOCAL, "ad8", "A"),
    ],
)
def test_a_total_of_a_scale_is_a_survey_without_its_answers(
    total: ScaleTotal, system: str, code: str, letter: str
) -> None:
    record = record_of(SHEN.with_total(ScaleTotal(total.scale, 0)).with_total(total))
    assert check(bundle(record, IDS)) == ()
    (found,) = (o for o in all_of(read(bundle(record, IDS)), Observation) if code in o.code.codes(system))
    assert found.value_quantity is not None
    assert int(found.value_quantity.value) == total.points
    assert found.value_quantity.code == "{score}"
    assert _letters(found) == [letter]
    assert found.category[0].codes(CATEGORY) == ("survey",)


def test_the_report_says_the_sentences_of_the_sheet() -> None:
    (report,) = all_of(_bundle(SHEN), DiagnosticReport)
    assert "血压今天偏高，请这周去看家庭医生。" in report.conclusion
    draft = _bundle(replace(SHEN, incomplete=True))
    assert [r.status for r in all_of(draft, DiagnosticReport)] == ["partial"]
    assert [e.status for e in all_of(draft, Encounter)] == ["in-progress"]


def test_a_pulse_from_the_finger_says_so_and_an_irregular_one_is_remarked() -> None:
    made = _bundle(SHEN.with_observation(observed(Q.SPO2, ["97"])))
    assert _coded(made, "8867-4").code.codes(LOINC) == ("8867-4",)
    pulse = replace(observed(Q.PULSE, ["71"], remarks=(Remark.IRREGULAR_PULSE,)), instrument="finger")
    said = _coded(_bundle(SHEN.with_observation(observed(Q.SPO2, ["97"])).with_observation(pulse)), "8867-4")
    assert said.code.codes(LOINC) == ("8867-4", "8889-8")
    assert len(said.note) == 1


@pytest.mark.parametrize(
    "record",
    [
        record_of(replace(SHEN, closed_at=datetime(2026, 11, 23, 9, 0))),  # noqa: DTZ001 - what is refused
        record_of(replace(SHEN, instruments=(replace(SHEN.instruments[0], id="other"),))),
    ],
)
def test_what_cannot_be_said_truly_is_refused(record: Record) -> None:
    with pytest.raises(FhirError):
        bundle(record, IDS)


def test_without_any_time_the_day_stands_and_the_clinic_says_when_it_had_it() -> None:
    bare = replace(SHEN, opened_at=None, closed_at=None, observations=(), consent=None, instruments=())
    made = _bundle(bare)
    (report,) = all_of(made, DiagnosticReport)
    assert report.effective_date_time == "2026-11-23"
    assert report.issued == IDS.recorded.astimezone(UTC).isoformat().replace("+00:00", "Z")
