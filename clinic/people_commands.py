"""``clinic roster`` and ``clinic erase``: whose data are kept. It reads arguments and prints, no more."""

import argparse
import getpass
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError
from clinic.trail import COMMAND_LINE

if TYPE_CHECKING:
    from clinic.clinic import Clinic

_COPIES = "A copy made before still holds them; make a new one."
Opener: TypeAlias = "Callable[[], Clinic]"
"""Opens the clinic that the command line names."""


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    roster = commands.add_parser("roster", parents=[shared], help="read a roster of residents (CSV)")
    roster.add_argument("file", type=Path, metavar="FILE")
    roster.add_argument("--take", action="store_true", help="keep it; without this it is only shown")
    roster.add_argument("--whole", action="store_true", help="who is not in it is on the roster no more")
    roster.add_argument("--gone", type=int, metavar="N", help="with --whole: yes, N people are to go")
    export = commands.add_parser("export", parents=[shared], help="all that is kept of somebody, as JSON")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("resident", nargs="?", help="the id that /fhir and the pages name her by")
    export.add_argument(
        "--phone", action="store_true", help="who gave no card: her telephone number is asked for"
    )
    erase = commands.add_parser("erase", parents=[shared], help="erase a resident, or what is older")
    erase.add_argument("resident", nargs="?", help="the id that /fhir and the pages name her by")
    erase.add_argument("--older-than", metavar="DAY", help="every visit of before that day, as 2026-11-28")
    erase.add_argument("--expired", action="store_true", help="what is older than the settings keep")
    erase.add_argument(
        "--phone", action="store_true", help="who gave no card: her telephone number is asked for"
    )
    erase.add_argument("--elsewhere", action="store_true", help="list what other servers did not delete yet")


def run(asked: argparse.Namespace, opened: Opener) -> int:
    """Do what was asked."""
    running = opened()
    with closing(running.store):
        return {"roster": _roster, "erase": _erase, "export": _export}[asked.command](asked, running)


def _roster(asked: argparse.Namespace, running: "Clinic") -> int:
    from clinic.matching import keyed
    from clinic.roster import preview, read_roster, take_roster

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
            sure = {"whole": asked.whole, "sure": asked.gone}
            told = take_roster(connection, tenant, roster, COMMAND_LINE, now, **sure)
        else:
            told = preview(connection, tenant, roster)
    print(f"{told.new} new, {told.changed} changed, {told.same} as before, {told.gone} not in the file.")
    if not asked.take:
        print("Nothing was kept; say --take to keep it.")
    return 0


def _export(asked: argparse.Namespace, running: "Clinic") -> int:
    from clinic.erasing import all_of_visits, visits_by_phone
    from clinic.handing_out import whole_of_hers
    from clinic.trail import note

    if (asked.resident is None) is not asked.phone:
        raise ClinicError("Say whose: clinic export FILE ID, or --phone; one of the two.")
    visits = visits_by_phone(running, _phone()) if asked.phone else ()
    with running.store.reading() as connection:
        if asked.phone:
            content = all_of_visits(running, connection, visits)
        else:
            content = whole_of_hers(running, connection, asked.resident)
    try:
        with asked.file.open("xb") as out:
            asked.file.chmod(0o600)
            out.write(content)
    except OSError as cause:
        raise ClinicError(f"{asked.file} cannot be written ({cause.strerror}); name another file.") from cause
    note(running, COMMAND_LINE, "resident exported", visits[0] if visits else asked.resident)
    print(f"All that is kept of her is in {asked.file}; hand it to nobody but her.")
    return 0


def _erase(asked: argparse.Namespace, running: "Clinic") -> int:
    from clinic.erasing import erase, erase_by_phone

    ways = [
        asked.resident is not None,
        asked.older_than is not None,
        asked.expired,
        asked.phone,
        asked.elsewhere,
    ]
    if ways.count(True) != 1:
        raise ClinicError(
            "Say whom, or --phone, --older-than which day, --expired or --elsewhere; one of them."
        )
    if asked.elsewhere:
        return _elsewhere(running)
    if asked.resident is None and not asked.phone:
        return _erase_old(asked, running)
    if asked.phone:
        done = erase_by_phone(running, _phone(), COMMAND_LINE)
    else:
        done = erase(running, asked.resident, COMMAND_LINE)
    print(f"{done.visits} visits erased. {_COPIES}")
    for target, many in done.elsewhere.items():
        print(f"{many} of them went on to {target}, which is asked to delete them: clinic erase --elsewhere")
    return 0


def _erase_old(asked: argparse.Namespace, running: "Clinic") -> int:
    from datetime import date

    from clinic.expiring import erase_expired, erase_older

    if asked.expired:
        done = erase_expired(running, COMMAND_LINE)
    else:
        try:
            day = date.fromisoformat(asked.older_than)
        except ValueError as cause:
            raise ClinicError("A day is written like 2026-11-28.") from cause
        done = erase_older(running, day, COMMAND_LINE)
    print(
        f"{done.visits} visits, {done.residents} residents without any, {done.reports} reports and "
        f"{done.unproven} unproven erased. {_COPIES}"
    )
    return 0


def _elsewhere(running: "Clinic") -> int:
    from clinic.store.erased_elsewhere import Back, not_gone

    with running.store.reading() as connection:
        left = not_gone(connection, running.settings.tenant)
    for one in left:
        print(f"{one.target}  {one.state.value}  visit {one.visit}  {one.status or ''}".rstrip())
        if one.state is Back.REFUSED:
            print("\n".join(f"    {name}" for name in one.names))
    if any(one.state is Back.REFUSED for one in left):
        print("Ask the owner of each server that refused to delete what stands below it.")
    if not left:
        print("No other server holds what was erased here, as far as this one knows.")
    return 0


def _phone() -> str:
    """Not an argument: those are seen by everybody on the machine, and stay in the history of the shell."""
    if sys.stdin.isatty():
        return getpass.getpass("Telephone number (not shown): ")
    return sys.stdin.readline()
