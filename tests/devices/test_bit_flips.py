"""One flipped bit on the wire: with a checksum never another value, without one never an impossible value."""

from decimal import Decimal

import pytest

from devices.catalogue import model_of
from devices.decode import decode
from devices.reading import Card, Quantity, Reading
from devices.session import Told
from devices.simulators.samples import samples
from tests.devices.pair import Pair

CHECKED = ["grip-line", "astm-lis"]
UNCHECKED = ["shanghe-sh", "pelstar-esc", "omron-hbp9030"]
POSSIBLE = {
    Quantity.BODY_WEIGHT: (20, 662),
    Quantity.BODY_HEIGHT: (23, 230),
    Quantity.SYSTOLIC: (60, 260),
    Quantity.DIASTOLIC: (30, 215),
    Quantity.PULSE: (40, 180),
}


def _spoken(slug: str) -> bytes:
    """What the instrument says in its default scenario, once through."""
    pair = Pair(model_of(slug))
    pair.act(samples(model_of(slug).role)[0][0])
    pair.run(120)
    return b"".join(pair.wire[: 3 if slug == "pelstar-esc" else None])


def _flips(data: bytes) -> list[bytes]:
    return [
        data[:place] + bytes((data[place] ^ (1 << bit),)) + data[place + 1 :]
        for place in range(len(data))
        for bit in range(8)
    ]


def _values(told: tuple[Told, ...]) -> list[tuple[Quantity, Decimal, str, object]]:
    return [(what.kind, what.value, what.unit, what.comparator) for what in told if isinstance(what, Reading)]


@pytest.mark.parametrize("slug", CHECKED)
def test_a_flipped_bit_never_changes_a_value(slug: str) -> None:
    data = _spoken(slug)
    true = _values(decode(model_of(slug), data))
    assert true
    for flipped in _flips(data):
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
