"""Writes the trail: one line for one action, in the transaction of the action itself.

Whoever does something as staff calls ``note`` inside ``ledger.together()``, beside what it writes. It must
not decide what an action means, and a resident never stands in a line: a visit is named by
``audit.subject_of``.
"""

from collections.abc import Callable
from typing import Protocol

from kiosk.stationtime import Moment
from kiosk.store.ledger import Ledger
from kiosk.upkeep.audit import DONE, REFUSED, Trail, follow, next_line
from kiosk.upkeep.rules import UpkeepRules
from kiosk.upkeep.staff import Act, StaffMember, require


class Notebook(Protocol):
    """What a line of the trail is written into."""

    @property
    def ledger(self) -> Ledger:
        """The open ledger, and in it the book."""

    @property
    def now(self) -> Callable[[], Moment]:
        """The station's time."""


class Bookroom(Notebook, Protocol):
    """Where the book is written: the desk's office, or a command that has the ledger to itself."""

    @property
    def rules(self) -> UpkeepRules:
        """What is asked here."""


def note(room: Notebook, who: str, act: str, subject: str = "", result: str = DONE) -> None:
    """Add the line "``who`` did ``act`` to ``subject``, with ``result``", now.

    Call it inside ``room.ledger.together()`` with the action, so that both are on the disk or neither.
    ``who`` is a staff id, ``act`` an ``Act``; ``result`` is ``done`` or says in a word what came of it.
    Raises ``LedgerError``.
    """
    moment, book = room.now(), room.ledger.book
    with room.ledger.together():
        line = next_line(
            book.head(),
            moment.wall,
            clock_trusted=moment.trusted,
            boot=moment.boot,
            monotonic_ms=moment.monotonic_ms,
            who=who,
            act=str(act),
            subject=subject,
            result=result,
        )
        book.add_line(line)


def allowed(room: Bookroom, who: str, act: Act) -> StaffMember:
    """The account ``who``, if it may do ``act`` now; a refusal is noted. Raises ``NotAllowedError``."""
    member = room.ledger.book.member(who)
    if member is not None and not member.may(act):
        note(room, who, act, result=REFUSED)
    return require(member, act)


def followed(room: Bookroom) -> Trail:
    """The whole trail, followed from its first line."""
    return follow(room.ledger.book.lines())
