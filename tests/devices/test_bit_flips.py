"""One flipped bit on the wire: with a checksum never another value, without one never an impossible value."""

from decimal import Decimal

import pytest

from devices.catalogue import model_of
from devices.decode import decode
from devices.reading import Card, Quantity, Reading
from devices.session import Body, Start, Told
from devices.simulators.samples import samples
from tests.devices.pair import Pair

CHECKED = {
    "grip-line": 4,
    "astm-lis": 115,
    "tanita": 10,
    "tanita-pc": 20,
    "terumo": 40,
    "bcm-h10": 5,
    "curo-l7": 130,
    "codefree": 10,
    "taidoc": 15,
    "nonin-7": 12,
}
"""Models whose frames carry a checksum, and the seconds until a value has been said."""

TRIED = 3300
"""Flipped bits of what a model says, evenly over it: all of most; of a clip that never falls silent a few."""

BODY = Body(male=False, age=86, height=Decimal("152.4"))
UNCHECKED = ["shanghe-sh", "pelstar-esc", "omron-hbp9030"]
POSSIBLE = {
    Quantity.BODY_WEIGHT: (20, 662),
    Quantity.BODY_HEIGHT: (23, 230),
    Quantity.SYSTOLIC: (60, 260),
    Quantity.DIASTOLIC: (30, 215),
    Quantity.PULSE: (40, 180),
}


def _spoken(slug: str, seconds: float = 120) -> bytes:
    """What the instrument says in its default scenario, once through."""
    model = model_of(slug)
    pair = Pair(model)
    pair.act(samples(model.role)[0][0])
    if model.can.start:
        pair.order(Start(BODY))
    pair.run(seconds)
    return b"".join(pair.wire[: 3 if slug == "pelstar-esc" else None])


def _flips(data: bytes, tried: int = 10_000) -> list[bytes]:
    """About so many of the bits, one at a time; an odd step meets every place in a byte."""
    step = max(1, len(data) * 8 // tried) | 1
    return [
        data[: bit // 8] + bytes((data[bit // 8] ^ (1 << bit % 8),)) + data[bit // 8 + 1 :]
        for bit in range(0, len(data) * 8, step)
    ]


def _values(told: tuple[Told, ...]) -> list[tuple[Quantity, Decimal, str, object]]:
    return [(what.kind, what.value, what.unit, what.comparator) for what in told if isinstance(what, Reading)]


@pytest.mark.parametrize("slug", CHECKED)
def test_a_flipped_bit_never_changes_a_value(slug: str) -> None:
    data = _spoken(slug, CHECKED[slug])
    true = _values(decode(model_of(slug), data))
    assert true
    for flipped in _flips(data, TRIED if len(data) < 1000 else TRIED // 30):
        assert set(_values(decode(model_of(slug), flipped))) <= set(true)


@pytest.mark.parametrize("slug", UNCHECKED)
def test_without_a_checksum_a_flipped_bit_still_gives_nothing_impossible(slug: str) -> None:
    data = _spoken(slug)
    assert _values(decode(model_of(slug), data))
    for flipped in _flips(data):
        for kind, value, _, _ in _values(decode(model_of(slug), flipped)):
            low, high = POSSIBLE[kind]
            assert low <= value <= high


def test_a_flipped_bit_never_makes_another_person_of_a_card() -> None:
    slug = "sam-idcard"
    data = _spoken(slug)
    true = [what for what in decode(model_of(slug), data) if isinstance(what, Card)]
    assert len(true) == 1
    start = data.index("演示甲".encode("utf-16-le")) - 11
    for place in range(start, start + 267):
        flipped = data[:place] + bytes((data[place] ^ 0x04,)) + data[place + 1 :]
        assert [what for what in decode(model_of(slug), flipped) if isinstance(what, Card)] in ([], true)
