"""From what an instrument said to the number that is printed: one conversion, at acceptance."""

from msgspec.structs import replace

from health.quantity import MEASURES, printed_value
from health.visit import Observation


def as_printed(observation: Observation) -> Observation:
    """``observation`` in its quantity's printed unit and decimals; its samples keep what was said."""
    return replace(observation, value=printed_value(observation), unit=MEASURES[observation.quantity].unit)
