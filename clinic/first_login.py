"""How somebody comes in for the first time, or after her password was taken away; and how a wall is hung up.

The code comes from an administrator (``invitations``), by word of mouth or on paper. It is taken from a form
of this site alone and stands in no address.
"""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clinic import counter, invitations
from clinic.accounts import AccountError
from clinic.clinic import Clinic
from clinic.door import Door, same_site, text_of
from clinic.pages.paper import HEADERS

_PERSON, _WALL = "/login/code", "/wall"


class FirstLogin(msgspec.Struct, frozen=True):
    """The handlers, with the clinic they work for."""

    clinic: Clinic
    door: Door

    def routes(self) -> list[Route]:
        """Every address of coming in by a code."""
        return [
            Route(_PERSON, self.get_person, methods=["GET"]),
            Route(_PERSON, self.post_person, methods=["POST"]),
            Route(_WALL, self.get_wall, methods=["GET"]),
            Route(_WALL, self.post_wall, methods=["POST"]),
        ]

    async def get_person(self, request: Request) -> Response:
        """Where she writes her code and a password of her own."""
        return self._form(request, _PERSON)

    async def post_person(self, request: Request) -> Response:
        """Her code and her password, twice."""
        form = await request.form(max_files=0, max_fields=10)
        if not same_site(request):
            return self.door.visitor(request, None).trouble("clinic.trouble.form", 403)
        new, again = text_of(form, "new"), text_of(form, "again")
        if new != again:
            return self._form(request, _PERSON, "staff.refused.differ", 409)
        try:
            token = await run_in_threadpool(invitations.come_in, self.clinic, text_of(form, "code"), new)
        except AccountError as wrong:
            return self._form(request, _PERSON, f"staff.refused.{wrong.reason}", 409)
        return self._entered(request, _PERSON, token, "/worklist")

    async def get_wall(self, request: Request) -> Response:
        """Where whoever hangs up the screen writes its code."""
        return self._form(request, _WALL)

    async def post_wall(self, request: Request) -> Response:
        """The code of the screen; from then on it shows the board."""
        form = await request.form(max_files=0, max_fields=10)
        if not same_site(request):
            return self.door.visitor(request, None).trouble("clinic.trouble.form", 403)
        token = await run_in_threadpool(invitations.hang_up, self.clinic, text_of(form, "code"))
        return self._entered(request, _WALL, token, "/board")

    def _entered(self, request: Request, path: str, token: str | None, to: str) -> Response:
        if token is None:
            return self._form(request, path, "staff.refused.code", 403)
        answer = RedirectResponse(to, 303, headers=dict(HEADERS))
        self.door.give(answer, token, lasting=path == _WALL)
        return answer

    def _form(self, request: Request, path: str, trouble: str = "", status: int = 200) -> Response:
        visitor = self.door.visitor(request, None)
        wall = path == _WALL
        values: dict[str, object] = {
            "heading": visitor.saying.text("wall.heading" if wall else "code.heading"),
            "address": path,
            "wall": wall,
            "trouble": visitor.saying.text(trouble) if trouble else "",
            "top_mark": counter.mark_of_trouble(),
        }
        return visitor.page("code.html", "", values, status)
