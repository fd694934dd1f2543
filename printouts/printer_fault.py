"""What can go wrong with a printer, for whoever breaks the simulated one: words without behaviour."""

from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with it. The values of the first ones are the reasons a real printer says."""

    PAPER_OUT = "media-empty-warning"
    JAM = "media-jam-error"
    DOOR = "door-open-report"
    TONER_OUT = "toner-empty-error"
    OFFLINE = "offline"
    SLOW = "slow"
    BREAKS_OFF = "breaks-off"
