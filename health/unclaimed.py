"""A result without a person: what an instrument said when no visit could be sure that it was hers.

It waits, sealed, until staff file it to a visit or throw it away. The specimen's number stands only in here:
staff may have typed a person's number into the analyser. Nothing here decides whose it is.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from devices.reading import Confidential
from health.document import DocumentError, Form, pack, unpack
from health.station import Station
from health.visit import Instrument, Observation

VERSION = 1


class UnclaimedError(DocumentError):
    """Bytes that are no result without a person this software can read."""


class Why(StrEnum):
    """Why it entered no visit. Words are ``unclaimed.why.…``."""

    NO_TICKET = "no_ticket"
    OTHER_SPECIMEN = "other_specimen"
    OLDER = "older"
    AFTER_CLOSING = "after_closing"


class Unclaimed(Confidential, msgspec.Struct, frozen=True):
    """Values of one sample. ``heard_at`` is aware UTC.

    ``visit`` is that of the ticket which fits, if one does: its visit had closed when the result came.
    """

    instrument: Instrument
    specimen: str | None
    heard_at: datetime
    why: Why
    observations: tuple[Observation, ...]
    station: Station
    software: str
    demo: bool
    visit: UUID | None = None


FORM = Form("unclaimed", VERSION, UnclaimedError)


def write(result: Unclaimed) -> bytes:
    """The result as bytes, always the same."""
    return pack(FORM, result)


def read(data: bytes) -> Unclaimed:
    """The result that ``write`` made ``data`` from. Raises ``UnclaimedError`` for anything else."""
    return unpack(FORM, data, Unclaimed)
