"""What clinic staff see and do in a browser: every address, what it shows, and the right it asks for.

Reading the database, choosing words and a template is in ``counter``; coming in is in ``login_side``.
"""

from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clinic import (
    board,
    counter,
    find_resident,
    own_account,
    resident,
    roster_page,
    set_aside,
    staff_page,
    stations,
    trail_page,
    visit_list,
    worklist,
)
from clinic.clinic import Clinic
from clinic.door import Door
from clinic.first_login import FirstLogin
from clinic.login_side import LoginSide
from clinic.roles import Right
from clinic.roster import LARGEST


class StaffSide(msgspec.Struct, frozen=True):
    """The addresses of one clinic's staff."""

    clinic: Clinic

    def routes(self) -> list[Route]:
        """Every address of the staff."""
        door = Door(self.clinic)
        return [
            Route("/", get_root, methods=["GET"]),
            *LoginSide(self.clinic, door).routes(),
            *FirstLogin(self.clinic, door).routes(),
            *_accounts(door),
            Route("/worklist", door.shown(worklist.show), methods=["GET"]),
            Route("/worklist/outcome", door.form(worklist.write_outcome, Right.CALL), methods=["POST"]),
            Route("/worklist/take", door.form(worklist.take, Right.CALL), methods=["POST"]),
            Route("/worklist/hand", door.form(worklist.hand_on, Right.CALL), methods=["POST"]),
            Route("/residents", door.shown(find_resident.show), methods=["GET"]),
            Route("/residents", door.form(find_resident.find, Right.LOOK), methods=["POST"]),
            Route("/residents/{id:uuid}/reach", door.form(resident.reach, Right.CALL), methods=["POST"]),
            Route("/residents/{id:uuid}/erase", door.form(resident.erase_her), methods=["POST"]),
            Route("/residents/{id:uuid}", door.shown(resident.show), methods=["GET"]),
            Route(
                "/residents/{id:uuid}/export/{form}",
                door.shown(resident.export, Right.HAND_OUT),
                methods=["GET"],
            ),
            Route("/board", door.shown(board.show, Right.WATCH), methods=["GET"]),
            Route("/metrics", door.program(board.metrics, Right.MEASURE), methods=["GET"]),
            Route("/visits", door.shown(visit_list.show), methods=["GET"]),
            Route("/visits/{id:uuid}", door.shown(counter.show_visit), methods=["GET"]),
            Route("/stations", door.shown(stations.show_stations), methods=["GET"]),
            Route("/stations/decide", door.form(stations.decide_station), methods=["POST"]),
            Route("/stations/again", door.form(stations.send_again), methods=["POST"]),
            Route("/stations/street", door.form(stations.place_in_street), methods=["POST"]),
            Route("/stations/revoke", door.form(stations.revoke_station), methods=["POST"]),
            Route("/quarantine", door.shown(set_aside.show, Right.CALL), methods=["GET"]),
            Route("/quarantine/again", door.form(set_aside.try_again, Right.CALL), methods=["POST"]),
            Route("/quarantine/dismiss", door.form(set_aside.dismiss), methods=["POST"]),
            Route("/quarantine/{which}", door.shown(set_aside.download, Right.MANAGE), methods=["GET"]),
            Route("/trail", door.shown(trail_page.show, Right.MANAGE), methods=["GET"]),
            Route("/trail", door.form(trail_page.look), methods=["POST"]),
            Route("/roster", door.shown(roster_page.show, Right.MANAGE), methods=["GET"]),
            Route(
                "/roster",
                door.upload(roster_page.read, roster_page.refuse, Right.MANAGE, LARGEST),
                methods=["POST"],
            ),
            Route("/roster/take", door.form(roster_page.take), methods=["POST"]),
            Route("/api/visits/{id:uuid}", door.program(counter.visit_json), methods=["GET"]),
        ]


def _accounts(door: Door) -> list[Route]:
    """One's own account, and those of everybody."""
    change = partial(own_account.change_password, door)
    return [
        Route("/account", door.shown(own_account.show), methods=["GET"]),
        Route("/account", door.form(change, Right.LOOK), methods=["POST"]),
        Route("/staff", door.shown(staff_page.show, Right.MANAGE), methods=["GET"]),
        Route("/staff", door.form(staff_page.add), methods=["POST"]),
        Route("/staff/code", door.form(staff_page.reset), methods=["POST"]),
        Route("/staff/shut", door.form(staff_page.shut), methods=["POST"]),
        Route("/staff/place", door.form(staff_page.place), methods=["POST"]),
    ]


async def get_root(_request: Request) -> Response:
    """The list is the first page."""
    return RedirectResponse("/worklist", 303)
