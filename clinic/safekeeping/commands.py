"""``clinic backup``, ``clinic restore`` and ``clinic keys``. It reads arguments and prints, no more."""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError

if TYPE_CHECKING:
    from clinic.clinic import Clinic
    from clinic.keyring import Keyring

Opener: TypeAlias = "Callable[[Keyring | None], Clinic]"
"""Opens the clinic with these keys, or with its own."""

_NEXT = "Start the server anew, and make a copy; each station learns the new key when it next asks."


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    for name, what in (("backup", "copy database and keys into FILE"), ("restore", "put such a copy back")):
        one = commands.add_parser(name, parents=[shared], help=what)
        one.add_argument("file", type=Path, metavar="FILE")
    keys = commands.add_parser("keys", parents=[shared], help="drill with the recovery key; new working keys")
    keys.add_argument("act", choices=["drill", "rotate", "recover", "open"])
    keys.add_argument("--recovery", type=Path, metavar="FILE", help="the recovery key, from its safe")


def run(asked: argparse.Namespace, data: Path, database: str, opened: Opener) -> int:
    """Do what was asked of the clinic kept in ``data``, whose database is at ``database``."""
    match asked.command:
        case "backup":
            return _backup(asked.file, data, opened(None))
        case "restore":
            return _restore(asked.file, data, database)
        case _:
            return _keys(asked, data, opened)


def _backup(file: Path, data: Path, running: "Clinic") -> int:
    from clinic.backup import backup

    with closing(running.store):
        backup(running.store, data, file)
    print(f"{file} holds database and keys in clear; lock it away.")
    return 0


def _restore(file: Path, data: Path, database: str) -> int:
    from clinic.backup import restore

    restore(file, data, database)
    print(f"The clinic is back in {data}.")
    return 0


def _keys(asked: argparse.Namespace, data: Path, opened: Opener) -> int:
    from clinic.keyring import rotate

    if asked.act == "rotate":
        rotate(data)
        print(f"There is a new working key; the one before stays and still opens. {_NEXT}")
        return 0
    if asked.recovery is None:
        raise ClinicError(f"Fetch the recovery key from its safe: clinic keys {asked.act} --recovery FILE")
    return {"drill": _drill, "recover": _recover, "open": _open_shut}[asked.act](asked, data, opened)


def _drill(asked: argparse.Namespace, data: Path, opened: Opener) -> int:
    from clinic.safekeeping.recovery import drill, recovery_key

    key = recovery_key(asked.recovery, data)
    running = opened(None)
    with closing(running.store):
        done = drill(running, key)
    print(f"The recovery key opens {done.opened} of {done.opened + done.shut} envelopes.")
    if done.shut:
        raise ClinicError(f"{done.shut} envelopes stay shut; look for the recovery key of before.")
    return 0


def _open_shut(asked: argparse.Namespace, _data: Path, opened: Opener) -> int:
    from clinic.safekeeping.recovery import file_shut, some_key

    key = some_key(asked.recovery)
    running = opened(None)
    with closing(running.store):
        done = file_shut(running, key)
    print(f"{done.opened} envelopes that were shut are filed, {done.shut} are not.")
    return 0


def _recover(asked: argparse.Namespace, data: Path, opened: Opener) -> int:
    from clinic.keyring import keep_working, keys_without_working
    from clinic.safekeeping.recovery import recover, recovery_key

    key = recovery_key(asked.recovery, data)
    keys = keys_without_working(data, key)
    running = opened(keys)
    with closing(running.store):
        done = recover(running, keys, key)
    keep_working(data, keys.working)
    print(
        f"There is a new working key. {done.filed} envelopes that were shut are filed, {done.shut} are not."
    )
    if done.unmatched:
        print(f"{done.unmatched} residents without a visit have to be read from the roster again.")
    print(_NEXT)
    return 0
