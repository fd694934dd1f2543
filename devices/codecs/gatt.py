"""Bluetooth health characteristics into readings: pressure 0x2A35, weight 0x2A9D, body composition 0x2A9C.

Pure functions: no radio, no pairing, no person (a user index is read past). A value that is special or not
measured gives no reading; a value outside the fences refuses the whole characteristic, unknown flags too.
Source: Bluetooth SIG BLS, WSS, BCS as read by trouble-host, Nordic nRF5 ble_bps, openScale, Codename One.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from devices.codecs.gatt_fields import Fields
from devices.codecs.numbers import HEIGHT_CM, WEIGHT_KG, Fence, fence
from devices.codecs.omron import DIASTOLIC, PULSE, SYSTOLIC
from devices.reading import Quantity, Reading, Remark
from devices.session import Reason, RefusedError

MMHG_PER_KPA = Decimal("7.50062")
CM_PER_INCH = Decimal("2.54")
KG_PER_LB = Decimal("0.45359237")
FAT_PERCENT = fence("1", "75")

_REMARKS: Mapping[int, Remark] = {
    0x01: Remark.MOVEMENT,
    0x02: Remark.CUFF_LOOSE,
    0x04: Remark.IRREGULAR_PULSE,
}
_PRESSURE_FLAGS, _WEIGHT_FLAGS, _BODY_FLAGS = 0x1F, 0x0F, 0x1FFF
_MORE_PACKETS = 0x1000
_BODY_WORDS = 7
"""Words of body composition between user and weight: rate, muscle twice, three masses, impedance."""


def pressure(data: bytes) -> tuple[Reading, ...]:
    """Systolic, diastolic, pulse of 0x2A35. Raises ``RefusedError`` (shape, date, range)."""
    fields = Fields(data)
    flags = _flags(fields, 1, _PRESSURE_FLAGS)
    unit, factor = ("kPa", MMHG_PER_KPA) if flags & 0x01 else ("mm[Hg]", Decimal(1))
    systolic, diastolic = fields.sfloat(), fields.sfloat()
    fields.sfloat()
    taken = fields.civil_time() if flags & 0x02 else None
    pulse = fields.sfloat() if flags & 0x04 else None
    fields.take(1 if flags & 0x08 else 0)
    status = fields.word() if flags & 0x10 else 0
    fields.end()
    remarks = tuple(remark for bit, remark in _REMARKS.items() if status & bit)
    _check(systolic, SYSTOLIC, factor)
    _check(diastolic, DIASTOLIC, factor)
    _check(pulse, PULSE)
    if systolic is None or diastolic is None:
        return ()
    if diastolic >= systolic:
        raise RefusedError(Reason.RANGE)
    values: tuple[tuple[Quantity, Decimal | None, str], ...] = (
        (Quantity.SYSTOLIC, systolic, unit),
        (Quantity.DIASTOLIC, diastolic, unit),
        (Quantity.PULSE, pulse, "/min"),
    )
    return _readings(values, taken, data, remarks)


def weight(data: bytes) -> tuple[Reading, ...]:
    """Weight and, where it comes, height of 0x2A9D. Raises ``RefusedError`` (shape, date, range)."""
    fields = Fields(data)
    flags = _flags(fields, 1, _WEIGHT_FLAGS)
    imperial = bool(flags & 0x01)
    mass = _mass(fields, imperial=imperial)
    taken = fields.civil_time() if flags & 0x02 else None
    fields.take(1 if flags & 0x04 else 0)
    height = None
    if flags & 0x08:
        fields.word()
        height = _height(fields, imperial=imperial)
    fields.end()
    return _standing(mass, height, None, taken, data, imperial=imperial)


def body_composition(data: bytes) -> tuple[Reading, ...]:
    """Fat percentage, weight and height of 0x2A9C. Raises ``RefusedError`` (also incomplete)."""
    fields = Fields(data)
    flags = _flags(fields, 2, _BODY_FLAGS)
    if flags & _MORE_PACKETS:
        raise RefusedError(Reason.INCOMPLETE)
    imperial = bool(flags & 0x01)
    fat = fields.scaled("0.1")
    taken = fields.civil_time() if flags & 0x02 else None
    fields.take(1 if flags & 0x04 else 0)
    for bit in range(3, 3 + _BODY_WORDS):
        if flags >> bit & 1:
            fields.word()
    mass = _mass(fields, imperial=imperial) if flags & 0x0400 else None
    height = _height(fields, imperial=imperial) if flags & 0x0800 else None
    fields.end()
    return _standing(mass, height, fat, taken, data, imperial=imperial)


def _flags(fields: Fields, size: int, known: int) -> int:
    flags = int.from_bytes(fields.take(size), "little")
    if flags & ~known:
        raise RefusedError(Reason.SHAPE)
    return flags


def _mass(fields: Fields, *, imperial: bool) -> Decimal | None:
    mass = fields.scaled("0.01" if imperial else "0.005")
    _check(mass, WEIGHT_KG, KG_PER_LB if imperial else Decimal(1))
    return mass


def _height(fields: Fields, *, imperial: bool) -> Decimal | None:
    height = fields.scaled("0.1")
    _check(height, HEIGHT_CM, CM_PER_INCH if imperial else Decimal(1))
    return height


def _check(value: Decimal | None, limits: Fence, factor: Decimal = Decimal(1)) -> None:
    if value is not None:
        limits.check(value * factor)


def _standing(
    mass: Decimal | None,
    height: Decimal | None,
    fat: Decimal | None,
    taken: datetime | None,
    data: bytes,
    *,
    imperial: bool,
) -> tuple[Reading, ...]:
    _check(fat, FAT_PERCENT)
    values = (
        (Quantity.BODY_WEIGHT, mass, "[lb_av]" if imperial else "kg"),
        (Quantity.BODY_HEIGHT, height, "[in_i]" if imperial else "cm"),
        (Quantity.BODY_FAT, fat, "%"),
    )
    return _readings(values, taken, data)


def _readings(
    values: tuple[tuple[Quantity, Decimal | None, str], ...],
    taken: datetime | None,
    data: bytes,
    remarks: tuple[Remark, ...] = (),
) -> tuple[Reading, ...]:
    return tuple(
        Reading(kind, value, unit, device_time=taken, remarks=remarks, frame=data)
        for kind, value, unit in values
        if value is not None
    )
