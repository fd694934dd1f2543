"""What the demo strip can make go wrong at a simulated station, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from devices.model import Role

AT_INSTRUMENTS: Mapping[str, tuple[Role, str]] = MappingProxyType(
    {
        "unplug_scale": (Role.STAND, "unplug"),
        "unsteady": (Role.STAND, "unsteady"),
        "cuff_loose": (Role.PRESSURE, "device_error"),
        "unplug_grip": (Role.GRIP, "unplug"),
    }
)
"""What can be broken at an instrument of a role, by the simulator's own word."""
UNPLUG = "unplug"
URGENT, PRINTER, NETWORK, BADGE = "urgent", "printer", "network", "badge"
FAULTS = (*AT_INSTRUMENTS, URGENT, PRINTER, NETWORK, BADGE)
"""Everything the strip can make go wrong, and the staff member's badge, which is laid once."""
