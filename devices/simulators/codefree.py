"""An SD CodeFree: a glucose strip, then the power key at the cable."""

from datetime import datetime
from decimal import Decimal

from devices.codecs.blood import as_mg_dl
from devices.codecs.codefree import DIALECT, build
from devices.codecs.sd_meter import Measured
from devices.reading import Quantity
from devices.simulators import sd_meter
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Simulator

STRIP_SECONDS = 5.0
"""A glucose strip; not documented, as such meters take."""

SCENARIOS = sd_meter.SCENARIOS


def simulator(speed: float) -> Simulator:
    """The meter with an empty memory."""
    return sd_meter.SdMeter(DIALECT, _take, build, STRIP_SECONDS).run(speed)


def _take(act: InsertSample, faults: frozenset[str], taken: datetime) -> Measured:
    mmol = Decimal("0.2") if "out_of_range" in faults else act.glucose
    value = None if mmol is None else as_mg_dl(Quantity.GLUCOSE, mmol)
    return Measured(taken, ((Quantity.GLUCOSE, value),))
