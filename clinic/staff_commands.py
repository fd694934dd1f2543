"""``clinic staff`` and ``clinic token``: who may come in. It reads arguments and prints, no more."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError

if TYPE_CHECKING:
    from clinic.clinic import Clinic

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
    token.add_argument("name")


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
    from clinic.sessions import BEARER, open_session
    from clinic.store.staff import staff_named
    from clinic.trail import COMMAND_LINE, note

    running = opened()
    if staff_named(running.store, running.settings.tenant, asked.name) is None:
        raise ClinicError(f"There is no account {asked.name}; add it with: clinic staff add {asked.name}")
    token = open_session(running, asked.name, BEARER)
    note(running, COMMAND_LINE, "token made", asked.name)
    print(token)
    return 0
