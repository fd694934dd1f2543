"""The command ``clinic`` and what can be said after it. It reads arguments and prints, no more."""

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from clinic.errors import ClinicError
from clinic.safekeeping import commands as safekeeping
from health.arguments import Arguments
from health.arguments import port as port_number

if TYPE_CHECKING:
    from clinic.clinic import Clinic
    from clinic.keyring import Keyring


def clinic(argv: Sequence[str]) -> int:
    """``clinic`` and its own commands. Returns the exit code; trouble is raised as a ``ClinicError``."""
    asked = _arguments(argv)
    match asked.command:
        case "init":
            return _init(asked)
        case "staff":
            return _staff(asked)
        case "token":
            return _token(asked)
        case "stations":
            return _stations(asked)
        case "roster":
            return _roster(asked)
        case "erase":
            return _erase(asked)
        case "backup" | "restore" | "keys":
            return _safekeeping(asked)
        case _:
            return _demo(asked) if asked.demo else _serve(asked)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    shared = _shared()
    # The options of its own: defaults set on those of the commands would win over what was said before one.
    parser = Arguments("clinic", description="The central server.", parents=[_shared()])
    parser.add_argument("--port", type=port_number, help="listen here; 0 lets the system choose")
    parser.add_argument("--demo", action="store_true", help="a clinic for a demonstration, with all it needs")
    parser.add_argument(
        "--until-eof",
        action="store_true",
        help="with --demo: stop when standard input ends, as its parent does",
    )
    parser.set_defaults(settings=None, data=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("init", parents=[shared], help="make the clinic's keys")
    staff = commands.add_parser("staff", parents=[shared], help="accounts of the staff")
    staff.add_argument("act", choices=["add", "enable", "disable", "list"])
    staff.add_argument("name", nargs="?")
    staff.add_argument("--role", choices=["reader", "caller", "admin", "sender"], default="admin")
    staff.add_argument("--team", default="", help="the team whose tasks are this person's")
    staff.add_argument("--subject", default="", help="the person's name at the clinic's log-in service")
    staff.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    token = commands.add_parser("token", parents=[shared], help="a bearer token for a program")
    token.add_argument("name")
    stations = commands.add_parser("stations", parents=[shared], help="list, approve or revoke stations")
    stations.add_argument("act", nargs="?", choices=["approve", "revoke"])
    stations.add_argument("id", nargs="?", help="approve: the eight digits; revoke: the station's id")
    stations.add_argument("--json", action="store_true")
    roster = commands.add_parser("roster", parents=[shared], help="read a roster of residents (CSV)")
    roster.add_argument("file", type=Path, metavar="FILE")
    roster.add_argument("--take", action="store_true", help="keep it; without this it is only shown")
    roster.add_argument("--whole", action="store_true", help="who is not in it is on the roster no more")
    erase = commands.add_parser("erase", parents=[shared], help="erase a resident, or what is older")
    erase.add_argument("resident", nargs="?", help="the id that /fhir and the pages name her by")
    erase.add_argument("--older-than", metavar="DAY", help="every visit of before that day, as 2026-11-28")
    erase.add_argument("--expired", action="store_true", help="what is older than keep_visits_years")
    safekeeping.add_to(commands, shared)
    return parser.parse_args(argv)


def _shared() -> Arguments:
    """What may be said before a command and after it."""
    shared = Arguments(add_help=False)
    shared.add_argument("--settings", type=Path, default=argparse.SUPPRESS, help="a TOML file")
    shared.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="the folder of this clinic")
    return shared


def _open(asked: argparse.Namespace, keys: "Keyring | None" = None) -> "Clinic":
    from clinic.clinic import Clinic
    from clinic.demo import is_demo
    from clinic.keyring import read_keys
    from clinic.settings import DEMO_TENANT, read_settings
    from clinic.store.store import open_store

    settings = read_settings(asked.settings)
    data = _data(asked)
    if is_demo(data):
        settings = replace(settings, tenant=DEMO_TENANT)
    return Clinic(settings, keys or read_keys(data), open_store(data, settings.database))


def _data(asked: argparse.Namespace) -> Path:
    from clinic.settings import read_settings

    return asked.data or Path(read_settings(asked.settings).data)


def _serve(asked: argparse.Namespace) -> int:
    from clinic.app import build
    from clinic.demo import is_demo
    from clinic.forward import forwarding
    from clinic.matching import match_older
    from clinic.serve import listen, serve, url_of

    if is_demo(_data(asked)):
        raise ClinicError(f"The clinic in {_data(asked)} is a demonstration; start it with --demo.")
    running = _open(asked)
    match_older(running)
    port = running.settings.port if asked.port is None else asked.port
    with closing(running.store), listen(running.settings.host, port) as listening:
        print(f"The clinic answers at {url_of(listening)} (stop with Ctrl-C).", flush=True)
        forwarding.start(running)
        serve(build(running), listening)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    from clinic.app import build
    from clinic.demo import open_demo
    from clinic.matching import match_older
    from clinic.serve import listen, serve, standard_input_closed, url_of

    with listen("127.0.0.1", asked.port or 0) as listening:
        running, told = open_demo(asked.data or Path("var/demo-clinic"), url_of(listening))
        match_older(running)
        print(json.dumps(told), flush=True)
        with closing(running.store):
            serve(build(running), listening, until=standard_input_closed if asked.until_eof else None)
    return 0


