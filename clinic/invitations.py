"""How somebody comes to an account: an administrator makes it, and a code lets its owner in once.

Nobody but the owner ever knows the password: the administrator hands over a code that is shown once, holds
for a day and is kept as a hash. A screen on a wall has no password at all; its code gives it a session that
sees counts and nothing else. An administrator cannot shut out, demote or reset himself, so one always stays.
"""

import msgspec

from clinic import sessions
from clinic.accounts import AccountError, check_password, check_words, set_password
from clinic.clinic import Clinic
from clinic.codes import as_typed, in_fours, new_code
from clinic.roles import Role
from clinic.sessions import CODE, PAGE, WALL
from clinic.store import audit
from clinic.store.staff import (
    Staff,
    add_staff_member,
    change_staff,
    renew_hash,
    set_enabled,
    staff_named,
)

OFFERED = (Role.CALLER, Role.READER, Role.ADMIN)
"""Roles of people. A program's account is made at the command line, where its token is."""


class Invited(msgspec.Struct, frozen=True):
    """A new account. ``subject`` is its name at the clinic's own log-in service, if there is one."""

    name: str
    role: Role
    team: str = ""
    subject: str = ""


def invite(clinic: Clinic, new: Invited, who: str) -> str:
    """Make an account without a password; returns the code for its owner. Raises ``AccountError``."""
    check_words(new.name, new.team, new.subject)
    if new.role not in {*OFFERED, Role.WALL}:
        raise AccountError("role", "Choose a role that a person or a wall can have.")
    tenant, now = clinic.settings.tenant, clinic.now()
    staff = Staff(tenant, new.name, "", new.role.value, now.isoformat(), new.team, new.subject)
    with clinic.store.writing() as connection:
        if not add_staff_member(connection, staff):
            raise AccountError("taken", "There is an account of that name already; choose another.")
        audit.note(connection, tenant, who, f"account made: {new.role.value}", new.name, now)
    return _code(clinic, new.name)


def reset(clinic: Clinic, name: str, who: str) -> str:
    """Take an account its password and its sessions; returns a new code. Raises ``AccountError``."""
    _somebody_else(clinic, name, who)
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        renew_hash(connection, tenant, name, "")
        audit.note(connection, tenant, who, "account reset", name, clinic.now())
    return _code(clinic, name)


def shut(clinic: Clinic, name: str, who: str, *, out: bool) -> None:
    """Shut an account out and end its sessions, or let it in again. Raises ``AccountError``."""
    _somebody_else(clinic, name, who)
    set_enabled(clinic.store, clinic.settings.tenant, name, enabled=not out)
    _note(clinic, who, "account shut out" if out else "account let in", name)


def place(clinic: Clinic, name: str, role: Role, team: str, who: str) -> None:
    """Give an account a role and a team. Raises ``AccountError``."""
    known, tenant = _somebody_else(clinic, name, who), clinic.settings.tenant
    check_words(name, team, "")
    if role not in OFFERED or known.role not in set(OFFERED):
        raise AccountError("role", "Choose a role that a person can have.")
    with clinic.store.writing() as connection:
        change_staff(connection, tenant, name, role.value, team)
        audit.note(connection, tenant, who, f"account changed: {role.value}", name, clinic.now())


def come_in(clinic: Clinic, code: str, password: str) -> str | None:
    """Use up a person's code for a password of her own; the token of her session, None for a wrong code.

    Raises ``AccountError`` for a password that cannot be one; the code then still holds.
    """
    check_password(password)
    found = sessions.session_for(clinic, as_typed(code), CODE)
    if found is None or found.role == Role.WALL or not sessions.close_session(clinic, found):
        return None
    set_password(clinic, found.staff, password)
    return sessions.open_session(clinic, found.staff, PAGE)


def hang_up(clinic: Clinic, code: str) -> str | None:
    """Use up the code of a wall; the token of its session, None for a wrong code."""
    found = sessions.session_for(clinic, as_typed(code), CODE)
    if found is None or found.role != Role.WALL or not sessions.close_session(clinic, found):
        return None
    _note(clinic, found.staff, "wall let in", found.staff)
    return sessions.open_session(clinic, found.staff, WALL)


def _code(clinic: Clinic, name: str) -> str:
    code = new_code()
    sessions.open_session(clinic, name, CODE, code)
    return in_fours(code)


def _somebody_else(clinic: Clinic, name: str, who: str) -> Staff:
    known = staff_named(clinic.store, clinic.settings.tenant, name)
    if known is None:
        raise AccountError("unknown", "There is no account of that name; look at the list again.")
    if name == who:
        raise AccountError("own", "This is your own account; another administrator may change it.")
    return known


def _note(clinic: Clinic, who: str, did: str, about: str) -> None:
    with clinic.store.writing() as connection:
        audit.note(connection, clinic.settings.tenant, who, did, about, clinic.now())
