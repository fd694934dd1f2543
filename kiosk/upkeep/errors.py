"""What goes wrong while a station is kept true: sentences for staff, and none names a resident."""

from kiosk.errors import KioskError


class UpkeepError(KioskError):
    """Something that the staff of the station can mend."""


class NotAllowedError(UpkeepError):
    """This staff member may not do that here, or not any more."""


class PinError(UpkeepError):
    """A PIN that cannot be taken, or PINs that can no longer be checked."""


class StaffError(UpkeepError):
    """An account that cannot be made or changed as asked."""


class TrailError(UpkeepError):
    """The trail of staff actions was altered or cut."""


class NotKnownHereError(UpkeepError):
    """An instrument, a lot or a level that this station does not have."""
