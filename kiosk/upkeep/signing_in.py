"""Letting staff in: card and PIN, ten tries, every one of them written down before it is judged.

Jobs of the desk. A power cut between the writing and the judging leaves the try counted. It must not show
anything: which card was laid comes in as its badge, and what came of it goes out as a frozen answer.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar

import msgspec

from devices.reading import Confidential
from kiosk.jobs import Job, Office, Rank
from kiosk.upkeep.audit import DONE
from kiosk.upkeep.errors import StaffError
from kiosk.upkeep.patience import Tries
from kiosk.upkeep.pin import require_good, require_same
from kiosk.upkeep.pin_hash import hashed, holds, is_outdated
from kiosk.upkeep.staff import Act, StaffMember
from kiosk.upkeep.trail import Bookroom, note

COUNTED = "counted"
WRONG = "wrong"


class Refusal(StrEnum):
    """Why somebody was not let in. The values end the keys ``staff.refused.*``."""

    UNKNOWN = "unknown"
    CARD = "card"
    WRONG = "wrong"
    WAIT = "wait"
    SHUT = "shut"


class LetIn(msgspec.Struct, frozen=True):
    """Who is signed in. Hand ``member.id`` to every job as ``by``; the desk looks the account up again."""

    member: StaffMember


class NotLetIn(msgspec.Struct, frozen=True):
    """Why not, how many seconds until the next try, and how many tries are left."""

    why: Refusal
    wait_s: int = 0
    left: int = 0


Answer = LetIn | NotLetIn


class WhoseCard(Job["StaffMember | None"], frozen=True):
    """The account a card belongs to, by its badge (``kiosk.badge.badge_of``), or None."""

    badge: str

    def do(self, office: Office) -> StaffMember | None:
        """Look it up."""
        return office.ledger.book.owner_of(self.badge)


class SignIn(Confidential, Job[Answer], frozen=True):
    """Let ``staff`` in by PIN. An account that has a card is let in only with its ``badge``."""

    rank: ClassVar[Rank] = Rank.VISIT
    staff: str
    pin: str
    badge: str = ""

    def do(self, office: Office) -> Answer:
        """Count the try, judge it, write down what came of it."""
        member = office.ledger.book.member(self.staff)
        if member is None:
            return NotLetIn(Refusal.UNKNOWN)
        if member.badge and member.badge != self.badge:
            return NotLetIn(Refusal.CARD)
        return tried(office, member, self.pin, lambda: note(office, member.id, Act.SIGN_IN))


class SignOut(Job[None], frozen=True):
    """Note that ``by`` left the staff area."""

    by: str
    idle: bool = False

    def do(self, office: Office) -> None:
        """Note it."""
        note(office, self.by, Act.SIGN_OUT, result="idle" if self.idle else DONE)


class ChangeOwnPin(Confidential, Job[Answer], frozen=True):
    """Give ``by`` a new PIN; the old one is asked for and counted like any try. Raises ``PinError``."""

    by: str
    old: str
    new: str

    def do(self, office: Office) -> Answer:
        """Judge the old one, keep the new one."""
        member = office.ledger.book.member(self.by)
        if member is None:
            return NotLetIn(Refusal.UNKNOWN)
        require_good(self.new)
        new = hashed(self.new, member.id, office.rules.pepper)

        def keep() -> None:
            office.ledger.book.keep_pin(member.id, new)
            note(office, member.id, Act.OWN_PIN)

        return tried(office, member, self.old, keep)


def tried(room: Bookroom, member: StaffMember, pin: str, then: Callable[[], None]) -> Answer:
    """One try of a PIN: counted on the disk first, then judged; ``then`` is done in the same transaction that
    takes the count back. Raises ``PinError`` under another pepper.
    """
    book, moment = room.ledger.book, room.now()
    if not member.enabled:
        return NotLetIn(Refusal.SHUT)
    tries = book.tries_of(member.id)
    wait = tries.wait_s(moment.boot, moment.monotonic_ms)
    if wait:
        return NotLetIn(Refusal.WAIT, wait, tries.left)
    kept = book.pin_of(member.id)
    require_same(kept, room.rules.pepper)
    counted = tries.with_try(moment.boot, moment.monotonic_ms)
    with room.ledger.together():
        book.keep_tries(member.id, counted)
        note(room, member.id, Act.TRY, result=COUNTED)
    if not holds(kept, pin, member.id, room.rules.pepper):
        note(room, member.id, Act.TRY, result=WRONG)
        return _wrong(counted, moment.monotonic_ms)
    with room.ledger.together():
        book.keep_tries(member.id, Tries())
        if is_outdated(kept):
            book.keep_pin(member.id, hashed(pin, member.id, room.rules.pepper))
        then()
    return LetIn(_again(room, member.id))


def _wrong(counted: Tries, monotonic_ms: int) -> NotLetIn:
    if counted.used_up or counted.boot is None:
        return NotLetIn(Refusal.SHUT)
    return NotLetIn(Refusal.WRONG, counted.wait_s(counted.boot, monotonic_ms), counted.left)


def _again(room: Bookroom, staff: str) -> StaffMember:
    member = room.ledger.book.member(staff)
    if member is None:
        raise StaffError(f"There is no account {staff!r} any more; ask a supervisor.")
    return member
