"""Who works at the station and what each may do.

Pure: a table of roles and acts. It must not check a PIN (``pin``), count tries (``patience``) or keep
anything. A person's name stands here for the staff's own screens; the trail and every record say the id.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from kiosk.upkeep.errors import NotAllowedError


class StaffRole(StrEnum):
    """What somebody is at the station. The values end the keys ``staff.role.*``."""

    NURSE = "nurse"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"


class Act(StrEnum):
    """What staff do, as the trail says it. The values end the keys ``staff.act.*``.

    Those of the first block are what a role allows or not; those of the second are noted of anybody.
    """

    CALL = "call"
    BLOOD = "blood"
    VISIT = "visit"
    CORRECT = "correct"
    TEST = "test"
    CHECK = "check"
    CONTROL = "control"
    LOT = "lot"
    CALIBRATE = "calibrate"
    STATION = "station"
    TRAIL = "trail"
    STAFF = "staff"

    TRY = "try"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    OWN_PIN = "own_pin"
    CLINIC_KEY = "clinic_key"


_NURSE = frozenset({Act.CALL, Act.BLOOD, Act.VISIT, Act.CORRECT, Act.CONTROL, Act.LOT, Act.CHECK})
_TECHNICIAN = frozenset(
    {Act.CALL, Act.TEST, Act.CHECK, Act.CONTROL, Act.LOT, Act.CALIBRATE, Act.STATION, Act.TRAIL}
)
MAY: Mapping[StaffRole, frozenset[Act]] = MappingProxyType(
    {
        StaffRole.NURSE: _NURSE,
        StaffRole.TECHNICIAN: _TECHNICIAN,
        StaffRole.SUPERVISOR: _NURSE | _TECHNICIAN | {Act.STAFF},
    }
)
"""What each role may do. A nurse works with people and controls, a technician with instruments and the
station and never with a visit, a supervisor with both and with accounts."""


class StaffMember(msgspec.Struct, frozen=True):
    """One account. ``id`` is what every record and the trail say; ``name`` is for staff screens only.

    ``badge`` is ``kiosk.badge.badge_of`` of the card, empty for an account without one. ``failures`` are the
    wrong PINs in a row; ``enabled`` False: somebody else must let them in again.
    """

    id: str
    name: str
    role: StaffRole
    badge: str = ""
    enabled: bool = True
    failures: int = 0

    def may(self, act: Act) -> bool:
        """Whether this account may do ``act`` now."""
        return self.enabled and act in MAY[self.role]


def require(member: StaffMember | None, act: Act) -> StaffMember:
    """The member, if they may do ``act``. Raises ``NotAllowedError``."""
    if member is None or not member.may(act):
        raise NotAllowedError("This account may not do that here; ask a supervisor of the station.")
    return member
