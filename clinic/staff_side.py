"""What clinic staff see and do in a browser. Every address but the login asks for a session first.

Reading the database, choosing words and a template; nothing is judged here. A form is taken only with the
session's own token and from this very site.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from clinic import accounts, counter
from clinic.accounts import BEARER, PAGE, Patience
from clinic.clinic import Clinic
from clinic.pages.paper import HEADERS, page
from clinic.pages.saying import Saying
from clinic.store.staff import Session
from health.words import languages, words_of

COOKIE, LANGUAGE = "kangyi", "kangyi_language"
_OTHER = {"zh_CN": "en", "en": "zh_CN"}
Answer = Callable[["Visitor"], Response]
Act = Callable[["Visitor", FormData], Response]


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request of somebody: who, in which language, at which address."""

    clinic: Clinic
    request: Request
    saying: Saying
    session: Session | None

    @property
    def staff(self) -> str:
        """The name of the account; empty before the login."""
        return "" if self.session is None else self.session.staff

    def page(self, name: str, active: str, values: dict[str, object], status: int = 200) -> Response:
        """A page inside the common frame."""
        frame: dict[str, object] = {
            "clinic": self.clinic.settings.name,
            "demo": self.clinic.settings.demo,
            "staff": self.staff,
            "csrf": "" if self.session is None else self.session.csrf,
            "active": active,
            "now": self.saying.day(self.clinic.now()),
            "path": self.request.url.path,
            "other_language": _OTHER[self.saying.words.language],
            "top_mark": "",
        }
        return page(name, self.saying, frame | values, status)

    def trouble(self, key: str, status: int) -> Response:
        """A page that says what is wrong and leads back."""
        values = {
            "heading": self.saying.text(f"{key}.heading"),
            "sentence": self.saying.text(f"{key}.sentence"),
        }
        return self.page("trouble.html", "", dict(values), status)


