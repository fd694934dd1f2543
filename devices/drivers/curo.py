"""CURO L7 and LipidoCare: cholesterol, triglycerides and HDL of the newest record."""

from devices.codecs.curo import DIALECT, parse
from devices.drivers.sd_meter import meter, meter_framer

framer = meter_framer(DIALECT)
driver = meter(DIALECT, parse)
