"""A clinic for a demonstration: it makes its own keys, one account and a login link, and marks all it shows.

Its tenant is ``demo`` and its stations are let in unasked; no real clinic can be opened this way.
"""

import secrets
from pathlib import Path

from clinic.accounts import add_staff
from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.folders import make_folder
from clinic.keyring import FOLDER, keys_of
from clinic.sessions import BEARER, LINK, open_session
from clinic.settings import DEMO_TENANT, ClinicSettings
from clinic.store.staff import staff_named
from clinic.store.store import FILE, open_store

_MARK = "demo"
_STAFF = "演示员"


def is_demo(data: Path) -> bool:
    """Whether the clinic kept in ``data`` is a demonstration."""
    return (data / _MARK).exists()


def open_demo(data: Path, url: str) -> tuple[Clinic, dict[str, str]]:
    """The demo clinic kept in ``data``, and what its parent must know, as one line of JSON.

    Raises ``ClinicError`` when ``data`` holds a clinic that is no demonstration.
    """
    make_folder(data)
    if not is_demo(data) and ((data / FILE).exists() or (data / FOLDER).exists()):
        raise ClinicError(f"The clinic in {data} is a real one; give the demonstration another folder.")
    (data / _MARK).touch()
    settings = ClinicSettings(tenant=DEMO_TENANT, name="晚晴社区卫生服务中心", phone_page=f"{url}/phone")
    clinic = Clinic(settings, keys_of(data), open_store(data))
    if staff_named(clinic.store, settings.tenant, _STAFF) is None:
        add_staff(clinic, _STAFF, secrets.token_urlsafe(16))
    return clinic, {
        "url": url,
        "tenant": settings.tenant,
        "working_key": clinic.keys.working.public().text,
        "recovery_key": clinic.keys.recovery.text,
        "signing_key": clinic.keys.signing.verify_key().text,
        "staff_url": f"{url}/login?link={open_session(clinic, _STAFF, LINK)}",
        "token": open_session(clinic, _STAFF, BEARER),
    }
