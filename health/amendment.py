"""What corrects a visit that was sealed: nothing is ever edited, a later document says what is true now.

An amendment names the visit and the very envelope it corrects, why, who decided it and when; every time in
it is the original one. A late result carries the whole visit as it stands now, judged by the rules of the
station; the other changes say only that the visit is an error. Nothing here applies an amendment.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

import msgspec

from devices.reading import Confidential, Quantity
from health.document import DocumentError, Form, pack, unpack
from health.record import Record
from health.station import Station

VERSION = 1
BY_TICKET = "ticket"
"""In place of a staff id: the station filed it by itself, by the specimen's number on the open ticket."""


class AmendmentError(DocumentError):
    """Bytes that are no amendment this software can read, or one that cannot be written or makes no sense."""


class Change(StrEnum):
    """What an amendment does to its visit."""

    LATE_RESULT = "late_result"
    VOID = "void"
    WRONG_PERSON = "wrong_person"


class Reason(StrEnum):
    """Why, as staff choose it. Words are ``amendment.reason.…``; no free text, because people write names."""

    CAME_LATE = "came_late"
    TEST_RUN = "test_run"
    WRONG_USE = "wrong_use"
    INSTRUMENT_WRONG = "instrument_wrong"
    ASKED_FOR = "asked_for"
    OTHER_CARD = "other_card"
    SWAPPED_SAMPLES = "swapped_samples"


REASONS: Mapping[Change, tuple[Reason, ...]] = MappingProxyType(
    {
        Change.LATE_RESULT: (Reason.CAME_LATE,),
        Change.VOID: (Reason.TEST_RUN, Reason.WRONG_USE, Reason.INSTRUMENT_WRONG, Reason.ASKED_FOR),
        Change.WRONG_PERSON: (Reason.OTHER_CARD, Reason.SWAPPED_SAMPLES),
    }
)
"""Which reasons fit which change, in the order they are offered."""


class Amendment(Confidential, msgspec.Struct, frozen=True):
    """One correction of one visit.

    ``envelope`` is the digest (SHA-256, hex) of the envelope corrected. ``staff`` is a staff id or
    ``BY_TICKET``. ``record`` is the visit as it stands now and ``added`` what came late: only for a late
    result. ``moved_to`` names the visit that the right person's values went to: only for a wrong person.
    """

    visit: UUID
    envelope: str
    change: Change
    reason: Reason
    staff: str
    decided_at: datetime
    station: Station
    software: str
    demo: bool
    record: Record | None = None
    added: tuple[Quantity, ...] = ()
    moved_to: UUID | None = None


FORM = Form("amendment", VERSION, AmendmentError)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def write(amendment: Amendment) -> bytes:
    """The amendment as bytes, always the same. Raises ``AmendmentError`` for one that makes no sense."""
    _must_make_sense(amendment)
    return pack(FORM, amendment)


def read(data: bytes) -> Amendment:
    """The amendment that ``write`` made ``data`` from. Raises ``AmendmentError`` for anything else."""
    amendment = unpack(FORM, data, Amendment)
    _must_make_sense(amendment)
    return amendment


def _must_make_sense(one: Amendment) -> None:
    if _DIGEST.fullmatch(one.envelope) is None:
        raise AmendmentError("This amendment does not name the envelope it corrects.")
    late = one.change is Change.LATE_RESULT
    if late is not (one.record is not None) or late is not bool(one.added):
        raise AmendmentError("A late result carries the visit as it stands now; another change carries none.")
    if one.record is not None and (one.record.visit.id, one.record.visit.demo) != (one.visit, one.demo):
        raise AmendmentError("The visit in this amendment is not the one it names.")
    if one.moved_to is not None and one.change is not Change.WRONG_PERSON:
        raise AmendmentError("Only what was a wrong person's has gone to another visit.")
    if one.reason not in REASONS[one.change]:
        raise AmendmentError("The reason of this amendment does not fit what it changes.")