@dataclass(frozen=True, slots=True)
class StaffSide:
    """The handlers, with the clinic they work for."""

    clinic: Clinic
    patience: Patience = field(default_factory=Patience)

    def routes(self) -> list[Route]:
        """Every address of the staff."""
        return [
            Route("/", self.get_root, methods=["GET"]),
            Route("/login", self.get_login, methods=["GET"]),
            Route("/login", self.post_login, methods=["POST"]),
            Route("/language", self.post_language, methods=["POST"]),
            Route("/logout", self._form(self._logout), methods=["POST"]),
            Route("/visits", self._shown(counter.show_visits), methods=["GET"]),
            Route("/visits/{id:uuid}", self._shown(counter.show_visit), methods=["GET"]),
            Route("/stations", self._shown(counter.show_stations), methods=["GET"]),
            Route("/stations/decide", self._form(counter.decide_station), methods=["POST"]),
            Route("/stations/revoke", self._form(counter.revoke_station), methods=["POST"]),
            Route("/quarantine", self._shown(counter.show_quarantine), methods=["GET"]),
            Route("/api/login", self.post_api_login, methods=["POST"]),
            Route("/api/visits/{id:uuid}", self.get_api_visit, methods=["GET"]),
        ]

    async def get_root(self, _request: Request) -> Response:
        """The list is the first page."""
        return RedirectResponse("/visits", 303)

    async def get_login(self, request: Request) -> Response:
        """The form; or the list at once, for who brings a one-time link."""
        link = request.query_params.get("link", "")
        if link:
            used = await run_in_threadpool(accounts.use_link, self.clinic, link)
            if used is not None:
                return await run_in_threadpool(self._entered, used.staff)
        return _login_page(self._visitor(request, None), "", "clinic.login.link_used" if link else "")

    async def post_login(self, request: Request) -> Response:
        """Name and password."""
        visitor = self._visitor(request, None)
        form = await request.form(max_files=0, max_fields=10)
        if not _same_site(request):
            return visitor.trouble("clinic.trouble.form", 403)
        name = _text(form, "name")
        return await run_in_threadpool(self._login, visitor, name, _text(form, "password"))

    async def post_api_login(self, request: Request) -> Response:
        """Name and password as a form, for a program; the answer holds a bearer token."""
        form = await request.form(max_files=0, max_fields=10)
        name = _text(form, "name")
        if not await run_in_threadpool(self._right, name, _text(form, "password")):
            return JSONResponse({"error": "Name or password is wrong, or was wrong too often."}, 401)
        token = await run_in_threadpool(accounts.open_session, self.clinic, name, BEARER)
        return JSONResponse({"token": token})

    async def post_language(self, request: Request) -> Response:
        """Another language, remembered in this browser."""
        form = await request.form(max_files=0, max_fields=10)
        back = _text(form, "back")
        inside = back.startswith("/") and not back.startswith(("//", "/\\"))
        answer = RedirectResponse(back if inside else "/visits", 303)
        if _text(form, "language") in languages():
            answer.set_cookie(LANGUAGE, _text(form, "language"), max_age=31_536_000, samesite="lax")
        return answer

    async def get_api_visit(self, request: Request) -> Response:
        """One visit as JSON, for a session or a bearer token."""
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            session = await run_in_threadpool(accounts.session_for, self.clinic, bearer.strip(), BEARER)
        else:
            session = await self._session(request)
        if session is None:
            return JSONResponse({"error": "Log in first."}, 401, headers={"WWW-Authenticate": "Bearer"})
        return await run_in_threadpool(counter.visit_json, self._visitor(request, session))

    def _shown(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def shown(request: Request) -> Response:
            session = await self._session(request)
            if session is None:
                return RedirectResponse("/login", 303)
            return await run_in_threadpool(answer, self._visitor(request, session))

        return shown

    def _form(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        async def taken(request: Request) -> Response:
            session = await self._session(request)
            if session is None:
                return RedirectResponse("/login", 303)
            form = await request.form(max_files=0, max_fields=20)
            visitor = self._visitor(request, session)
            if not _same_site(request) or not secrets.compare_digest(
                _text(form, "csrf").encode(), session.csrf.encode()
            ):
                return visitor.trouble("clinic.trouble.form", 403)
            return await run_in_threadpool(act, visitor, form)

        return taken

    async def _session(self, request: Request) -> Session | None:
        token = request.cookies.get(COOKIE, "")
        return await run_in_threadpool(accounts.session_for, self.clinic, token, PAGE)

    def _visitor(self, request: Request, session: Session | None) -> Visitor:
        chosen = request.cookies.get(LANGUAGE, "")
        language = chosen if chosen in languages() else self.clinic.settings.language
        return Visitor(self.clinic, request, Saying(words_of(language), self.clinic.settings.zone), session)

    def _right(self, name: str, password: str) -> bool:
        now = self.clinic.now()
        if self.patience.waits(name, now):
            return False
        right = accounts.password_holds(self.clinic, name, password)
        self.patience.note(name, now, right=right)
        return right

    def _login(self, visitor: Visitor, name: str, password: str) -> Response:
        if self.patience.waits(name, self.clinic.now()):
            return _login_page(visitor, name, "clinic.login.wait", 429)
        if not self._right(name, password):
            return _login_page(visitor, name, "clinic.login.wrong", 403)
        return self._entered(name)

    def _entered(self, staff: str) -> Response:
        answer = RedirectResponse("/visits", 303, headers=dict(HEADERS))
        answer.set_cookie(
            COOKIE,
            accounts.open_session(self.clinic, staff, PAGE),
            httponly=True,
            samesite="lax",
            secure=bool(self.clinic.settings.public_url),
        )
        return answer

    def _logout(self, visitor: Visitor, _form: FormData) -> Response:
        if visitor.session is not None:
            accounts.close_session(self.clinic, visitor.session)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer


def _login_page(visitor: Visitor, name: str, trouble: str, status: int = 200) -> Response:
    values: dict[str, object] = {
        "heading": visitor.saying.text("clinic.login.heading"),
        "name": name[:64],
        "trouble": visitor.saying.text(trouble) if trouble else "",
        "top_mark": counter.mark_of_trouble(),
    }
    return visitor.page("login.html", "", values, status)


def _same_site(request: Request) -> bool:
    """Whether the form was sent from a page of this site. A browser that says nothing is an old one."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "")
    return not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
