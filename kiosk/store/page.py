"""What the records of the station's book are."""

from enum import StrEnum


class Page(StrEnum):
    """What a record of the book is."""

    CALIBRATION = "calibration"
    CHECK = "check"
    LOT = "lot"
    RUN = "run"
    SUPPLY = "supply"
