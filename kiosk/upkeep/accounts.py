"""Accounts of the station's staff: made, shut, opened again, given another PIN. Jobs of the desk.

The first account of a station is made by the command ``kiosk staff add``; everything after that a supervisor
can do on the screen. Nobody opens or shuts the account they are signed in with.
"""

import re

from devices.reading import Confidential
from kiosk.jobs import Job, Office
from kiosk.upkeep.errors import StaffError
from kiosk.upkeep.pin import require_good
from kiosk.upkeep.pin_hash import hashed
from kiosk.upkeep.staff import Act, StaffMember, StaffRole
from kiosk.upkeep.trail import Bookroom, allowed, note

ID = re.compile(r"\A[a-z0-9][a-z0-9-]{0,31}\Z")
LONGEST_NAME = 32


class AddStaff(Confidential, Job[StaffMember], frozen=True):
    """Make an account. Raises ``StaffError``, ``PinError`` or ``NotAllowedError``."""

    by: str
    staff: str
    name: str
    role: StaffRole
    pin: str
    badge: str = ""

    def do(self, office: Office) -> StaffMember:
        """Make it."""
        allowed(office, self.by, Act.STAFF)
        return add_account(
            office, self.by, StaffMember(self.staff, self.name.strip(), self.role, self.badge), self.pin
        )


class SetPin(Confidential, Job[None], frozen=True):
    """Give somebody else a new PIN, and all their tries back. Raises as ``AddStaff``."""

    by: str
    staff: str
    pin: str

    def do(self, office: Office) -> None:
        """Keep it."""
        allowed(office, self.by, Act.STAFF)
        _must_be_another(self.by, self.staff)
        set_pin(office, self.by, self.staff, self.pin)


class OpenAccount(Job[None], frozen=True):
    """Let somebody else in again, after too many tries or after they were shut out. As ``AddStaff``."""

    by: str
    staff: str

    def do(self, office: Office) -> None:
        """Open it."""
        allowed(office, self.by, Act.STAFF)
        _must_be_another(self.by, self.staff)
        open_account(office, self.by, self.staff)


class ShutAccount(Job[None], frozen=True):
    """Let somebody else in no more. Raises as ``AddStaff``."""

    by: str
    staff: str

    def do(self, office: Office) -> None:
        """Shut it."""
        allowed(office, self.by, Act.STAFF)
        _must_be_another(self.by, self.staff)
        shut_account(office, self.by, self.staff)


def add_account(room: Bookroom, by: str, member: StaffMember, pin: str) -> StaffMember:
    """Make the account ``member``. Raises ``StaffError`` or ``PinError``."""
    book = room.ledger.book
    if ID.fullmatch(member.id) is None:
        raise StaffError("A staff id is 1 to 32 small letters, digits and hyphens, like li-na; give another.")
    if not member.name or len(member.name) > LONGEST_NAME or not member.name.isprintable():
        raise StaffError(f"A name has 1 to {LONGEST_NAME} characters; give another.")
    if book.member(member.id) is not None:
        raise StaffError(f"There is an account {member.id} already; give another id.")
    if book.owner_of(member.badge) is not None:
        raise StaffError("This card is another account's already; use another card.")
    require_good(pin)
    with room.ledger.together():
        book.keep_member(member, hashed(pin, member.id, room.rules.pepper))
        note(room, by, Act.STAFF, member.id, f"added {member.role.value}")
    return member


def set_pin(room: Bookroom, by: str, staff: str, pin: str) -> None:
    """Give the account ``staff`` a new PIN and all its tries. Raises ``StaffError`` or ``PinError``."""
    member = account(room, staff)
    require_good(pin)
    with room.ledger.together():
        room.ledger.book.keep_member(member, hashed(pin, staff, room.rules.pepper))
        note(room, by, Act.STAFF, staff, "new pin")


def open_account(room: Bookroom, by: str, staff: str) -> None:
    """Open the account ``staff`` again. Raises ``StaffError``."""
    account(room, staff)
    with room.ledger.together():
        room.ledger.book.enable(staff, enabled=True)
        note(room, by, Act.STAFF, staff, "opened")


def shut_account(room: Bookroom, by: str, staff: str) -> None:
    """Shut the account ``staff``. Raises ``StaffError``."""
    account(room, staff)
    with room.ledger.together():
        room.ledger.book.enable(staff, enabled=False)
        note(room, by, Act.STAFF, staff, "shut")


def account(room: Bookroom, staff: str) -> StaffMember:
    """The account with that id. Raises ``StaffError``."""
    member = room.ledger.book.member(staff)
    if member is None:
        raise StaffError(f"There is no account {staff!r}; see `kiosk staff list`.")
    return member


def _must_be_another(by: str, staff: str) -> None:
    if by == staff:
        raise StaffError("Nobody does this to their own account; ask another supervisor.")
