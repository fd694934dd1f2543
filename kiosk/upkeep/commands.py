"""``kiosk staff``: accounts of a station from its command line; the first one can be made nowhere else.

Whoever can run this at the station has the station; the trail says ``command`` for them. It needs the data
folder to itself, so the kiosk is stopped meanwhile. A PIN or a card's number is never an argument.
"""

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from devices.reading import Confidential
from health.arguments import Arguments
from kiosk.upkeep.errors import PinError, StaffError

if TYPE_CHECKING:
    from kiosk.stationtime import Moment
    from kiosk.store.ledger import Ledger
    from kiosk.upkeep.rules import UpkeepRules

WHO = "command"
ROLES = ("nurse", "technician", "supervisor")


class AtTheCommandLine(Confidential, msgspec.Struct, frozen=True):
    """The ledger in the hands of a command."""

    ledger: "Ledger"
    now: "Callable[[], Moment]"
    rules: "UpkeepRules"


def staff(argv: Sequence[str]) -> int:
    """``kiosk staff add|list|open|shut|pin``."""
    asked = _arguments(argv)
    with _room(asked) as room:
        _ACTS[asked.act](room, asked)
    return 0


def _arguments(argv: Sequence[str]) -> Namespace:
    shared = Arguments(add_help=False)
    shared.add_argument(
        "--settings", type=Path, help="the station's TOML file; without it, the demonstration"
    )
    shared.add_argument("--data", type=Path, default=Path("var"), help="the folder of this station (var)")
    secret = Arguments(add_help=False)
    secret.add_argument("id", help="what records call them: small letters, digits, hyphens")
    secret.add_argument(
        "--stdin", action="store_true", help="read from standard input: the card's number if asked, the PIN"
    )
    parser = Arguments("kiosk staff", description="Accounts of the station's staff; stop the kiosk first.")
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", parents=[shared, secret], help="make an account")
    add.add_argument("--name", required=True, help="the name on the staff screens")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--card", action="store_true", help="let in only with a card; its number is asked for")
    acts.add_parser("list", parents=[shared], help="every account")
    acts.add_parser("pin", parents=[shared, secret], help="give a new PIN, and let in again")
    for act, what in (("open", "let in again after too many tries"), ("shut", "let in no more")):
        acts.add_parser(act, parents=[shared], help=what).add_argument("id")
    return parser.parse_args(argv)


@contextmanager
def _room(asked: Namespace) -> Iterator[AtTheCommandLine]:
    from kiosk.alone import alone
    from kiosk.clerk import SOFTWARE
    from kiosk.folders import make_folder
    from kiosk.settings import DEMO, read_settings
    from kiosk.stationtime import StationTime, boot_id
    from kiosk.store.ledger import Ledger
    from kiosk.upkeep.fitted import rules_of

    settings = read_settings(asked.settings or DEMO)
    place = asked.data / "demo" if settings.simulates else asked.data
    asked.station = settings.station.id
    make_folder(place)
    with alone(place):
        rules = rules_of(settings, place, SOFTWARE, demo=settings.simulates)
        ledger = Ledger(place)
        try:
            yield AtTheCommandLine(ledger, StationTime(boot_id()).now, rules)
        finally:
            ledger.close()


def _add(room: AtTheCommandLine, asked: Namespace) -> None:
    from kiosk.badge import badge_of
    from kiosk.upkeep.accounts import add_account
    from kiosk.upkeep.staff import StaffMember, StaffRole

    role = StaffRole(asked.role)
    if role is not StaffRole.SUPERVISOR and not room.ledger.book.staff():
        raise StaffError("The first account of a station is a supervisor's, who can make the others.")
    number = _secret("Number of the card: ", asked) if asked.card else ""
    if asked.card and not number:
        raise StaffError("No card number was given; nothing was changed.")
    badge = badge_of(number, asked.station) if number else ""
    add_account(room, WHO, StaffMember(asked.id, asked.name.strip(), role, badge), _new_pin(asked))
    print(f"{asked.id} can sign in as {role.value}.")


def _list(room: AtTheCommandLine, _: Namespace) -> None:
    for one in room.ledger.book.staff():
        state = "open" if one.enabled else "shut"
        card = "card and PIN" if one.badge else "PIN"
        print(f"{one.id:16} {one.role.value:10} {state:4} {card:12} {one.name}")


def _pin(room: AtTheCommandLine, asked: Namespace) -> None:
    from kiosk.upkeep.accounts import account, set_pin

    account(room, asked.id)
    set_pin(room, WHO, asked.id, _new_pin(asked))
    print(f"{asked.id} has a new PIN.")


def _open(room: AtTheCommandLine, asked: Namespace) -> None:
    from kiosk.upkeep.accounts import open_account

    open_account(room, WHO, asked.id)
    print(f"{asked.id} can sign in again.")


def _shut(room: AtTheCommandLine, asked: Namespace) -> None:
    from kiosk.upkeep.accounts import shut_account

    shut_account(room, WHO, asked.id)
    print(f"{asked.id} can no longer sign in.")


_ACTS = {"add": _add, "list": _list, "pin": _pin, "open": _open, "shut": _shut}


def _new_pin(asked: Namespace) -> str:
    pin = _secret("PIN: ", asked)
    if not asked.stdin and getpass.getpass("Once more: ") != pin:
        raise PinError("The two PINs differ; nothing was changed.")
    return pin


def _secret(prompt: str, asked: Namespace) -> str:
    return sys.stdin.readline().strip() if asked.stdin else getpass.getpass(prompt).strip()
