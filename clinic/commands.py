"""The command ``clinic`` and what can be said after it. It reads arguments and prints, no more."""

import argparse
import json
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from clinic import people_commands, staff_commands, station_commands
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
        case "staff" | "token":
            return staff_commands.run(asked, lambda: _open(asked))
        case "stations":
            return station_commands.run(asked, lambda: _open(asked))
        case "roster" | "erase" | "export":
            return people_commands.run(asked, lambda: _open(asked))
        case "backup" | "restore" | "keys" | "trail":
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
    for some in (staff_commands, station_commands, people_commands):
        some.add_to(commands, shared)
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
    from clinic.safekeeping.finding_key import see_to_finding_key
    from clinic.settings import DEMO_TENANT, read_settings
    from clinic.store.store import open_store

    settings = read_settings(asked.settings)
    data = _data(asked)
    if is_demo(data):
        settings = replace(settings, tenant=DEMO_TENANT)
    opened = Clinic(settings, keys or read_keys(data), open_store(data, settings.database))
    if keys is None:
        try:
            see_to_finding_key(opened)
        except ClinicError:
            opened.store.close()
            raise
    return opened


def _data(asked: argparse.Namespace) -> Path:
    from clinic.settings import read_settings

    return asked.data or Path(read_settings(asked.settings).data)


def _serve(asked: argparse.Namespace) -> int:
    from clinic.app import build
    from clinic.demo import is_demo
    from clinic.folders import alone
    from clinic.forward import forwarding
    from clinic.matching import match_older
    from clinic.serve import ALREADY, SERVING, listen, serve, url_of
    from clinic.trail import end_of

    if is_demo(_data(asked)):
        raise ClinicError(f"The clinic in {_data(asked)} is a demonstration; start it with --demo.")
    running = _open(asked)
    with ExitStack() as closing_all:
        closing_all.callback(running.store.close)
        if not running.settings.database:
            closing_all.enter_context(alone(_data(asked), SERVING, ALREADY))
        match_older(running)
        port = running.settings.port if asked.port is None else asked.port
        listening = closing_all.enter_context(listen(running.settings.host, port))
        print(f"The clinic answers at {url_of(listening)} (stop with Ctrl-C).", flush=True)
        print(f"The trail ends at line {end_of(running)}.", flush=True)
        forwarding.start(running)
        serve(build(running), listening, proxies=running.settings.proxies)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    from clinic.app import build
    from clinic.demo import open_demo
    from clinic.folders import alone
    from clinic.matching import match_older
    from clinic.serve import ALREADY, LEAVING_S, SERVING, listen, serve, standard_input_closed, url_of

    data = asked.data or Path("var/demo-clinic")
    with (
        alone(data, SERVING, ALREADY, patience_s=LEAVING_S),
        listen("127.0.0.1", asked.port or 0) as listening,
    ):
        running, told = open_demo(data, url_of(listening))
        match_older(running)
        print(json.dumps(told), flush=True)
        with closing(running.store):
            serve(build(running), listening, until=standard_input_closed if asked.until_eof else None)
    return 0


def _init(asked: argparse.Namespace) -> int:
    from clinic.folders import make_folder
    from clinic.keyring import FOLDER, RECOVERY, WORKING, make_keys
    from clinic.settings import read_settings
    from clinic.store.recovery import holds_nothing
    from clinic.store.store import FILE, open_store

    settings = read_settings(asked.settings)
    data, database = _data(asked), settings.database
    make_folder(data)
    if (data / FOLDER / WORKING).exists() and not database and not (data / FILE).exists():
        open_store(data).close()
        print("The keys are there already; the database was not, and is made.")
        return 0
    if not (data / FOLDER / WORKING).exists() and (database or (data / FILE).exists()):
        with closing(open_store(data, database)) as store:
            if not holds_nothing(store, settings.tenant):
                raise ClinicError(
                    f"The working key is gone from {data / FOLDER}. Put it back from a copy, or: "
                    "clinic keys recover --recovery FILE"
                )
    make_keys(data)
    open_store(data, database).close()
    print(f"The clinic's keys are in {data / FOLDER}.")
    print(f"Carry {data / FOLDER / RECOVERY} away on a medium that lies in a safe, then delete it here.")
    return 0


def _safekeeping(asked: argparse.Namespace) -> int:
    from clinic.settings import read_settings

    settings = read_settings(asked.settings)
    return safekeeping.run(asked, _data(asked), settings.database, lambda keys: _open(asked, keys))
