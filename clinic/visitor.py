"""One request of somebody of the staff: who, with which rights, in which language, at which address."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from clinic.clinic import Clinic
from clinic.pages.paper import page
from clinic.pages.saying import Saying
from clinic.roles import Right, may
from clinic.store import audit
from clinic.store.sessions import Session
from clinic.store.store import Transaction
from health.words import following, words_of


class Visitor(msgspec.Struct, frozen=True):
    """Who asks. Without a session it is somebody before the login, who may nothing."""

    clinic: Clinic
    request: Request
    saying: Saying
    session: Session | None

    @property
    def staff(self) -> str:
        """The name of the account; empty before the login."""
        return "" if self.session is None else self.session.staff

    @property
    def team(self) -> str:
        """The team of the account; empty where it has none."""
        return "" if self.session is None else self.session.team

    def may(self, right: Right) -> bool:
        """Whether the account has that right."""
        return self.session is not None and may(self.session.role, right)

    def note(self, did: str, about: str) -> None:
        """Write into the trail what this visitor did, and about which id. Seeing a person is such a deed."""
        with self.clinic.store.writing() as connection:
            self.note_in(connection, did, about)

    def note_in(self, connection: Transaction, did: str, about: str) -> None:
        """The same in the transaction of the deed itself: neither is kept without the other."""
        audit.note(connection, self.clinic.settings.tenant, self.staff, did, about, self.clinic.now())

    def page(self, name: str, active: str, values: dict[str, object], status: int = 200) -> Response:
        """A page inside the common frame. ``may_call`` and ``may_manage`` tell it what to offer."""
        other = following(self.saying.words.language)
        frame: dict[str, object] = {
            "clinic": self.clinic.settings.name,
            "demo": self.clinic.settings.demo,
            "staff": self.staff,
            "may_call": self.may(Right.CALL),
            "may_manage": self.may(Right.MANAGE),
            "csrf": "" if self.session is None else self.session.csrf,
            "active": active,
            "now": self.saying.day(self.clinic.now()),
            "path": self.request.url.path,
            "other_language": other,
            "its_name": words_of(other).text("button.language"),
            "top_mark": "",
            "script": "",
        }
        return page(name, self.saying, frame | values, status)

    def trouble(self, key: str, status: int) -> Response:
        """A page that says what is wrong and leads back."""
        values = {
            "heading": self.saying.text(f"{key}.heading"),
            "sentence": self.saying.text(f"{key}.sentence"),
        }
        return self.page("trouble.html", "", dict(values), status)
