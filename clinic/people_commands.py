"""``clinic roster`` and ``clinic erase``: whose data are kept. It reads arguments and prints, no more."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError

if TYPE_CHECKING:
    from clinic.clinic import Clinic

Opener: TypeAlias = "Callable[[], Clinic]"
"""Opens the clinic that the command line names."""


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    roster = commands.add_parser("roster", parents=[shared], help="read a roster of residents (CSV)")
    roster.add_argument("file", type=Path, metavar="FILE")
    roster.add_argument("--take", action="store_true", help="keep it; without this it is only shown")
    roster.add_argument("--whole", action="store_true", help="who is not in it is on the roster no more")
    roster.add_argument("--gone", type=int, metavar="N", help="with --whole: yes, N people are to go")
    erase = commands.add_parser("erase", parents=[shared], help="erase a resident, or what is older")
    erase.add_argument("resident", nargs="?", help="the id that /fhir and the pages name her by")
    erase.add_argument("--older-than", metavar="DAY", help="every visit of before that day, as 2026-11-28")
    erase.add_argument("--expired", action="store_true", help="what is older than keep_visits_years")


def run(asked: argparse.Namespace, opened: Opener) -> int:
    """Do what was asked."""
    return _roster(asked, opened) if asked.command == "roster" else _erase(asked, opened)


def _roster(asked: argparse.Namespace, opened: Opener) -> int:
    from clinic.matching import keyed
    from clinic.roster import preview, read_roster, take_roster

    running = opened()
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
            told = take_roster(connection, tenant, roster, "command line", now, **sure)
        else:
            told = preview(connection, tenant, roster)
    print(f"{told.new} new, {told.changed} changed, {told.same} as before, {told.gone} not in the file.")
    if not asked.take:
        print("Nothing was kept; say --take to keep it.")
    return 0


def _erase(asked: argparse.Namespace, opened: Opener) -> int:
    from datetime import date

    from clinic.erasing import erase, erase_expired, erase_older

    running = opened()
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
