"""One closed visit, whole, as bytes: what the clinic and a court years later can still read.

A record is a document (``health.document``): versioned, strict, the same bytes every time. The identity
number stands in here and nowhere else; these bytes leave ``seal`` only encrypted. Nothing here judges.
"""

import msgspec

from devices.reading import Confidential
from health.assessment import Assessment
from health.document import LARGEST, DocumentError, Form, pack, unpack
from health.station import Station
from health.visit import PastVisit, Visit

__all__ = ["LARGEST", "VERSION", "Record", "RecordError", "read", "write"]

VERSION = 3
"""2 says of each observation by which calibration and on which proof it stands, 3 what came of a call."""
EARLIER = (1, 2)


class RecordError(DocumentError):
    """Bytes that are no record this software can read, or a record that cannot be written."""


FORM = Form("record", VERSION, RecordError, EARLIER)


class Record(Confidential, msgspec.Struct, frozen=True):
    """One visit with all that was said of it.

    ``history`` is what the station was told of earlier visits, ``language`` the one the sheet was printed in,
    ``software`` the version that wrote this.
    """

    visit: Visit
    assessment: Assessment
    history: tuple[PastVisit, ...]
    station: Station
    language: str
    software: str


def write(record: Record) -> bytes:
    """The record as gzip of JSON, the same bytes every time. Raises ``RecordError`` for NaN."""
    return pack(FORM, record)


def read(data: bytes) -> Record:
    """The record that ``write`` made ``data`` from. Raises ``RecordError`` for anything else."""
    return unpack(FORM, data, Record)
