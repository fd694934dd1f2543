"""Residents as somebody looks for them: by how a name begins, or by how a telephone number ends.

The keyed hash of an identity number is asked for in ``residents``. What is compared stands in columns of its
own, so that an index finds it among many.
"""

import msgspec
from sqlalchemy import Connection, and_, select

from clinic.store.leafing import Bookmark, in_order, page_by
from clinic.store.people_tables import RESIDENT
from clinic.store.residents import KnownResident, resident_by_id, resident_in
from clinic.store.sought import END, digits_of, sought

_AFTER_ALL = "\U0010ffff"


class Beside(msgspec.Struct, frozen=True):
    """Next to which resident of a list a page lies, by her id; with ``back`` those before her."""

    id: str
    back: bool = False


def named_like(
    connection: Connection, tenant: str, beginning: str, limit: int, beside: Beside | None = None
) -> tuple[KnownResident, ...]:
    """Whose name begins so, by name; the first ones, or those beside one of them."""
    begins = sought(beginning)
    here = and_(RESIDENT.c.sought >= begins, RESIDENT.c.sought < begins + _AFTER_ALL)
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, here)
    line = _line(connection, tenant, beside)
    rows = connection.execute(page_by(asked, RESIDENT.c.sought, RESIDENT.c.id, line, limit))
    return in_order([resident_in(row) for row in rows], line)


def _line(connection: Connection, tenant: str, beside: Beside | None) -> Bookmark | None:
    """Where she stands, by name; None, the first page, where she was erased meanwhile."""
    she = None if beside is None else resident_by_id(connection, tenant, beside.id)
    return None if she is None or beside is None else Bookmark(sought(she.name), she.id, back=beside.back)


def reached_by(
    connection: Connection, tenant: str, digits: str, limit: int, beside: Beside | None = None
) -> tuple[KnownResident, ...]:
    """Whose telephone number ends with these ``digits``, at least ``END`` of them; by id."""
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, RESIDENT.c.phone_end == digits[-END:])
    back = beside is not None and beside.back
    if beside is not None:
        asked = asked.where(RESIDENT.c.id < beside.id if back else RESIDENT.c.id > beside.id)
    found: list[KnownResident] = []
    # Among those with the same four digits: each office sets the digits of a number apart in its own way.
    for row in connection.execute(asked.order_by(RESIDENT.c.id.desc() if back else RESIDENT.c.id)):
        one = resident_in(row)
        if digits_of(one.phone).endswith(digits):
            found.append(one)
        if len(found) == limit:
            break
    return tuple(reversed(found)) if back else tuple(found)
