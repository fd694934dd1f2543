"""Each limit as a doctor would check it: just under, at, just over; from tables anybody can read."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Comparator, Quantity
from health.assess import assess
from health.assessment import Reason
from health.bands import Person, band_of, class_of, table_for, weight_zones, zone_at, zones_of
from health.quantity import MEASURES
from health.rule import Table
from health.rulebook import with_edition
from health.visit import Answer, Question, Sex
from tests.health.people import BOOK, assessed, finding, silence, visit

Case = tuple[str, dict[str, str], str, str, int]
BY_TABLE = {"yes": Answer.YES, "no": Answer.NO, "unknown": Answer.UNKNOWN}


def _said() -> dict[str, Any]:
    """Every case table, by its name; two may not have one name."""
    found: dict[str, Any] = {}
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml")):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        assert not set(found) & set(tables)
        found |= tables
    return found


def _cases() -> Iterator[Case]:
    for name, table in _said().items():
        for value, band, level in table["cases"]:
            yield name, {k: v for k, v in table.items() if k != "cases"}, value, band, level


def _values(judges: str, value: str) -> dict[Quantity, str]:
    """Measured values that make the number judged ``value``; at 200 cm a BMI is a quarter of the weight."""
    if judges == "bmi":
        return {Quantity.BODY_HEIGHT: "200", Quantity.BODY_WEIGHT: str(4 * Decimal(value))}
    if judges == "non_hdl":
        return {Quantity.TOTAL_CHOLESTEROL: str(Decimal(value) + 1), Quantity.HDL: "1.00"}
    return {Quantity(judges): value}


@pytest.mark.parametrize(("name", "table", "value", "band", "level"), list(_cases()))
def test_a_value_has_the_class_the_table_prints(
    name: str, table: dict[str, str], value: str, band: str, level: int
) -> None:
    person = visit(
        _values(table.get("judges", name), value),
        sex=Sex(table.get("sex", "female")),
        age=table.get("age", "86"),
        answers={Question.FASTING: BY_TABLE[table.get("fasting", "yes")]},
    )
    book = with_edition(BOOK, table["edition"]) if "edition" in table else BOOK
    result = assess(person, (), book, person.on)
    if band == "silent":
        assert silence(result, table["rule"].partition("/")[0]).needs == Question.FASTING
        return
    said = finding(result, table["rule"])
    assert (said.band, int(said.level)) == (band, level)


TABLES = [
    (f"{rule.stem}/{edition.id}/{index}", table)
    for rule in BOOK.rules
    for edition in rule.edition
    for index, table in enumerate(edition.tables)
]


@pytest.mark.parametrize(("name", "table"), TABLES)
@settings(max_examples=40, deadline=None)
@given(value=st.decimals(0, 400, places=2))
def test_every_number_has_one_band_and_the_zone_under_it_has_its_level(
    name: str, table: Table, value: Decimal
) -> None:
    band = band_of(table.bands, value)
    assert band in table.bands, name
    under = zone_at(zones_of(table.bands), value)
    assert (under.level, under.word) == ((None, "") if band.silent else (band.level, band.word))


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_danger_only_grows_away_from_normal(name: str, table: Table) -> None:
    levels = [int(b.level) for b in table.bands]
    lowest = levels.index(min(levels))
    assert levels[: lowest + 1] == sorted(levels[: lowest + 1], reverse=True), name
    assert levels[lowest:] == sorted(levels[lowest:]), name


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_zones_are_contiguous_from_nothing_to_nothing(name: str, table: Table) -> None:
    zones = zones_of(table.bands)
    assert [z.level for z in zones if not z.word] == [None for b in table.bands if b.silent], name
    assert zones[0].low is None, name
    assert zones[-1].high is None, name
    assert [z.high for z in zones[:-1]] == [z.low for z in zones[1:]]


BMI_TABLES = [table for rule in BOOK.rules if rule.stem == "bmi" for e in rule.edition for table in e.tables]


@settings(max_examples=60, deadline=None)
@given(
    height=st.decimals(130, 195, places=1),
    weight=st.decimals(30, 120, places=1),
    table=st.sampled_from(BMI_TABLES),
)
def test_word_and_road_of_the_weight_never_disagree(height: Decimal, weight: Decimal, table: Table) -> None:
    bmi = (weight / (height / 100) ** 2).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    under = zone_at(weight_zones(table.bands, height), weight)
    assert under.level is band_of(table.bands, bmi).level


def test_the_limits_of_weight_at_her_height_are_those_of_the_printed_bmi() -> None:
    result = assessed(visit({Quantity.BODY_HEIGHT: "152.4", Quantity.BODY_WEIGHT: "51.3"}))
    _, normal, _ = finding(result, "bmi").zones
    assert (normal.low, normal.high, normal.high_included) == (Decimal("51.0"), Decimal("62.5"), True)


@settings(max_examples=60, deadline=None)
@given(
    value=st.decimals(0, 20, places=2),
    beyond=st.decimals("0.01", 10, places=2),
    comparator=st.sampled_from(Comparator),
    stem=st.sampled_from(["total_cholesterol", "ldl", "triglycerides", "hdl"]),
)
def test_a_value_off_the_scale_has_a_class_only_if_every_true_value_would_have_it(
    value: Decimal, beyond: Decimal, comparator: Comparator, stem: str
) -> None:
    bands = BOOK.rule(stem).edition[0].tables[0].bands
    said = class_of(bands, value, comparator)
    true = value + beyond if comparator is Comparator.ABOVE else value - beyond
    if said is not None:
        assert band_of(bands, true).band == said.band


@pytest.mark.parametrize("quantity", list(Quantity))
def test_every_quantity_has_a_printed_unit(quantity: Quantity) -> None:
    assert MEASURES[quantity].unit


def test_just_under_at_and_just_over_every_limit_of_every_table_stand_in_the_case_tables() -> None:
    said = _said()
    tried: dict[str, set[Decimal]] = {}
    for name, table in said.items():
        tried.setdefault(_place_of(name, table), set()).update(
            Decimal(value) for value, _, _ in table["cases"]
        )
    missing = [
        f"{place} {limit + step * away}"
        for place, table in TABLES
        for limit, step in ((b.limit, _step(place)) for b in table.bands if b.limit is not None)
        for away in (-1, 0, 1)
        if limit + step * away not in tried.get(place, set())
    ]
    assert missing == []


def _step(place: str) -> Decimal:
    """The last digit that is printed of what the rule judges."""
    judges = BOOK.rule(place.partition("/")[0]).judges
    decimals = {"bmi": 1, "grip": 1, "non_hdl": 2}.get(judges)
    return Decimal(1).scaleb(-(MEASURES[Quantity(judges)].decimals if decimals is None else decimals))


def _place_of(name: str, said: dict[str, str]) -> str:
    """Which table of the rulebook the person of a case table falls into, named as in ``TABLES``."""
    stem, _, id_ = said["rule"].partition("/")
    (edition,) = (e for e in BOOK.rule(stem).edition if e.id == id_)
    person = Person(
        sex=Sex(said.get("sex", "female")),
        age=Decimal(said.get("age", "86")),
        age_reason=Reason.AGE_OUT_OF_RANGE,
        fasting=BY_TABLE[said.get("fasting", "yes")],
    )
    chosen = table_for((edition,), person)
    assert not isinstance(chosen, Reason), name
    return f"{stem}/{id_}/{edition.tables.index(chosen[1])}"


@pytest.mark.parametrize(("name", "table"), TABLES)
@settings(max_examples=40, deadline=None)
@given(value=st.decimals(0, 400, places=2), more=st.decimals(0, 100, places=2))
def test_raising_a_value_never_lowers_its_class(
    name: str, table: Table, value: Decimal, more: Decimal
) -> None:
    place = table.bands.index
    assert place(band_of(table.bands, value + more)) >= place(band_of(table.bands, value)), name
