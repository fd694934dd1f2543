"""Bluetooth health characteristics: published vectors, special values, nothing impossible from any bytes."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.codecs.gatt import body_composition, pressure, weight
from devices.codecs.gatt_fields import sfloat
from devices.reading import Reading, Remark
from devices.session import Reason, RefusedError

Decoder = Callable[[bytes], tuple[Reading, ...]]
CUFF = bytes.fromhex("16 8000 5200 6100 e807 06 12 09 1e 00 4800 0000")
SCALE = bytes.fromhex("0a 2c33 e807 06 12 09 1e 00 ef00 7706")
BODY = bytes.fromhex("0204 0c01 e807 06 12 09 1e 00 2c33")
TAKEN = datetime(2024, 6, 18, 9, 30)  # noqa: DTZ001 - civil time


def _said(readings: tuple[Reading, ...]) -> list[str]:
    return [f"{one.kind} {one.value.normalize():f} {one.unit}" for one in readings]


def _refused(decode: Decoder, data: bytes) -> Reason:
    with pytest.raises(RefusedError) as caught:
        decode(data)
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "value"), [("7800", "120"), ("25f3", "80.5"), ("f00f", "-16"), ("0110", "10"), ("fff7", "204.7")]
)
def test_a_short_float_is_mantissa_times_a_power_of_ten(data: str, value: str) -> None:
    assert sfloat(bytes.fromhex(data)) == Decimal(value)


@pytest.mark.parametrize("data", ["ff07", "0008", "fe07", "0208", "0108"])
def test_the_special_short_floats_are_no_measurement(data: str) -> None:
    assert sfloat(bytes.fromhex(data)) is None


def test_the_published_pressure_is_read() -> None:
    readings = pressure(CUFF)
    assert _said(readings) == ["systolic 128 mm[Hg]", "diastolic 82 mm[Hg]", "pulse 72 /min"]
    assert {one.device_time for one in readings} == {TAKEN}
    assert {one.remarks for one in readings} == {()}


def test_the_published_weight_is_read() -> None:
    readings = weight(SCALE)
    assert _said(readings) == ["body_weight 65.5 kg", "body_height 165.5 cm"]
    assert {one.device_time for one in readings} == {TAKEN}


def test_fat_is_read_with_the_weight_beside_it() -> None:
    assert _said(body_composition(BODY)) == ["body_weight 65.5 kg", "body_fat 26.8 %"]


def test_what_stands_between_fat_and_weight_is_read_past() -> None:
    data = bytes.fromhex("f80f 0c01") + bytes(14) + bytes.fromhex("2c33 7706")
    assert _said(body_composition(data)) == ["body_weight 65.5 kg", "body_height 165.5 cm", "body_fat 26.8 %"]


def test_a_cuff_that_found_nothing_gives_no_pressure() -> None:
    assert pressure(bytes.fromhex("04 ff07 ff07 ff07 4800")) == ()
    assert _said(pressure(bytes.fromhex("04 8000 5200 ff07 ff07")))[-1] == "diastolic 82 mm[Hg]"


def test_a_weight_that_was_not_measured_is_absent() -> None:
    assert weight(bytes.fromhex("00 ffff")) == ()
    assert body_composition(bytes.fromhex("0000 ffff")) == ()


def test_other_units_stay_what_they_are() -> None:
    assert _said(pressure(bytes.fromhex("01 aaf0 6df0 80f0"))) == ["systolic 17 kPa", "diastolic 10.9 kPa"]
    assert _said(weight(bytes.fromhex("01 6838"))) == ["body_weight 144.4 [lb_av]"]
    assert _said(weight(bytes.fromhex("09 6838 ef00 8c02"))) == [
        "body_weight 144.4 [lb_av]",
        "body_height 65.2 [in_i]",
    ]


def test_the_status_is_a_remark_on_every_value() -> None:
    remarks = {one.remarks for one in pressure(CUFF[:-2] + b"\x07\x00")}
    assert remarks == {(Remark.MOVEMENT, Remark.CUFF_LOOSE, Remark.IRREGULAR_PULSE)}


def test_a_clock_that_was_never_set_says_no_time() -> None:
    assert {one.device_time for one in pressure(CUFF[:7] + bytes(7) + CUFF[14:])} == {None}


@pytest.mark.parametrize(
    ("decode", "data", "reason"),
    [
        (pressure, CUFF[:-1], Reason.SHAPE),
        (pressure, CUFF + b"\x00", Reason.SHAPE),
        (pressure, b"", Reason.SHAPE),
        (pressure, b"\x36" + CUFF[1:], Reason.SHAPE),
        (pressure, CUFF[:9] + b"\x0d" + CUFF[10:], Reason.DATE),
        (pressure, bytes.fromhex("00 2c01 5200 6100"), Reason.RANGE),
        (pressure, bytes.fromhex("00 5200 8000 6100"), Reason.RANGE),
        (weight, bytes.fromhex("00 6400"), Reason.RANGE),
        (weight, SCALE[:-1], Reason.SHAPE),
        (body_composition, bytes.fromhex("0010 0c01"), Reason.INCOMPLETE),
        (body_composition, bytes.fromhex("0000 e803"), Reason.RANGE),
    ],
)
def test_what_is_no_measurement_of_a_person_is_refused(decode: Decoder, data: bytes, reason: Reason) -> None:
    assert _refused(decode, data) is reason


@pytest.mark.parametrize("decode", [pressure, weight, body_composition])
@given(data=st.binary(max_size=32))
def test_any_bytes_are_refused_or_give_possible_values(decode: Decoder, data: bytes) -> None:
    try:
        readings = decode(data)
    except RefusedError:
        return
    assert all(0 < one.value < 800 for one in readings)
