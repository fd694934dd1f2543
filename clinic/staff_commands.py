"""``clinic staff`` and ``clinic token``: who may come in. It reads arguments and prints, no more."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError

if TYPE_CHECKING:
    from clinic.clinic import Clinic
    from clinic.store.staff import Staff

Opener: TypeAlias = "Callable[[], Clinic]"
"""Opens the clinic that the command line names."""


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    staff = commands.add_parser("staff", parents=[shared], help="accounts of the staff")
    staff.add_argument("act", choices=["add", "enable", "disable", "list"])
    staff.add_argument("name", nargs="?")
    staff.add_argument(
        "--role",
        choices=["reader", "caller", "admin", "sender"],
        help="reader unless said; an account that is there keeps its own",
    )
    staff.add_argument("--team", default="", help="the team whose tasks are this person's")
    staff.add_argument("--subject", default="", help="the person's name at the clinic's log-in service")
    staff.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    token = commands.add_parser("token", parents=[shared], help="a bearer token for a program")
    token.add_argument("name", nargs="?", help="an account; without one, the tokens that hold are listed")
    kind = token.add_mutually_exclusive_group()
    kind.add_argument("--metrics", action="store_true", help="for two years, for /metrics and nothing else")
    kind.add_argument("--revoke", action="store_true", help="no token of this account holds any more")


def run(asked: argparse.Namespace, opened: Opener) -> int:
    """Do what was asked."""
    return _token(asked, opened) if asked.command == "token" else _staff(asked, opened)


def _staff(asked: argparse.Namespace, opened: Opener) -> int:
    from clinic.accounts import add_staff, enable
    from clinic.roles import Role
    from clinic.store.staff import all_staff, staff_named
    from clinic.trail import COMMAND_LINE, note

    running = opened()
    if asked.act == "list":
        for one in all_staff(running.store, running.settings.tenant):
            print(f"{one.role:7} {'' if one.enabled else 'shut out':9}{one.name}  {one.team}")
        return 0
    if not asked.name:
        raise ClinicError(f"Say whose account: clinic staff {asked.act} NAME")
    if asked.act in {"enable", "disable"}:
        if not enable(running, asked.name, enabled=asked.act == "enable"):
            raise ClinicError(f"There is no account {asked.name}; clinic staff list shows them.")
        did = "account let in" if asked.act == "enable" else "account shut out"
        note(running, COMMAND_LINE, did, asked.name)
        print(f"{asked.name} can {'log in' if asked.act == 'enable' else 'log in no more'}.")
        return 0
    password = "" if asked.subject and not asked.password_stdin else _password(asked)
    known = staff_named(running.store, running.settings.tenant, asked.name)
    role = Role(asked.role or (known.role if known else Role.READER))
    add_staff(running, asked.name, password, role, team=asked.team, subject=asked.subject)
    note(running, COMMAND_LINE, f"account {'changed' if known else 'made'}: {role.value}", asked.name)
    print(f"{asked.name} can log in, as {role.value}.")
    return 0


def _password(asked: argparse.Namespace) -> str:
    if asked.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise ClinicError("The two passwords differ; nothing was changed.")
    return password


def _token(asked: argparse.Namespace, opened: Opener) -> int:
    from clinic.roles import Role
    from clinic.sessions import BEARER, METER, open_session
    from clinic.store.staff import staff_named
    from clinic.trail import COMMAND_LINE, note

    running = opened()
    if not asked.name:
        return _tokens(running)
    known = staff_named(running.store, running.settings.tenant, asked.name)
    if asked.revoke:
        return _revoke(running, asked.name)
    if known is None and asked.metrics:
        known = _meter(running, asked.name)
    if known is None:
        raise ClinicError(f"There is no account {asked.name}; add it with: clinic staff add {asked.name}")
    if asked.metrics is not (known.role == Role.METER):
        raise ClinicError(
            f"{asked.name} is a {known.role}; a token for /metrics needs a name of its own: "
            "clinic token prometheus --metrics"
        )
    token = open_session(running, asked.name, METER if asked.metrics else BEARER)
    note(running, COMMAND_LINE, "token made", asked.name)
    print(token)
    return 0


def _meter(running: "Clinic", name: str) -> "Staff":
    """An account that may read the figures and cannot log in."""
    from clinic.accounts import check_words
    from clinic.roles import Role
    from clinic.store.staff import Staff, keep_staff
    from clinic.trail import COMMAND_LINE, note

    check_words(name, "", "")
    made = Staff(running.settings.tenant, name, "", Role.METER.value, running.now().isoformat())
    keep_staff(running.store, made)
    note(running, COMMAND_LINE, f"account made: {made.role}", name)
    return made


def _tokens(running: "Clinic") -> int:
    from clinic.sessions import BEARER, METER
    from clinic.store.sessions import living_sessions

    now = running.now().isoformat()
    with running.store.reading() as connection:
        found = living_sessions(connection, running.settings.tenant, (BEARER, METER), now)
    for one in found:
        print(f"{one.role:7} {one.staff}  made {one.made_at[:10]}, holds until {one.expires_at[:10]}")
    if not found:
        print("No token holds; make one with: clinic token NAME")
    return 0


def _revoke(running: "Clinic", name: str) -> int:
    from clinic.sessions import BEARER, METER
    from clinic.store.sessions import end_sessions
    from clinic.trail import COMMAND_LINE, note

    with running.store.writing() as connection:
        many = end_sessions(connection, running.settings.tenant, name, (BEARER, METER))
    if not many:
        raise ClinicError(f"There is no token of {name}; clinic token lists those that hold.")
    note(running, COMMAND_LINE, "token revoked", name)
    print(f"No token of {name} holds any more.")
    return 0
