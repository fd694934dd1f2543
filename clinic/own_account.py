"""One's own account: what it may do, and another password."""

from starlette.datastructures import FormData
from starlette.responses import Response

from clinic import accounts, sessions
from clinic.accounts import AccountError, Entry
from clinic.door import Door, text_of
from clinic.sessions import PAGE
from clinic.visitor import Visitor


def show(visitor: Visitor) -> Response:
    """Who one is here."""
    return _page(visitor)


def change_password(door: Door, visitor: Visitor, form: FormData) -> Response:
    """Another password, for whoever knows the one of today. Every other session ends."""
    before, new, again = (text_of(form, name) for name in ("password", "new", "again"))
    say = visitor.saying.text
    if new != again:
        return _page(visitor, trouble=say("staff.refused.differ"), status=409)
    try:
        accounts.check_password(new)
    except AccountError as wrong:
        return _page(visitor, trouble=say(f"staff.refused.{wrong.reason}"), status=409)
    entry = accounts.let_in(visitor.clinic, visitor.staff, before)
    if entry is not Entry.RIGHT:
        key = "clinic.login.wait" if entry is Entry.WAIT else "staff.refused.old"
        return _page(visitor, trouble=say(key), status=403)
    accounts.set_password(visitor.clinic, visitor.staff, new)
    # A Visitor's session is gone with all others; the page that answers belongs to the new one.
    token = sessions.open_session(visitor.clinic, visitor.staff, PAGE)
    fresh = sessions.session_for(visitor.clinic, token, PAGE)
    answer = _page(door.visitor(visitor.request, fresh), done=say("account.done"))
    door.give(answer, token)
    return answer


def _page(visitor: Visitor, *, done: str = "", trouble: str = "", status: int = 200) -> Response:
    say = visitor.saying.text
    role = "" if visitor.session is None else visitor.session.role
    values: dict[str, object] = {
        "heading": visitor.staff,
        "role": say(f"staff.role.{role}"),
        "team": visitor.team,
        "done": done,
        "trouble": trouble,
    }
    return visitor.page("account.html", "", values, status)
