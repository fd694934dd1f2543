"""The trail of who did what: adds a line, and says whether it is whole and where it ends.

Rows alone cannot show that their last ones were cut off. So the trail is measured by what was said of its end
elsewhere: the counter beside it, each copy, and each line that the server wrote into the log of the system.
"""

import msgspec

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.store import audit
from clinic.store.audit import Head
from clinic.store.store import Transaction

COMMAND_LINE = "command line"
"""Who did what was typed at the machine itself, which does not know who sits at it."""


class TrailError(ClinicError):
    """What should say where a trail ended does not."""


class Standing(msgspec.Struct, frozen=True):
    """Where the trail ends, and the number of the first line that is missing or altered, None without one."""

    head: Head
    broken_at: int | None

    def __str__(self) -> str:
        """As it is written into the log and beside a copy."""
        return f"{self.head.number} {self.head.hash.hex()}"


def note(clinic: Clinic, who: str, did: str, about: str) -> None:
    """Add one line in a transaction of its own."""
    with clinic.store.writing() as connection:
        audit.note(connection, clinic.settings.tenant, who, did, about, clinic.now())


def standing(clinic: Clinic, connection: Transaction, said: Head | None = None) -> Standing:
    """How the trail stands; ``said`` is where it ended when that was said elsewhere."""
    tenant = clinic.settings.tenant
    broken = audit.broken_at(connection, tenant)
    if said is not None and not audit.holds(connection, tenant, said):
        broken = said.number if broken is None else min(broken, said.number)
    return Standing(audit.head(connection, tenant), broken)


def end_of(clinic: Clinic) -> str:
    """Where the trail ends now, to be said elsewhere: beside a copy, in the log of the system."""
    with clinic.store.reading() as connection:
        ends = audit.head(connection, clinic.settings.tenant)
    return str(Standing(ends, None))


def head_in(said: str) -> Head:
    """What ``end_of`` said once. Raises ``TrailError``."""
    number, _, hash_ = said.partition(" ")
    try:
        return Head(int(number), bytes.fromhex(hash_))
    except ValueError as cause:
        raise TrailError("This copy does not say where the trail ended; use one of this software.") from cause
