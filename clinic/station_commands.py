"""``clinic stations``: which kiosks may send. It reads arguments and prints, no more."""

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic.errors import ClinicError

if TYPE_CHECKING:
    from clinic.clinic import Clinic

Opener: TypeAlias = "Callable[[], Clinic]"
"""Opens the clinic that the command line names."""


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 (argparse's own, private type)
    """Say to the command line what can be said here."""
    stations = commands.add_parser("stations", parents=[shared], help="list, approve or revoke stations")
    stations.add_argument("act", nargs="?", choices=["invite", "approve", "revoke", "place", "recall"])
    stations.add_argument(
        "id", nargs="?", help="approve: the eight digits; invite, recall: nothing; revoke, place: the id"
    )
    stations.add_argument("--street", default="", help="place: the street it stands in; without one, in none")
    stations.add_argument("--json", action="store_true")


def run(asked: argparse.Namespace, opened: Opener) -> int:
    """Do what was asked."""
    from clinic import enrolment
    from clinic.streets import place
    from clinic.trail import COMMAND_LINE

    running = opened()
    if asked.act is None:
        return _list_stations(running, as_json=asked.json)
    if asked.act == "invite":
        from clinic.station_codes import code_for_station

        print(f"At the station: enrol URL --code {code_for_station(running, COMMAND_LINE)}")
        print(
            "It holds for a day and one station, which then goes first. The digits are compared all the same."
        )
        return 0
    if asked.act == "recall":
        from clinic.safekeeping.asking_again import ask_again

        ask_again(running)
        print("Each station, when it starts next, gives again all it keeps of what the clinic took before.")
        return 0
    if not asked.id:
        raise ClinicError(f"Say which: clinic stations {asked.act} ID")
    if asked.act == "place":
        street = place(running, asked.id, asked.street, COMMAND_LINE)
        print(f"{asked.id} stands in {street}." if street else f"{asked.id} stands in no street.")
        return 0
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
