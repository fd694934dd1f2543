"""The records of the book as bytes and back: versioned JSON, strict, the same bytes every time.

Pure. What a calibration, a check, a lot or a run is stands in ``devices``; this only wraps them for keeping.
"""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from devices.control import Lot, Run
from kiosk.upkeep.errors import UpkeepError

VERSION = 1

T = TypeVar("T")


class OpenedLot(msgspec.Struct, frozen=True):
    """A lot of control material taken into use on an instrument. The latest one is in use."""

    id: UUID
    instrument: str
    lot: Lot
    who: str
    when: datetime


class ControlRun(msgspec.Struct, frozen=True):
    """A control run and the lot (``OpenedLot.id``) it was made with."""

    lot: UUID
    run: Run


class Supply(msgspec.Struct, frozen=True):
    """A consumable taken into use: test strips, cuvettes, lancets.

    ``what`` is the word on the box, ``expires`` the last day it may be used, a civil date of the station.
    The latest of each ``what`` is in use; an expired one rests the instrument.
    """

    id: UUID
    instrument: str
    what: str
    lot: str
    expires: date
    who: str
    when: datetime


def to_bytes(record: object) -> bytes:
    """The record as JSON."""
    return msgspec.json.encode(record)


def from_bytes(version: int, body: bytes, shape: type[T]) -> T:
    """The record in ``body``. Raises ``UpkeepError`` for another version or bytes that are no such record."""
    if version != VERSION:
        raise UpkeepError("A record of this station was written by newer software; update the station.")
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.MsgspecError as wrong:
        raise UpkeepError(f"A record of this station cannot be read as {shape.__name__}; call.") from wrong
