"""Which clinic this station belongs to: the keys it seals to, its own key, its name there."""

import msgspec

from devices.reading import Confidential
from health.station import Station
from kiosk.daykey import DayKey
from kiosk.sealing import Identity


class Membership(Confidential, msgspec.Struct, frozen=True):
    """All the station needs to seal and send. ``clinic_url`` is empty where nothing is sent.

    ``ca`` is the file of certificates that the clinic's is trusted by, empty for those of the system.
    """

    identity: Identity
    day: DayKey
    station: Station
    clinic_url: str
    ca: str = ""
