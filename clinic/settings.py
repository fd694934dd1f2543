"""The settings of a clinic: one TOML file, read strictly, with defaults that open nothing to a network.

Holds no key and no password.
"""

import re
from datetime import timedelta, timezone
from pathlib import Path
from typing import Annotated

import msgspec

from clinic.addresses import is_proxy
from clinic.errors import ClinicError
from clinic.forward.target import Target
from clinic.oidc import OidcSettings, is_allowed
from clinic.pace import USUAL, Pace
from health.settings import load
from health.words import DEFAULT, languages

DEMO_TENANT = "demo"
_OFFSET = re.compile(r"([+-])(\d{2}):([0-5]\d)")


class ClinicSettingsError(ClinicError):
    """The settings say something that cannot be followed."""


class ClinicSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one clinic runs.

    ``public_url`` is the https address that stations and phones reach it by, when it has one; ``phone_page``
    the page a printed code leads to, by default ``/phone`` under it. ``phone``, ``hours`` and ``doctor`` are
    told to every station for screen and paper; empty ones are not shown. ``proxies`` are the addresses of the
    clinic's own proxy, which is believed in who asks (``X-Forwarded-For``); nobody else is. ``database`` is
    the address of a PostgreSQL (``postgresql://host/name``), without a password: that belongs into
    ``~/.pgpass``; empty means SQLite in the folder ``data``. ``oidc`` is the clinic's own log-in service, if
    staff may come in by one; ``forward`` are the FHIR servers that visits go on to;
    ``follow_up`` is how soon who is in no danger is called again. ``clinic erase --expired`` goes by
    ``keep_visits_years``, ``keep_reports_days`` (what stations say of themselves) and ``keep_unproven_days``
    (what nobody could believe); 0: for ever. Of the copies of each night the last of so many days stays, and
    the last of so many weeks.
    """

    tenant: Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,62}\Z")] = "clinic"
    name: str = "社区卫生服务中心"
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8420
    data: str = "var/clinic"
    database: str = ""
    public_url: str = ""
    proxies: tuple[str, ...] = ()
    phone_page: str = ""
    phone: str = ""
    hours: str = ""
    doctor: str = ""
    utc_offset: str = "+08:00"
    language: str = DEFAULT
    oidc: OidcSettings | None = None
    forward: tuple[Target, ...] = ()
    follow_up: Pace = USUAL
    keep_visits_years: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    keep_reports_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 1825
    keep_unproven_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 90
    keep_copies_days: Annotated[int, msgspec.Meta(ge=1, le=36_500)] = 14
    keep_copies_weeks: Annotated[int, msgspec.Meta(ge=0, le=5_200)] = 8

    @property
    def demo(self) -> bool:
        """Whether this clinic exists only to be shown."""
        return self.tenant == DEMO_TENANT

    @property
    def zone(self) -> timezone:
        """The civil time of the clinic. China keeps one offset all year, so no zone table is needed."""
        return zone_of(self.utc_offset)


def zone_of(offset: str) -> timezone:
    """The zone of an ``offset`` such as ``+08:00``. Raises ``ClinicSettingsError``."""
    found = _OFFSET.fullmatch(offset)
    if found is None or int(found[2]) > 14:
        raise ClinicSettingsError(f"utc_offset {offset!r}: write it like +08:00.")
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-ahead if found[1] == "-" else ahead)


def read_settings(file: Path | None) -> ClinicSettings:
    """The settings in ``file``, or the defaults without one.

    Raises ``health.settings.SettingsError`` or ``ClinicSettingsError``, each naming the setting.
    """
    settings = ClinicSettings() if file is None else load(file, ClinicSettings)
    zone_of(settings.utc_offset)
    if settings.language not in languages():
        raise ClinicSettingsError(f"language {settings.language!r}: choose one of {', '.join(languages())}.")
    for key, value in (("public_url", settings.public_url), ("phone_page", settings.phone_page)):
        if value and not value.startswith("https://"):
            raise ClinicSettingsError(f"{key} must begin with https://, or be left out.")
    for proxy in settings.proxies:
        if not is_proxy(proxy):
            raise ClinicSettingsError(f"proxies {proxy!r}: name an address such as 127.0.0.1, or a network.")
    if re.search(r"//[^/@]*:[^/@]*@", settings.database) or "password" in settings.database:
        raise ClinicSettingsError("database holds a password; put that into the file ~/.pgpass instead.")
    for target in settings.forward:
        if not is_allowed(target.url):
            raise ClinicSettingsError(f"forward {target.name}: url must begin with https://.")
    if settings.oidc is not None and not is_allowed(settings.oidc.issuer):
        raise ClinicSettingsError("oidc.issuer must begin with https://.")
    return settings
