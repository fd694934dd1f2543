"""The roster of contracted residents, from a CSV file: read, shown before it is taken, then kept.

The identity number is hashed in the same breath in which it is read and stands nowhere afterwards: not in a
row, an error or a list of what is wrong. A bad line costs that line alone and is named by its number.
"""

import re
from collections.abc import Callable, Mapping
from csv import Error as CsvError
from csv import reader
from datetime import datetime

import msgspec
from msgspec.structs import replace

from clinic.errors import ClinicError
from clinic.roster_cells import Column, Fault, cell_of, fault_of, number_of, plain
from clinic.store.audit import note
from clinic.store.residents import (
    KnownResident,
    contracted_residents,
    enrol_on_roster,
    new_resident,
    release,
)
from clinic.store.store import Transaction
from devices.reading import Confidential

LARGEST = 32 * 1024 * 1024
MOST_LINES = 200_000
_DELIMITERS = (",", "\t", ";")
_LINES = re.compile(r"\r\n|\n|\r")
FEW = 10
"""So many people may go with a whole roster without another word, however small the clinic is."""


class RosterError(ClinicError):
    """A file that is no roster. ``reason`` is a word of ``office.po`` (``roster.refused.…``)."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


_CALLED = {
    "identity": Column.IDENTITY,
    "id number": Column.IDENTITY,
    "身份证": Column.IDENTITY,
    "身份证号": Column.IDENTITY,
    "身份证号码": Column.IDENTITY,
    "证件号码": Column.IDENTITY,
    "name": Column.NAME,
    "姓名": Column.NAME,
    "phone": Column.PHONE,
    "telephone": Column.PHONE,
    "电话": Column.PHONE,
    "手机": Column.PHONE,
    "手机号": Column.PHONE,
    "联系电话": Column.PHONE,
    "team": Column.TEAM,
    "团队": Column.TEAM,
    "签约团队": Column.TEAM,
    "doctor": Column.DOCTOR,
    "医生": Column.DOCTOR,
    "家庭医生": Column.DOCTOR,
    "签约医生": Column.DOCTOR,
}


class BadLine(msgspec.Struct, frozen=True):
    """A line that is left out. ``line`` counts from 1, the headings included, as an editor shows it."""

    line: int
    fault: Fault


class Roster(Confidential, msgspec.Struct, frozen=True):
    """What was read: one resident a good line, and the lines that are left out."""

    residents: tuple[KnownResident, ...]
    bad: tuple[BadLine, ...]


class Preview(msgspec.Struct, frozen=True):
    """What taking a roster would do. ``gone`` are on the roster of today and not in the file."""

    new: int
    changed: int
    same: int
    gone: int
    doubtful: bool = False
    """Whether a whole roster would take off so many that the file may be ruined."""


class ManyGoneError(RosterError):
    """A whole roster that may be a ruined file: nobody said how many it takes off."""

    def __init__(self, gone: int) -> None:
        super().__init__(
            "many_gone",
            f"This file would take {gone} people off the roster, or lines of it are ruined; nothing was kept."
            f" Look at the file; if it is right, say so with the number: {gone}.",
        )


def read_roster(content: bytes, tenant: str, keyed: Callable[[str], bytes], now: datetime) -> Roster:
    """The roster in the bytes of a CSV file (UTF-8 with or without a mark, or GB 18030).

    ``keyed`` makes the hash of a number. Raises ``RosterError`` for what is no roster at all.
    """
    lines = _LINES.split(_text(content))
    if len(lines) > MOST_LINES + 1:
        raise RosterError("too_long", f"A roster may have {MOST_LINES:,} lines; split the file.")
    delimiter, columns = _headings(lines[0])
    found: dict[bytes, KnownResident] = {}
    bad: list[BadLine] = []
    at = now.isoformat()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip(f" {delimiter}\x1a"):
            continue
        cells = _cells(line, delimiter, columns)
        fault = Fault.UNREADABLE if cells is None else fault_of(cells)
        if cells is not None and fault is None:
            hash_ = keyed(number_of(cells))
            fault = Fault.TWICE if hash_ in found else None
            if fault is None:
                found[hash_] = _resident(new_resident(tenant, hash_, at), cells)
        if fault is not None:
            bad.append(BadLine(number, fault))
    return Roster(tuple(found.values()), tuple(bad))


def preview(connection: Transaction, tenant: str, roster: Roster) -> Preview:
    """What taking ``roster`` would do, without doing it."""
    before = {one.hash: one for one in contracted_residents(connection, tenant)}
    known = [(before[one.hash], one) for one in roster.residents if one.hash in before]
    gone = len(before) - len(known)
    changed = sum(_differs(old, new) for old, new in known)
    return Preview(
        new=len(roster.residents) - len(known),
        changed=changed,
        same=len(known) - changed,
        gone=gone,
        doubtful=gone > 0 and (bool(roster.bad) or (gone > FEW and 20 * gone > len(before))),
    )


def take_roster(
    connection: Transaction,
    tenant: str,
    roster: Roster,
    who: str,
    now: datetime,
    *,
    whole: bool,
    sure: int | None = None,
) -> Preview:
    """Keep ``roster``; with ``whole`` those who are not in it are on the roster no more. Says what it did.

    ``sure`` is how many somebody said will go. Raises ``ManyGoneError`` where that must be said and is not.
    """
    done = preview(connection, tenant, roster)
    if whole and done.doubtful and sure != done.gone:
        raise ManyGoneError(done.gone)
    if whole:
        listed = {one.hash for one in roster.residents}
        gone = [one.hash for one in contracted_residents(connection, tenant) if one.hash not in listed]
        release(connection, tenant, gone, now.isoformat())
    enrol_on_roster(connection, [replace(one, changed_at=now.isoformat()) for one in roster.residents])
    note(connection, tenant, who, "roster taken", f"{len(roster.residents)} lines", now)
    return done


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise RosterError("too_large", f"A roster may have {LARGEST // 1024 // 1024} MB; split the file.")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise RosterError("spreadsheet", "This is a spreadsheet; save it as CSV and choose that file.")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterError("encoding", "The letters of this file cannot be read; save it as CSV in UTF-8 or GBK.")


def _headings(line: str) -> tuple[str, Mapping[int, Column]]:
    """The delimiter, and which column each cell is of. Columns of other names are not read."""
    best: tuple[str, dict[int, Column]] = (",", {})
    for delimiter in _DELIMITERS:
        titles = [plain(cell).strip('"').lower() for cell in line[:10_000].split(delimiter)]
        named = [(at, _CALLED[title]) for at, title in enumerate(titles) if title in _CALLED]
        if len({column for _, column in named}) != len(named):
            raise RosterError("columns", "A column stands twice in this file; leave one of them out.")
        best = max(best, (delimiter, dict(named)), key=lambda one: len(one[1]))
    if Column.IDENTITY not in best[1].values():
        raise RosterError(
            "columns", "The first line must name the columns, one of them 身份证号 (or identity)."
        )
    return best


def _cells(line: str, delimiter: str, columns: Mapping[int, Column]) -> dict[Column, str] | None:
    """The cells of one line by column; None where it cannot be read."""
    try:
        (row,) = reader([line], delimiter=delimiter, strict=True)
    except (CsvError, ValueError):
        return None
    return {column: cell_of(column, row[at]) for at, column in columns.items() if at < len(row)}


def _resident(one: KnownResident, cells: Mapping[Column, str]) -> KnownResident:
    return replace(
        one,
        name=cells.get(Column.NAME, ""),
        phone=cells.get(Column.PHONE, ""),
        team=cells.get(Column.TEAM, ""),
        doctor=cells.get(Column.DOCTOR, ""),
        contracted=True,
    )


def _differs(old: KnownResident, new: KnownResident) -> bool:
    said = ((old.name, new.name), (old.phone, new.phone), (old.team, new.team), (old.doctor, new.doctor))
    return any(told and told != before for before, told in said)
