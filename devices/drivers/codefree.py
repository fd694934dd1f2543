"""SD CodeFree: the glucose of the newest record."""

from devices.codecs.codefree import DIALECT, parse
from devices.drivers.sd_meter import meter, meter_framer

framer = meter_framer(DIALECT)
driver = meter(DIALECT, parse)
