"""The accounts of the staff in a browser, for the administrator: who there is, somebody new, a code, a lock.

What may be done to an account is decided in ``invitations``. A code is shown once, in the answer to the press
that made it; it stands in no address.
"""

from collections.abc import Callable

import msgspec
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic import invitations
from clinic.accounts import AccountError
from clinic.door import text_of
from clinic.invitations import OFFERED, Invited
from clinic.pages.saying import Saying
from clinic.roles import Role
from clinic.store.staff import Staff, all_staff
from clinic.visitor import Visitor


class Account(msgspec.Struct, frozen=True):
    """One line. ``person``: it has a role that can be changed; ``own``: that of whoever looks."""

    name: str
    role: str
    said: str
    team: str
    state: str
    open: bool
    able: bool
    person: bool
    own: bool


def show(visitor: Visitor) -> Response:
    """The list."""
    return _page(visitor)


def add(visitor: Visitor, form: FormData) -> Response:
    """Somebody new, or a screen on a wall."""
    role = text_of(form, "role")

    def made() -> str:
        new = Invited(
            text_of(form, "name").strip(),
            _role(role),
            text_of(form, "team").strip(),
            text_of(form, "subject").strip(),
        )
        return invitations.invite(visitor.clinic, new, visitor.staff)

    return _with_code(visitor, form, made)


def reset(visitor: Visitor, form: FormData) -> Response:
    """A new code in place of the password and all sessions."""
    return _with_code(
        visitor, form, lambda: invitations.reset(visitor.clinic, text_of(form, "name"), visitor.staff)
    )


def shut(visitor: Visitor, form: FormData) -> Response:
    """Shut somebody out, or let her in again."""
    name, out = text_of(form, "name"), text_of(form, "out") == "1"
    return _done(visitor, lambda: invitations.shut(visitor.clinic, name, visitor.staff, out=out))


def place(visitor: Visitor, form: FormData) -> Response:
    """Another role or team."""
    name, team = text_of(form, "name"), text_of(form, "team").strip()
    return _done(
        visitor,
        lambda: invitations.place(visitor.clinic, name, _role(text_of(form, "role")), team, visitor.staff),
    )


def _role(text: str) -> Role:
    if text not in set(Role):
        raise AccountError("role", "Choose a role that a person can have.")
    return Role(text)


def _done(visitor: Visitor, act: Callable[[], None]) -> Response:
    try:
        act()
    except AccountError as wrong:
        return _page(visitor, trouble=visitor.saying.text(f"staff.refused.{wrong.reason}"), status=409)
    return RedirectResponse("/staff", 303)


def _with_code(visitor: Visitor, form: FormData, make: Callable[[], str]) -> Response:
    try:
        code = make()
    except AccountError as wrong:
        return _page(visitor, trouble=visitor.saying.text(f"staff.refused.{wrong.reason}"), status=409)
    return _page(visitor, name=text_of(form, "name").strip(), code=code)


def _page(
    visitor: Visitor, *, name: str = "", code: str = "", trouble: str = "", status: int = 200
) -> Response:
    clinic, saying = visitor.clinic, visitor.saying
    every = all_staff(clinic.store, clinic.settings.tenant)
    accounts = tuple(_account(one, visitor.staff, saying) for one in every)
    wall = any(one.name == name and one.role == Role.WALL for one in accounts)
    address = f"{_own_address(visitor)}{'/wall' if wall else '/login/code'}"
    values: dict[str, object] = {
        "heading": saying.text("staff.heading", count=str(sum(one.person and one.able for one in accounts))),
        "people": tuple(one for one in accounts if one.role != Role.WALL),
        "walls": tuple(one for one in accounts if one.role == Role.WALL),
        "roles": tuple((one.value, saying.text(f"staff.role.{one.value}")) for one in OFFERED),
        "teams": sorted({one.team for one in every if one.team}),
        "service": "" if clinic.settings.oidc is None else clinic.settings.oidc.name,
        "trouble": trouble,
        "code": code,
        "code_for": saying.text(
            "staff.code.wall" if wall else "staff.code.person", name=name, address=address
        ),
    }
    return visitor.page("staff.html", "staff", values, status)


def _own_address(visitor: Visitor) -> str:
    return visitor.clinic.settings.public_url.rstrip("/") or str(visitor.request.base_url).rstrip("/")


def _account(one: Staff, own: str, saying: Saying) -> Account:
    waits = not one.hash and not one.subject and one.role in set(OFFERED)
    state = "out" if not one.enabled else "waits" if waits else "in"
    known = one.role if one.role in set(Role) else "unknown"
    return Account(
        name=one.name,
        role=one.role,
        said=saying.text(f"staff.role.{known}"),
        team=one.team,
        state=saying.text(f"staff.state.{state}"),
        open=one.enabled,
        able=state == "in",
        person=one.role in set(OFFERED),
        own=one.name == own,
    )
