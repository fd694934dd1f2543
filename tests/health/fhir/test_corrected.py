"""An amended visit, or one entered in error, is sent again under its ids, with every conclusion marked."""

import pytest

from health.fhir.bundle import bundle
from health.fhir.check import check
from health.fhir.resources import DiagnosticReport, Encounter, Observation, RiskAssessment, all_of, read
from health.fhir.setting import Holds
from tests.health.fhir.visits import IDS, personas, record_of

CHEN = record_of(personas()["chen"])


@pytest.mark.parametrize("holds", list(Holds))
def test_every_observation_score_and_report_says_how_the_visit_holds(holds: Holds) -> None:
    said = bundle(CHEN, IDS, holds)
    made = read(said)
    assert {one.status for one in all_of(made, Observation)} == {holds.value}
    assert {one.status for one in all_of(made, RiskAssessment)} == {holds.value}
    assert {one.status for one in all_of(made, DiagnosticReport)} == {holds.value}
    (visit,) = all_of(made, Encounter)
    assert visit.status == ("entered-in-error" if holds is Holds.ENTERED_IN_ERROR else "finished")
    assert check(said) == ()
    witness = pytest.importorskip("fhir.resources.R4B.bundle", reason="needs fhir.resources")
    witness.Bundle.model_validate_json(said)


def test_what_is_sent_again_has_the_ids_it_had() -> None:
    ids = [
        [entry.resource.id for entry in read(bundle(CHEN, IDS, holds)).entry]
        for holds in (Holds.FINAL, Holds.AMENDED, Holds.ENTERED_IN_ERROR)
    ]
    assert ids[0] == ids[1] == ids[2]
