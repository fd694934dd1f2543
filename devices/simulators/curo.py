"""A CURO L7: a lipid strip, then the power key at the cable."""

from datetime import datetime
from decimal import Decimal

from devices.codecs.blood import as_mg_dl
from devices.codecs.curo import DIALECT, build
from devices.codecs.sd_meter import Measured
from devices.reading import Quantity
from devices.simulators import sd_meter
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Simulator

STRIP_SECONDS = 120.0
"""A lipid strip; not documented, as such meters take."""

SCENARIOS = (*sd_meter.SCENARIOS[:-4], "zero_hdl", "high_tg", *sd_meter.SCENARIOS[-4:])


def simulator(speed: float) -> Simulator:
    """The meter with an empty memory."""
    return sd_meter.SdMeter(DIALECT, _take, build, STRIP_SECONDS).run(speed)


def _take(act: InsertSample, faults: frozenset[str], taken: datetime) -> Measured:
    tc = Decimal("0.3") if "out_of_range" in faults else act.tc
    tg = Decimal("4.8") if "high_tg" in faults else act.tg
    hdl = None if "zero_hdl" in faults else act.hdl
    mmol = ((Quantity.TOTAL_CHOLESTEROL, tc), (Quantity.TRIGLYCERIDES, tg), (Quantity.HDL, hdl))
    return Measured(
        taken, tuple((kind, None if value is None else as_mg_dl(kind, value)) for kind, value in mmol)
    )
