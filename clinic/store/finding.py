"""Residents as somebody looks for them: by how a name begins, or by how a telephone number ends.

The keyed hash of an identity number is asked for in ``residents``. What is compared stands in columns of its
own, so that an index finds it among many.
"""

from sqlalchemy import Connection, and_, select

from clinic.store.people_tables import RESIDENT
from clinic.store.residents import KnownResident, resident_in
from clinic.store.sought import END, digits_of, sought

_AFTER_ALL = "\U0010ffff"
_SAME_END = 5000


def named_like(
    connection: Connection, tenant: str, beginning: str, limit: int, offset: int = 0
) -> list[KnownResident]:
    """Whose name begins so, by name."""
    begins = sought(beginning)
    here = and_(RESIDENT.c.sought >= begins, RESIDENT.c.sought < begins + _AFTER_ALL)
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, here)
    asked = asked.order_by(RESIDENT.c.sought, RESIDENT.c.id).limit(limit).offset(offset)
    return [resident_in(row) for row in connection.execute(asked)]


def reached_by(
    connection: Connection, tenant: str, digits: str, limit: int, offset: int = 0
) -> list[KnownResident]:
    """Whose telephone number ends with these ``digits``, at least ``END`` of them."""
    here = (RESIDENT.c.tenant == tenant, RESIDENT.c.phone_end == digits[-END:])
    asked = select(RESIDENT).where(*here).order_by(RESIDENT.c.id)
    # Among those with the same four digits: each office sets the digits of a number apart in its own way.
    same_end = (resident_in(row) for row in connection.execute(asked.limit(_SAME_END)))
    return [one for one in same_end if digits_of(one.phone).endswith(digits)][offset : offset + limit]
