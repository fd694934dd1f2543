"""What the demo strip can make go wrong at a simulated station, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from devices.model import Role
from printouts.printer_fault import Fault

AT_INSTRUMENTS: Mapping[str, tuple[Role, str]] = MappingProxyType(
    {
        "unplug_scale": (Role.STAND, "unplug"),
        "unsteady": (Role.STAND, "unsteady"),
        "cuff_loose": (Role.PRESSURE, "device_error"),
        "unplug_grip": (Role.GRIP, "unplug"),
    }
)
"""What can be broken at an instrument of a role, by the simulator's own word."""
PRINTER = "printer"
AT_PRINTER: Mapping[str, Fault] = MappingProxyType(
    {
        PRINTER: Fault.PAPER_OUT,
        "printer_jam": Fault.JAM,
        "printer_door": Fault.DOOR,
        "printer_off": Fault.OFFLINE,
    }
)
"""What can be wrong with the printer. The strip shows one at a time; mended, the next one takes its place."""
UNPLUG = "unplug"
URGENT, NETWORK, BADGE = "urgent", "network", "badge"
FAULTS = (*AT_INSTRUMENTS, URGENT, PRINTER, NETWORK, BADGE)
"""Everything the strip can make go wrong, and the staff member's badge, which is laid once."""
