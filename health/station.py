"""The station as it is named on screen, on paper and at the clinic. No keys, no settings file, no person."""

import msgspec


class Station(msgspec.Struct, frozen=True):
    """A kiosk at a place, and whom to turn to. Empty texts mean: not configured, so not shown."""

    id: str
    name: str
    place: str = ""
    hours: str = ""
    phone: str = ""
    clinic: str = ""
    doctor: str = ""
    tenant: str = ""
    demo: bool = False
    phone_page: str = ""
