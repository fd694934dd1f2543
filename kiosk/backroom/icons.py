"""Which icon stands for which role and which check. Names of files in ``assets/icons``."""

from collections.abc import Mapping
from types import MappingProxyType

from devices.model import Role

ROLE_ICONS: Mapping[Role, str] = MappingProxyType(
    {
        Role.STAND: "stand",
        Role.BLOOD: "drop",
        Role.PRESSURE: "cuff",
        Role.GRIP: "fist",
        Role.CARD: "card",
        Role.GLUCOSE: "drop",
        Role.OXYGEN: "heart",
        Role.CODE: "code",
        Role.CHIP: "card",
    }
)
CHECK_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "screen": "phone",
        "fonts": "large_text",
        "ports": "stand",
        "printer": "print",
        "ledger": "sheet",
        "clock": "clock",
        "sound": "voice",
        "swap": "lock",
        "clinic": "network",
    }
)
