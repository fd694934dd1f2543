"""Who may do what: roles, rights, one table.

A role is a word of an account; a right is what an address asks for. Nothing here knows a session.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What an account is for."""

    READER = "reader"
    CALLER = "caller"
    ADMIN = "admin"
    SENDER = "sender"
    PROGRAM = "program"
    WALL = "wall"
    METER = "meter"


class Right(StrEnum):
    """What may be done: see counts; see people; work the list; decide about stations, staff and data; send.

    The first is all that a screen on a wall may, ``MEASURE`` all that a program may that draws figures.
    ``SEND`` and ``HAND_OUT`` are a program's: who sends may not even see what it sent, and who is handed what
    is here, in FHIR, sees no page. Of people only those have it who may give a resident what is hers to take
    home: to look is not to carry away.
    """

    WATCH = "watch"
    MEASURE = "measure"
    LOOK = "look"
    CALL = "call"
    MANAGE = "manage"
    SEND = "send"
    HAND_OUT = "hand_out"


RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        Role.READER: frozenset({Right.WATCH, Right.MEASURE, Right.LOOK}),
        Role.CALLER: frozenset({Right.WATCH, Right.MEASURE, Right.LOOK, Right.CALL, Right.HAND_OUT}),
        Role.ADMIN: frozenset(Right),
        Role.SENDER: frozenset({Right.SEND}),
        Role.PROGRAM: frozenset({Right.HAND_OUT}),
        Role.WALL: frozenset({Right.WATCH}),
        Role.METER: frozenset({Right.MEASURE}),
    }
)


def may(role: str, right: Right) -> bool:
    """Whether an account of ``role`` has ``right``; a role that is not known has none."""
    return right in RIGHTS.get(role, frozenset())
