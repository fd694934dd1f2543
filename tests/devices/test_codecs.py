"""Codecs: what is built is what is parsed, and what names a person is blanked."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import model_of
from devices.codecs import astm_frames, grip, omron, pelstar, sam, shanghe
from devices.decode import decode
from devices.framing import Frame
from devices.reading import Card, Quantity, Reading
from devices.session import Reason, RefusedError


def _tenths(low: str, high: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=1)


@given(weight=_tenths("20", "300"), height=_tenths("60", "230"))
def test_a_shanghe_line_built_is_the_line_parsed(weight: Decimal, height: Decimal) -> None:
    standing = shanghe.Standing(weight, height)
    assert shanghe.parse(Frame(shanghe.build(standing, b""), 0)) == standing


@given(weight=_tenths("20", "300"), height=st.none() | _tenths("60", "230"), odd=st.booleans())
def test_a_pelstar_packet_built_is_the_packet_parsed(
    weight: Decimal, height: Decimal | None, odd: bool
) -> None:
    packet = pelstar.Packet(weight, height, metric=True)
    assert pelstar.parse(Frame(pelstar.build(packet, odd_begin=odd), 0)) == packet


@given(
    systolic=st.integers(100, 260),
    diastolic=st.integers(30, 99),
    pulse=st.integers(40, 180),
    taken=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - civil time
)
def test_an_omron_line_built_is_the_line_parsed(
    systolic: int, diastolic: int, pulse: int, taken: datetime
) -> None:
    minute = taken.replace(second=0, microsecond=0)
    said = omron.Pressure(Decimal(systolic), Decimal(diastolic), Decimal(pulse), 0, minute)
    line = omron.build(said, "123")
    assert len(line) == 55
    assert omron.parse(Frame(line[:-2], 0)) == said


@given(kg=_tenths("0", "120"), peak=st.booleans(), left=st.booleans())
def test_a_grip_line_built_is_the_line_parsed(kg: Decimal, peak: bool, left: bool) -> None:
    said = grip.Grip(Quantity.GRIP_LEFT if left else Quantity.GRIP_RIGHT, kg, peak)
    assert grip.parse(Frame(grip.build(said)[:-2], 0)) == said


@given(number=st.integers(0, 7), text=st.binary(max_size=240), last=st.booleans())
def test_an_astm_frame_built_is_the_frame_parsed(number: int, text: bytes, last: bool) -> None:
    block = astm_frames.Block(number, text, last)
    again = astm_frames.parse(Frame(astm_frames.build(block), 0))
    assert (again.number, again.text, again.last) == (number, text, last)


@pytest.mark.parametrize("name", ["张三", "阿卜杜拉·买买提", "𬴂㛃", "欧阳"])
def test_a_card_built_is_the_card_read(name: str) -> None:
    card = Card(name, "male", date(1940, 3, 2), "00000019400302001X")
    assert sam.read_card(sam.card_reply(card)) == card
    assert len(sam.build(sam.card_reply(card))) == 1295


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (Card("张三", "male", date(1940, 3, 2), "12"), Reason.SHAPE),
        (Card("", "male", date(1940, 3, 2), "00000019400302001X"), Reason.SHAPE),
    ],
)
def test_a_card_without_a_name_or_a_whole_number_is_refused(card: Card, reason: Reason) -> None:
    with pytest.raises(RefusedError) as caught:
        sam.read_card(sam.card_reply(card))
    assert caught.value.reason is reason


def test_the_readers_requests_are_those_of_the_module_notes() -> None:
    assert sam.FIND.hex(" ") == "aa aa aa 96 69 00 03 20 01 22"
    assert sam.SELECT.hex(" ") == "aa aa aa 96 69 00 03 20 02 21"
    assert sam.READ.hex(" ") == "aa aa aa 96 69 00 03 30 01 32"


def test_the_vendors_metric_example_has_forty_three_bytes() -> None:
    packet = pelstar.Packet(Decimal("65.5"), Decimal("165.5"), metric=True)
    assert len(pelstar.build(packet, "0000000123")) == 43


@pytest.mark.parametrize(
    ("slug", "data"),
    [
        ("omron-hbp9030", b"2024,06,18,09,30,            00000123,0,128,082,072,0\r\n"),
        ("pelstar-esc", pelstar.build(pelstar.Packet(Decimal("51.3"), None, metric=True), "0000000123")),
    ],
)
def test_the_frame_kept_with_a_reading_names_nobody(slug: str, data: bytes) -> None:
    readings = [what for what in decode(model_of(slug), data) if isinstance(what, Reading)]
    assert readings
    for reading in readings:
        assert b"123" not in reading.frame
        assert len(reading.frame) == len(data.rstrip(b"\r\n"))
