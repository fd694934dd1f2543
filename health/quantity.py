"""Each quantity's one printed unit, its decimals, and the one conversion into it.

Every number a person sees goes through ``printed``; rules judge that number and no other. This module must
not judge a value and must not know where it came from.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

import msgspec

from devices.reading import Comparator, Quantity
from health.errors import HealthError
from health.visit import Observation

# mg/dL per mmol/L: cholesterol C27H46O 386.65 g/mol, printed 38.67 in the NCEP tables; triglycerides 88.57
# (triolein, 885.4 g/mol); glucose C6H12O6 180.156 g/mol.
CHOLESTEROL_MG_DL = Decimal("38.67")
TRIGLYCERIDES_MG_DL = Decimal("88.57")
GLUCOSE_MG_DL = Decimal("18.0156")
# UCUM: the international avoirdupois pound and the international inch, exact by definition.
POUND_KG = Decimal("0.45359237")
INCH_CM = Decimal("2.54")
# A converted value keeps this many decimals, so that equations on it lose nothing that could be printed.
CONVERTED = Decimal("0.000001")


class QuantityError(HealthError):
    """A value or unit that no printed number can be made of."""


class Measure(msgspec.Struct, frozen=True):
    """How one quantity is printed. ``unit`` is UCUM, ``sign`` the doctor's way to write it.

    ``unit_key`` names the resident's word for the unit. ``factors`` gives, for each other unit accepted, what
    one of it is in the printed unit.
    """

    unit: str
    decimals: int
    unit_key: str
    sign: str
    factors: Mapping[str, Decimal] = msgspec.field(default_factory=dict)


def _mass(mg_dl: Decimal) -> Mapping[str, Decimal]:
    return MappingProxyType({"mg/dL": 1 / mg_dl})


_POUNDS = MappingProxyType({"[lb_av]": POUND_KG, "g": Decimal("0.001")})
_INCHES = MappingProxyType({"[in_i]": INCH_CM, "m": Decimal(100), "mm": Decimal("0.1")})
_PRESSURE = Measure("mm[Hg]", 0, "unit.mmHg", "mmHg")
_CHOLESTEROL = Measure("mmol/L", 2, "unit.mmol", "mmol/L", _mass(CHOLESTEROL_MG_DL))
_GRIP = Measure("kg", 1, "unit.kg", "kg", _POUNDS)

MEASURES: Mapping[Quantity, Measure] = MappingProxyType(
    {
        Quantity.BODY_HEIGHT: Measure("cm", 1, "unit.cm", "cm", _INCHES),
        Quantity.BODY_WEIGHT: Measure("kg", 1, "unit.kg", "kg", _POUNDS),
        Quantity.SYSTOLIC: _PRESSURE,
        Quantity.DIASTOLIC: _PRESSURE,
        Quantity.PULSE: Measure("/min", 0, "unit.per_minute", "/min"),
        Quantity.TOTAL_CHOLESTEROL: _CHOLESTEROL,
        Quantity.HDL: _CHOLESTEROL,
        Quantity.TRIGLYCERIDES: Measure("mmol/L", 2, "unit.mmol", "mmol/L", _mass(TRIGLYCERIDES_MG_DL)),
        Quantity.LDL: _CHOLESTEROL,
        Quantity.GLUCOSE: Measure("mmol/L", 1, "unit.mmol", "mmol/L", _mass(GLUCOSE_MG_DL)),
        Quantity.SPO2: Measure("%", 0, "unit.percent", "%"),
        Quantity.GRIP_LEFT: _GRIP,
        Quantity.GRIP_RIGHT: _GRIP,
        Quantity.WAIST: Measure("cm", 1, "unit.cm", "cm", _INCHES),
        Quantity.BODY_FAT: Measure("%", 1, "unit.percent", "%"),
    }
)


def half_up(value: Decimal, decimals: int) -> Decimal:
    """``value`` to ``decimals`` places, halves away from zero, as a person rounds."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def converted(quantity: Quantity, value: Decimal, unit: str) -> Decimal:
    """``value`` in the printed unit of ``quantity``, unrounded. ``QuantityError`` for a foreign unit."""
    measure = MEASURES[quantity]
    if unit == measure.unit:
        return value
    factor = measure.factors.get(unit)
    if factor is None:
        known = ", ".join((measure.unit, *measure.factors))
        raise QuantityError(f"{quantity} cannot be read in {unit!r}; give it in one of {known}.")
    return (value * factor).quantize(CONVERTED, rounding=ROUND_HALF_UP)


def printed(quantity: Quantity, value: Decimal) -> Decimal:
    """``value`` (already in the printed unit) as the number that is shown."""
    return half_up(value, MEASURES[quantity].decimals)


def printed_value(observation: Observation) -> Decimal:
    """The number that is shown for ``observation``, in the printed unit."""
    return printed(observation.quantity, converted(observation.quantity, observation.value, observation.unit))


def printed_text(observation: Observation) -> str:
    """The number with its comparator, as the doctor reads it (``<2.59``)."""
    return f"{observation.comparator or ''}{printed_value(observation)}"


def beyond_key(comparator: Comparator | None) -> str:
    """The word a resident reads in place of ``<`` or ``>``, as a phrase argument; empty where none."""
    return "" if comparator is None else f"@beyond.{'above' if comparator is Comparator.ABOVE else 'below'}"
