"""How the staff come in and go out: by password, one-time link, or the clinic's own log-in service."""

import secrets
from functools import partial

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from clinic import accounts, counter, oidc, sessions
from clinic.accounts import Entry
from clinic.addresses import address_of
from clinic.clinic import Clinic
from clinic.door import LANGUAGE, Door, same_site, text_of
from clinic.oidc import Began, LogInServiceError
from clinic.pages.paper import HEADERS
from clinic.password_checks import RETRY_AFTER_S, PasswordChecks, TooManyError
from clinic.sessions import BEARER, PAGE
from clinic.visitor import Visitor
from health.words import languages

_FIRST_PAGE = "/worklist"
_BEGUN = "kangyi_begun"
_BEGUN_S = 600
_BACK = "/login/service/back"


class LoginSide(msgspec.Struct, frozen=True):
    """The handlers, with the clinic they work for."""

    clinic: Clinic
    door: Door
    checks: PasswordChecks = msgspec.field(default_factory=PasswordChecks)

    def routes(self) -> list[Route]:
        """Every address of coming and going."""
        return [
            Route("/login", self.get_login, methods=["GET"]),
            Route("/login", self.post_login, methods=["POST"]),
            Route("/login/service", self.get_service, methods=["GET"]),
            Route(_BACK, self.get_back, methods=["GET"]),
            Route("/language", self.post_language, methods=["POST"]),
            Route("/logout", self.door.form(self._logout, None), methods=["POST"]),
            Route("/api/login", self.post_api_login, methods=["POST"]),
        ]

    async def get_login(self, request: Request) -> Response:
        """The form; or the first page at once, for who brings a one-time link."""
        link = request.query_params.get("link", "")
        if link:
            used = await run_in_threadpool(sessions.use_link, self.clinic, link)
            if used is not None:
                return await run_in_threadpool(self._entered, request, used.staff)
        return self._form(request, "", "clinic.login.link_used" if link else "")

    async def post_login(self, request: Request) -> Response:
        """Name and password."""
        form = await request.form(max_files=0, max_fields=10)
        if not same_site(request):
            return self.door.visitor(request, None).trouble("clinic.trouble.form", 403)
        name = text_of(form, "name")
        judge = partial(accounts.let_in, self.clinic, name, text_of(form, "password"))
        try:
            entry = await self.checks.judge(self._address(request), judge)
        except TooManyError as trouble:
            answer = self._form(request, name, "clinic.login.busy", trouble.status)
            answer.headers["Retry-After"] = str(RETRY_AFTER_S)
            return answer
        return await run_in_threadpool(self._judged, request, name, entry)

    async def post_api_login(self, request: Request) -> Response:
        """Name and password as a form, for a program; the answer holds a bearer token."""
        form = await request.form(max_files=0, max_fields=10)
        name, password = text_of(form, "name"), text_of(form, "password")
        judge = partial(accounts.let_in, self.clinic, name, password)
        try:
            entry = await self.checks.judge(self._address(request), judge)
        except TooManyError as trouble:
            headers = {"Retry-After": str(RETRY_AFTER_S)}
            return JSONResponse({"error": str(trouble)}, trouble.status, headers=headers)
        if entry is not Entry.RIGHT:
            return JSONResponse({"error": "Name or password is wrong, or was wrong too often."}, 401)
        token = await run_in_threadpool(sessions.open_session, self.clinic, name, BEARER)
        return JSONResponse({"token": token})

    async def get_service(self, request: Request) -> Response:
        """To the clinic's own log-in service. What must come back with the answer waits in a cookie."""
        settings = self.clinic.settings.oidc
        if settings is None:
            return self._form(request, "", "", 404)
        begun = Began(*(secrets.token_urlsafe(32) for _ in range(3)))
        try:
            address = await run_in_threadpool(oidc.address_of, settings, begun, self._back(request))
        except LogInServiceError:
            return self._form(request, "", "clinic.login.service_away", 502)
        answer = RedirectResponse(address, 303)
        secure = bool(self.clinic.settings.public_url)
        answer.set_cookie(
            _BEGUN, begun.text, _BEGUN_S, path=_BACK, httponly=True, samesite="lax", secure=secure
        )
        return answer

    async def get_back(self, request: Request) -> Response:
        """Back from the log-in service, with a code that is worth something to this server alone."""
        settings, begun = self.clinic.settings.oidc, Began.from_text(request.cookies.get(_BEGUN, ""))
        if settings is None or begun is None:
            return self._form(request, "", "clinic.login.service_refused", 403)
        try:
            subject = await run_in_threadpool(
                oidc.subject_of, settings, begun, request.query_params, self._back(request), self.clinic.now()
            )
        except LogInServiceError:
            return self._form(request, "", "clinic.login.service_refused", 403)
        staff = await run_in_threadpool(accounts.let_in_by, self.clinic, subject)
        if staff is None:
            return self._form(request, "", "clinic.login.service_unknown", 403)
        answer = await run_in_threadpool(self._entered, request, staff)
        answer.delete_cookie(_BEGUN, path=_BACK)
        return answer

    async def post_language(self, request: Request) -> Response:
        """Another language, remembered in this browser."""
        form = await request.form(max_files=0, max_fields=10)
        back = text_of(form, "back")
        inside = back.startswith("/") and not back.startswith(("//", "/\\"))
        answer = RedirectResponse(back if inside else _FIRST_PAGE, 303)
        if text_of(form, "language") in languages():
            answer.set_cookie(LANGUAGE, text_of(form, "language"), max_age=31_536_000, samesite="lax")
        return answer

    def _judged(self, request: Request, name: str, entry: Entry) -> Response:
        match entry:
            case Entry.RIGHT:
                return self._entered(request, name)
            case Entry.WAIT:
                return self._form(request, name, "clinic.login.wait", 429)
            case Entry.WRONG:
                return self._form(request, name, "clinic.login.wrong", 403)

    def _entered(self, request: Request, staff: str) -> Response:
        before = sessions.session_for(self.clinic, request.cookies.get(self.door.cookie, ""), PAGE)
        if before is not None:
            sessions.close_session(self.clinic, before)
        answer = RedirectResponse(_FIRST_PAGE, 303, headers=dict(HEADERS))
        self.door.give(answer, sessions.open_session(self.clinic, staff, PAGE))
        return answer

    def _logout(self, visitor: Visitor, _form: FormData) -> Response:
        if visitor.session is not None:
            sessions.close_session(self.clinic, visitor.session)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(self.door.cookie)
        return answer

    def _address(self, request: Request) -> str:
        return address_of(request, self.clinic.settings.proxies)

    def _back(self, request: Request) -> str:
        own = self.clinic.settings.public_url.rstrip("/")
        return (own or str(request.base_url).rstrip("/")) + _BACK

    def _form(self, request: Request, name: str, trouble: str, status: int = 200) -> Response:
        visitor = self.door.visitor(request, None)
        values: dict[str, object] = {
            "heading": visitor.saying.text("clinic.login.heading"),
            "name": name[:64],
            "service": "" if self.clinic.settings.oidc is None else self.clinic.settings.oidc.name,
            "trouble": visitor.saying.text(trouble) if trouble else "",
            "top_mark": counter.mark_of_trouble(),
        }
        return visitor.page("login.html", "", values, status)
