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
    WALL = "wall"


class Right(StrEnum):
    """What may be done: see counts; see people; work the list; decide about stations, staff and data; send.

    The first is all that a screen on a wall may; the last is a program's, which may not even see what it
    sent.
    """

    WATCH = "watch"
    LOOK = "look"
    CALL = "call"
    MANAGE = "manage"
    SEND = "send"


RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        Role.READER: frozenset({Right.WATCH, Right.LOOK}),
        Role.CALLER: frozenset({Right.WATCH, Right.LOOK, Right.CALL}),
        Role.ADMIN: frozenset(Right),
        Role.SENDER: frozenset({Right.SEND}),
        Role.WALL: frozenset({Right.WATCH}),
    }
)


def may(role: str, right: Right) -> bool:
    """Whether an account of ``role`` has ``right``; a role that is not known has none."""
    return right in RIGHTS.get(role, frozenset())
