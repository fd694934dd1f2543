"""The door of the staff's side: no address behind it is reached without a session and the right it asks for.

A form is taken only with the session's own token and from this very site. What the addresses show and do is
elsewhere.
"""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from clinic import sessions
from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.pages.saying import Saying
from clinic.roles import Right, may
from clinic.sessions import BEARER, METER, PAGE, WALL
from clinic.store.sessions import Session
from clinic.uploads import UploadError, content_of, form_with_file
from clinic.visitor import Visitor
from health.words import languages, words_of

LANGUAGE = "kangyi_language"
_YEAR_S = 365 * 24 * 3600
Answer = Callable[[Visitor], Response]
Act = Callable[[Visitor, FormData], Response]
Read = Callable[[Visitor, bytes], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


class NotTextError(ClinicError):
    """A field of a form that no person typed."""


class Door(msgspec.Struct, frozen=True):
    """Lets visitors of one clinic in, or not."""

    clinic: Clinic

    @property
    def cookie(self) -> str:
        """The name of the cookie; the prefix binds it to this host and to https, where there is https."""
        return "__Host-kangyi" if self.clinic.settings.public_url else "kangyi"

    def shown(self, answer: Answer, right: Right = Right.LOOK) -> Endpoint:
        """The endpoint of a page that needs ``right``."""

        async def show(request: Request) -> Response:
            let_in = await self._let_in(request, right)
            if isinstance(let_in, Response):
                return let_in
            session, visitor = let_in
            said = await run_in_threadpool(answer, visitor)
            fresh = await run_in_threadpool(sessions.fresh_token, self.clinic, session)
            if fresh is not None:
                self.give(said, fresh)
            return said

        return show

    def form(self, act: Act, right: Right | None = Right.MANAGE) -> Endpoint:
        """The endpoint of a form that needs ``right``; None: nothing but the session."""

        async def take(request: Request) -> Response:
            session = await self.session(request)
            if session is None:
                return RedirectResponse("/login", 303)
            form = await request.form(max_files=0, max_fields=20, max_part_size=64 * 1024)
            visitor = self.visitor(request, session)
            if not _from_its_page(request, form, session):
                return visitor.trouble("clinic.trouble.form", 403)
            if right is not None and not visitor.may(right):
                return visitor.trouble("clinic.trouble.no_right", 403)
            return await run_in_threadpool(act, visitor, form)

        return take

    def upload(self, act: Read, refuse: Answer, right: Right, largest: int) -> Endpoint:
        """The endpoint of a form with one ``file``, which stays in memory; ``refuse`` answers for a bad one.

        Nothing of the body is read for somebody who may not send one.
        """

        async def take(request: Request) -> Response:
            let_in = await self._let_in(request, right)
            if isinstance(let_in, Response):
                return let_in
            session, visitor = let_in
            try:
                form = await form_with_file(request, largest)
            except UploadError:
                return await run_in_threadpool(refuse, visitor)
            content, known = await content_of(form, "file"), _from_its_page(request, form, session)
            await form.close()
            if not known:
                return visitor.trouble("clinic.trouble.form", 403)
            return await run_in_threadpool(act, visitor, content)

        return take

    def program(self, answer: Answer, right: Right = Right.LOOK) -> Endpoint:
        """The endpoint of JSON, for a bearer token or for a browser that is logged in."""

        async def tell(request: Request) -> Response:
            session = await self.bearer(request) or await self.session(request)
            if session is None:
                return JSONResponse({"error": "Log in first."}, 401, headers={"WWW-Authenticate": "Bearer"})
            if not may(session.role, right):
                return JSONResponse({"error": "This account may not do this."}, 403)
            return await run_in_threadpool(answer, self.visitor(request, session))

        return tell

    async def _let_in(self, request: Request, right: Right) -> tuple[Session, Visitor] | Response:
        """Who asks, where that account has ``right``; else what it hears in place of the page."""
        session = await self.session(request)
        if session is None:
            return RedirectResponse("/login", 303)
        visitor = self.visitor(request, session)
        if not visitor.may(right):
            return visitor.trouble("clinic.trouble.no_right", 403)
        return session, visitor

    async def session(self, request: Request) -> Session | None:
        """The session of a browser, or None."""
        token = request.cookies.get(self.cookie, "")
        # A board that asks for news by itself is nobody's hand: its browser ends like any other.
        by_itself = request.headers.get("sec-fetch-dest", "") == "empty"
        return await run_in_threadpool(
            sessions.session_for, self.clinic, token, PAGE, WALL, touched=not by_itself
        )

    async def bearer(self, request: Request) -> Session | None:
        """The session of a program, or None."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        return await run_in_threadpool(sessions.session_for, self.clinic, token.strip(), BEARER, METER)

    def visitor(self, request: Request, session: Session | None) -> Visitor:
        """Who asks, in the language this browser chose."""
        chosen = request.cookies.get(LANGUAGE, "")
        language = chosen if chosen in languages() else self.clinic.settings.language
        return Visitor(self.clinic, request, Saying(words_of(language), self.clinic.settings.zone), session)

    def give(self, answer: Response, token: str, *, lasting: bool = False) -> None:
        """Put a token into the browser. No script can read it, no other site can send it with a form.

        It goes when the browser is closed; one that is ``lasting`` stays for a year.
        """
        secure, age = bool(self.clinic.settings.public_url), _YEAR_S if lasting else None
        answer.set_cookie(
            self.cookie, token, max_age=age, httponly=True, samesite="lax", secure=secure, path="/"
        )


def same_site(request: Request) -> bool:
    """Whether the form was sent from a page of this site. A browser that says nothing is an old one."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "")
    return not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def _from_its_page(request: Request, form: FormData, session: Session) -> bool:
    """Whether a form was sent from a page of this site that was shown to this session."""
    sent = text_of(form, "csrf").encode()
    return same_site(request) and secrets.compare_digest(sent, session.csrf.encode())


def text_of(form: FormData, name: str) -> str:
    """A field of a form; empty where it is not there or is a file. Raises ``NotTextError``."""
    value = form.get(name, "")
    if not isinstance(value, str):
        return ""
    if "\0" in value:
        raise NotTextError("A field of this form has a letter (NUL) that is none; write it again.")
    return value