def _init(asked: argparse.Namespace) -> int:
    from clinic.keyring import FOLDER, RECOVERY, make_keys
    from clinic.settings import read_settings
    from clinic.store.store import open_store

    data = _data(asked)
    make_keys(data)
    open_store(data, read_settings(asked.settings).database).close()
    print(f"The clinic's keys are in {data / FOLDER}.")
    print(f"Carry {data / FOLDER / RECOVERY} away on a medium that lies in a safe, then delete it here.")
    return 0


def _staff(asked: argparse.Namespace) -> int:
    from clinic.accounts import add_staff, enable
    from clinic.roles import Role
    from clinic.store.staff import all_staff

    running = _open(asked)
    if asked.act == "list":
        for one in all_staff(running.store, running.settings.tenant):
            print(f"{one.role:7} {'' if one.enabled else 'shut out':9}{one.name}  {one.team}")
        return 0
    if not asked.name:
        raise ClinicError(f"Say whose account: clinic staff {asked.act} NAME")
    if asked.act in {"enable", "disable"}:
        if not enable(running, asked.name, enabled=asked.act == "enable"):
            raise ClinicError(f"There is no account {asked.name}; clinic staff list shows them.")
        print(f"{asked.name} can {'log in' if asked.act == 'enable' else 'log in no more'}.")
        return 0
    password = "" if asked.subject and not asked.password_stdin else _password(asked)
    role = Role(asked.role)
    add_staff(running, asked.name, password, role, team=asked.team, subject=asked.subject)
    print(f"{asked.name} can log in.")
    return 0


def _password(asked: argparse.Namespace) -> str:
    if asked.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise ClinicError("The two passwords differ; nothing was changed.")
    return password


def _token(asked: argparse.Namespace) -> int:
    from clinic.sessions import BEARER, open_session
    from clinic.store.staff import staff_named

    running = _open(asked)
    if staff_named(running.store, running.settings.tenant, asked.name) is None:
        raise ClinicError(f"There is no account {asked.name}; add it with: clinic staff add {asked.name}")
    print(open_session(running, asked.name, BEARER))
    return 0


def _stations(asked: argparse.Namespace) -> int:
    from clinic import enrolment

    running = _open(asked)
    if asked.act is None:
        return _list_stations(running, as_json=asked.json)
    if not asked.id:
        raise ClinicError(f"Say which: clinic stations {asked.act} ID")
    if asked.act == "revoke":
        if not enrolment.revoke(running, asked.id, "command line"):
            raise ClinicError(f"There is no station {asked.id}; clinic stations lists them.")
        print(f"{asked.id} may not send any more.")
        return 0
    digits = asked.id.replace(" ", "")
    named = [one for code, one in enrolment.waiting(running) if digits in (code.replace(" ", ""), one.id)]
    if len(named) != 1 or not enrolment.approve(running, named[0].id, "command line"):
        raise ClinicError(f"No station shows the code {asked.id}; clinic stations lists those that wait.")
    print(f"{named[0].station} may send.")
    return 0


def _list_stations(running: "Clinic", *, as_json: bool) -> int:
    from clinic import enrolment
    from clinic.store.stations import all_stations

    waiting = [
        {"station": one.station, "name": one.name, "state": "pending", "code": code, "last_seen": None}
        for code, one in enrolment.waiting(running)
    ]
    known = [
        {"station": s.id, "name": s.name, "state": s.state.value, "code": None, "last_seen": s.last_seen}
        for s in all_stations(running.store, running.settings.tenant)
    ]
    if as_json:
        print(json.dumps([*waiting, *known], ensure_ascii=False))
        return 0
    for one in (*waiting, *known):
        code, seen = one["code"] or "", one["last_seen"] or "-"
        print(f"{one['state']:9} {code:9} {one['station']}  {one['name']}  {seen}")
    if not waiting and not known:
        print("There is no station yet; join one with: enrol URL")
    return 0


def _roster(asked: argparse.Namespace) -> int:
    from clinic.matching import keyed
    from clinic.roster import preview, read_roster, take_roster

    running = _open(asked)
    tenant, now = running.settings.tenant, running.now()
    try:
        content = asked.file.read_bytes()
    except OSError as cause:
        raise ClinicError(f"The roster {asked.file} cannot be read ({cause.strerror}).") from cause
    roster = read_roster(content, tenant, lambda number: keyed(running, number), now)
    for one in roster.bad:
        print(f"line {one.line}: {one.fault.value}")
    with running.store.writing() as connection:
        if asked.take:
            told = take_roster(connection, tenant, roster, "command line", now, whole=asked.whole)
        else:
            told = preview(connection, tenant, roster)
    print(f"{told.new} new, {told.changed} changed, {told.same} as before, {told.gone} not in the file.")
    if not asked.take:
        print("Nothing was kept; say --take to keep it.")
    return 0


def _erase(asked: argparse.Namespace) -> int:
    from datetime import date

    from clinic.erasing import erase, erase_expired, erase_older

    running = _open(asked)
    if [asked.resident is None, asked.older_than is None, not asked.expired].count(False) != 1:
        raise ClinicError("Say whom, or --older-than which day, or --expired; one of the three.")
    if asked.expired:
        done = erase_expired(running, "command line")
    elif asked.resident is not None:
        done = erase(running, asked.resident, "command line")
    else:
        try:
            day = date.fromisoformat(asked.older_than)
        except ValueError as cause:
            raise ClinicError("A day is written like 2026-11-28.") from cause
        done = erase_older(running, day, "command line")
    print(f"{done.visits} visits erased. A copy made before still holds them; make a new one.")
    return 0


def _safekeeping(asked: argparse.Namespace) -> int:
    from clinic.settings import read_settings

    settings = read_settings(asked.settings)
    return safekeeping.run(asked, _data(asked), settings.database, lambda keys: _open(asked, keys))
