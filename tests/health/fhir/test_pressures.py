"""Blood pressure as FHIR: each reading a panel, the printed mean one more, nothing invented."""

from msgspec.structs import replace

from health.fhir.bundle import bundle
from health.fhir.codes import LOINC
from health.fhir.resources import Bundle, Observation, all_of, read
from health.visit import Arm, Method, Visit
from tests.health.fhir.visits import IDS, personas, pressures, record_of

SHEN = personas()["shen"]


def _bundle(visit: Visit) -> Bundle:
    return read(bundle(record_of(visit), IDS))


def _coded(made: Bundle, code: str) -> Observation:
    (found,) = (o for o in all_of(made, Observation) if code in o.code.codes(LOINC))
    return found


def test_each_pressure_reading_is_a_panel_and_the_printed_mean_names_those_it_is_of() -> None:
    rows = [(152, 84, 70), (140, 80, 71), (136, 78, 72)]
    visit = SHEN
    for each in pressures(rows):
        visit = visit.with_observation(each)
    made = _bundle(visit)
    readings = [o for o in all_of(made, Observation) if "85354-9" in o.code.codes(LOINC)]
    values = [[c.value_quantity.value for c in o.component if c.value_quantity] for o in readings]
    assert values == [[152, 84], [140, 80], [136, 78]]
    mean = _coded(made, "96607-7")
    assert [c.code.coding[0].code for c in mean.component] == ["96608-5", "96609-3"]
    assert [c.value_quantity.value for c in mean.component if c.value_quantity] == [138, 79]
    assert [r.reference for r in mean.derived_from] == [f"Observation/{o.id}" for o in readings[1:]]


def test_one_reading_is_one_panel_and_no_mean() -> None:
    visit = SHEN
    for each in pressures([(152, 84, 70)], Method.QUICK):
        visit = visit.with_observation(each)
    made = _bundle(visit)
    panel = _coded(made, "85354-9")
    assert panel.method is not None
    assert "quick" in (panel.method.text or "")
    assert not [o for o in all_of(made, Observation) if "96607-7" in o.code.codes(LOINC)]


def test_a_reading_says_the_arm_where_somebody_did() -> None:
    upper = pressures([(152, 84, 70), (140, 80, 71)])[0]
    arms = tuple(replace(s, arm=arm) for s, arm in zip(upper.samples, Arm, strict=True))
    made = _bundle(SHEN.with_observation(replace(upper, samples=arms)))
    sites = [o.body_site.text for o in all_of(made, Observation) if o.body_site]
    assert sites == ["left upper arm", "right upper arm"]
