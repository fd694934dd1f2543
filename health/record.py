"""One closed visit, whole, as bytes: what the clinic and a court years later can still read.

A record is versioned JSON in gzip with no time stamp in it, so the same record is always the same bytes.
Decimals are strings, frames are hex, times are RFC 3339. Reading is strict: an unknown version, an unknown
field or a value that would not be written back the same is refused, never guessed. The identity number
stands in here and nowhere else; these bytes leave ``seal`` only encrypted. Nothing here judges a value.
"""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from health.assessment import Assessment
from health.errors import HealthError
from health.station import Station
from health.visit import Observation, PastVisit, Visit

VERSION = 1
LARGEST = 4 * 1024 * 1024
"""Bytes of JSON a record may have; a visit has about 20 kB. It bounds what a hostile gzip can unpack to."""


class RecordError(HealthError):
    """Bytes that are no record this software can read, or a record that cannot be written."""


@dataclass(frozen=True, slots=True, repr=False)
class Record:
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


@dataclass(frozen=True, slots=True, repr=False)
class _Document:
    """The JSON object on the outside: which version the record inside is."""

    version: int
    record: Record


def write(record: Record) -> bytes:
    """The record as gzip of JSON, the same bytes every time. Raises ``RecordError`` for NaN."""
    _must_be_numbers(record)
    text = json.dumps(
        msgspec.to_builtins(_Document(VERSION, record), builtin_types=(bytes,)),
        default=bytes.hex,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def read(data: bytes) -> Record:
    """The record that ``write`` made ``data`` from. Raises ``RecordError`` for anything else."""
    tree = _tree(_unpacked(data))
    if not isinstance(tree, dict) or tree.get("version") != VERSION:
        raise RecordError("This record has a version this software does not know; update the software.")
    try:
        document = msgspec.convert(tree, _Document, builtin_types=(bytes,))
    except msgspec.ValidationError as wrong:
        raise RecordError(
            f"This record does not have the shape of version {VERSION}: {_where(wrong)}."
        ) from wrong
    if not _says_no_more(tree, msgspec.to_builtins(document, builtin_types=(bytes,))):
        raise RecordError("This record has a field this software does not know; update the software.")
    _must_be_numbers(document.record)
    return document.record


def _unpacked(data: bytes) -> bytes:
    gunzip = zlib.decompressobj(wbits=31)
    try:
        text = gunzip.decompress(data, LARGEST)
    except zlib.error as damaged:
        raise RecordError("This is not a record: it does not unpack.") from damaged
    if not gunzip.eof or gunzip.unused_data:
        raise RecordError("This is not a record: it is cut short, too long, or has something behind it.")
    return text


def _tree(text: bytes) -> object:
    try:
        return json.loads(text.decode(), object_pairs_hook=_pairs)
    except (ValueError, RecursionError) as wrong:
        raise RecordError("This is not a record: its JSON cannot be read.") from wrong


def _pairs(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    frame = found.get("frame")
    if isinstance(frame, str):
        found["frame"] = bytes.fromhex(frame)
    return found


def _where(wrong: msgspec.ValidationError) -> str:
    """Which field is wrong, without its value: values here belong to a person."""
    return str(wrong).rpartition(" - at ")[2] if " - at " in str(wrong) else "a field is missing or wrong"


def _says_no_more(given: object, kept: object) -> bool:
    """Whether all that was ``given`` is in what was ``kept``. A field left out takes its default."""
    if isinstance(given, dict) and isinstance(kept, Mapping):
        return all(key in kept and _says_no_more(value, kept[key]) for key, value in given.items())
    if isinstance(given, list) and isinstance(kept, tuple):
        return len(given) == len(kept) and all(map(_says_no_more, given, kept))
    return type(given) is type(kept) and given == kept


def _must_be_numbers(record: Record) -> None:
    if not all(number.is_finite() for number in _numbers(record)):
        raise RecordError("A value of this record is not a number; it cannot be kept.")


def _numbers(record: Record) -> list[Decimal]:
    past = [o for visit in record.history for o in visit.observations]
    seen: list[Observation] = [*record.visit.observations, *past]
    said = record.assessment
    age = record.visit.resident.age
    zones = [limit for f in said.findings for z in f.zones for limit in (z.low, z.high)]
    return [
        *(o.value for o in seen),
        *(s.value for o in seen for s in o.samples),
        *(s.percent for s in said.scores),
        *(d.value for d in said.derived),
        *(number for c in said.changes for number in (c.difference, c.before)),
        *(number for number in (age, *zones) if number is not None),
    ]
