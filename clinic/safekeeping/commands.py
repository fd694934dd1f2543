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
    from clinic.trail import Standing

Opener: TypeAlias = "Callable[[Keyring | None], Clinic]"
"""Opens the clinic with these keys, or with its own."""

_AGAIN = "When they start next, its stations give again what they sent since the copy and still keep."
_NEXT = "Start the server anew, and make a copy; each station learns the new key when it next asks."


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    copy = commands.add_parser("backup", parents=[shared], help="copy database and keys into FILE")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.add_argument(
        "--nightly", action="store_true", help="FILE is a folder: one copy more in it, and fewer old ones"
    )
    back = commands.add_parser("restore", parents=[shared], help="put such a copy back")
    back.add_argument("file", type=Path, metavar="FILE")
    trail = commands.add_parser("trail", parents=[shared], help="is the trail of who did what whole?")
    trail.add_argument("--against", type=Path, metavar="FILE", help="a copy that says where it ended once")
    keys = commands.add_parser("keys", parents=[shared], help="drill with the recovery key; new working keys")
    keys.add_argument("act", choices=["drill", "rotate", "recover", "open"])
    keys.add_argument("--recovery", type=Path, metavar="FILE", help="the recovery key, from its safe")


def run(asked: argparse.Namespace, data: Path, database: str, opened: Opener) -> int:
    """Do what was asked of the clinic kept in ``data``, whose database is at ``database``."""
    match asked.command:
        case "backup":
            return _backup(asked, data, opened(None))
        case "trail":
            return _trail(asked, opened(None))
        case "restore":
            return _restore(asked.file, data, database, opened)
        case _:
            return _keys(asked, data, opened)


def _backup(asked: argparse.Namespace, data: Path, running: "Clinic") -> int:
    from clinic.backup import backup
    from clinic.safekeeping.copies import copy_of_tonight
    from clinic.trail import COMMAND_LINE, end_of, note

    with closing(running.store):
        note(running, COMMAND_LINE, "copy made", asked.file.name[:64])
        ends = end_of(running)
        if asked.nightly:
            made = copy_of_tonight(running, data, asked.file, ends)
            print(f"{made.file} is made; {made.gone} older copies went.")
            _must_be_whole(running, made.before)
        else:
            backup(running.store, data, asked.file, ends)
            print(f"{asked.file} holds database and keys in clear; lock it away.")
    print(f"The trail ends at line {ends}.")
    return 0


def _trail(asked: argparse.Namespace, running: "Clinic") -> int:
    with closing(running.store):
        found = _must_be_whole(running, asked.against)
    print(f"The trail is whole; it ends at line {found}.")
    return 0


def _must_be_whole(running: "Clinic", copy: Path | None) -> "Standing":
    """How the trail stands, measured by what an earlier ``copy`` says of its end, if it says so."""
    from clinic.backup import trail_in
    from clinic.trail import head_in, standing

    said = "" if copy is None else trail_in(copy)
    with running.store.reading() as connection:
        found = standing(running, connection, head_in(said) if said else None)
    if found.broken_at is not None:
        raise ClinicError(
            f"The trail does not hold at line {found.broken_at}: it was changed or cut off there. Keep the "
            "disk as it is, put a copy beside it, and call your authority."
        )
    return found


def _restore(file: Path, data: Path, database: str, opened: Opener) -> int:
    from clinic.backup import restore
    from clinic.safekeeping.asking_again import ask_again

    restore(file, data, database)
    running = opened(None)
    with closing(running.store):
        ask_again(running)
    print(f"The clinic is back in {data}. {_AGAIN}")
    return 0


def _keys(asked: argparse.Namespace, data: Path, opened: Opener) -> int:
    from clinic.keyring import rotate
    from clinic.trail import COMMAND_LINE, note

    if asked.act == "rotate":
        running = opened(None)
        with closing(running.store):
            rotate(data)
            note(running, COMMAND_LINE, "keys rotated", "keys")
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
    if not done.finds:
        raise ClinicError("It does not open the key that people are found by; look for the other key.")
    print("It opens the key that people are found by, too: nobody erased would come back.")
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
        done = recover(running, key, data)
    keep_working(data, keys.working)
    print(
        f"There is a new working key. {done.filed} envelopes that were shut are filed, {done.shut} are not."
    )
    if done.unmatched:
        print(f"{done.unmatched} residents without a visit have to be read from the roster again.")
    if done.unmarked:
        print(
            f"The marks of {done.unmarked} erased people fit nobody any more: the key they were made with is "
            "lost. What was measured before and comes only now is taken in; look at who arrives."
        )
    print(_NEXT)
    return 0
