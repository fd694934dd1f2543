"""Not by chance but all of them: every printed value of every rule, and every pair of pressures."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from devices.reading import Quantity
from health.bands import band_of
from health.inputs import Inputs
from health.judge import judge
from health.plausible import RANGES
from health.pressure import judge_pressure
from health.quantity import MEASURES
from health.rule import Table
from health.rulebook import Rulebook, with_edition
from health.subjects import BMI, GRIP, NON_HDL
from tests.health.people import BOOK, DAY, visit

# What is judged but not measured: its lowest and highest printed value and its decimals.
OTHERS = {BMI: (10, 60, 1), NON_HDL: (0, 20, 2), GRIP: (0, 90, 1)}
TABLES = [
    (f"{rule.stem}/{edition.id}/{index}", rule.judges, table)
    for rule in BOOK.rules
    for edition in rule.edition
    for index, table in enumerate(edition.tables)
]


def _grid(judges: str) -> Iterator[Decimal]:
    if judges in OTHERS:
        low, high, decimals = OTHERS[judges]
    else:
        span = RANGES[Quantity(judges)]
        low, high, decimals = int(span.low), int(span.high), MEASURES[Quantity(judges)].decimals
    step = 10**decimals
    return (Decimal(n).scaleb(-decimals) for n in range(low * step, high * step + 1))


@pytest.mark.parametrize(("name", "judges", "table"), TABLES)
def test_every_printed_value_has_one_class_and_a_higher_one_never_an_earlier_class(
    name: str, judges: str, table: Table
) -> None:
    reached = 0
    for value in _grid(judges):
        below = [b.limit for b in table.bands if b.limit is not None and not b.takes(value)]
        place = table.bands.index(band_of(table.bands, value))
        # The band is the one behind exactly the limits that the value is beyond: no gap, no overlap.
        assert place == len(below), (name, value)
        assert place >= reached, (name, value)
        reached = place
    assert reached == len(table.bands) - 1, name


@pytest.mark.parametrize("edition", ["china_2024", "acc_aha_2017", "esh_2023"])
def test_over_all_pairs_of_pressures_more_of_either_never_means_less(edition: str) -> None:
    book = with_edition(BOOK, f"blood_pressure/{edition}")
    (chosen,) = (e for e in book.pressure.edition if e.id == edition)
    order = {each.band: index for index, each in enumerate(chosen.classes)}
    # Below 90 and 60 lies "low", which is no step of the ladder; of the rest every second unit is tried.
    upper, lower = range(90, 261, 2), range(60, 161, 2)
    place = {(s, d): order[_band(book, s, d)] for s in upper for d in lower if d < s}
    for (s, d), reached in place.items():
        assert place.get((s + 2, d), reached) >= reached, (s, d)
        assert place.get((s, d + 2), reached) >= reached, (s, d)
    assert set(place.values()) == set(order.values()) - {order["low"]}


def _band(book: Rulebook, systolic: int, diastolic: int) -> str:
    seen = visit({Quantity.SYSTOLIC: str(systolic), Quantity.DIASTOLIC: str(diastolic)})
    inputs = Inputs(seen, DAY, clock_trusted=True)
    upper, lower = (judge(book.rule(half), inputs, {}) for half in ("systolic", "diastolic"))
    said = judge_pressure(book.pressure, inputs, upper, lower)
    assert isinstance(said, tuple)
    return said[0].finding.band
