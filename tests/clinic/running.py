"""A real server on a loopback socket, with stations and a member of staff, for the tests of the clinic."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
import requests

from clinic.accounts import add_staff
from clinic.app import build
from clinic.clinic import Clinic
from clinic.enrolment import approve
from clinic.folders import make_folder
from clinic.forward.target import Target
from clinic.keyring import keys_of
from clinic.oidc import OidcSettings
from clinic.pace import USUAL, Pace
from clinic.roles import Role
from clinic.serve import listen, server_for, url_of
from clinic.settings import ClinicSettings
from clinic.store.store import FILE, open_store
from health import pairing
from health.envelope import Envelope
from health.wire import (
    EnrolmentAnswer,
    EnrolmentOffer,
    EnrolmentQuestion,
    EnrolmentRequest,
    decode,
    encode,
    envelope_path,
)
from tests.clinic.stations import FakeStation

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
NURSE = "王莉"


@cache
def _empty() -> bytes:
    """A database of SQLite as the first start of a clinic makes it."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(Path(folder)).close()
        return (Path(folder) / FILE).read_bytes()


def lay_empty(data: Path) -> None:
    """An empty database in the folder ``data``: to copy one costs a tenth of what a new one costs."""
    make_folder(data)
    file = data / FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(_empty())


class Running(msgspec.Struct, frozen=True):
    """A clinic that answers at ``url``."""

    clinic: Clinic
    url: str

    def put(self, envelope: Envelope, raw: bytes | None = None) -> requests.Response:
        """Send an envelope, or other bytes under its id."""
        body = envelope.to_bytes() if raw is None else raw
        return requests.put(self.url + envelope_path(envelope.header.id), data=body, timeout=30)

    def ask(self, station: FakeStation, number: str) -> EnrolmentOffer:
        """The station's first request."""
        request = EnrolmentRequest(
            station.id,
            "晚晴里驿站",
            station.key.verify_key().text,
            pairing.commitment(number),
            "0.1.0",
            station.demo,
        )
        answer = requests.post(f"{self.url}/enrolments", data=encode(request), timeout=30)
        assert answer.status_code == 202, answer.text
        return decode(answer.content, EnrolmentOffer)

    def question(self, offer: EnrolmentOffer, number: str) -> EnrolmentAnswer:
        """The station asks whether staff agreed."""
        body = encode(EnrolmentQuestion(number))
        answer = requests.post(f"{self.url}/enrolments/{offer.id}", data=body, timeout=30)
        assert answer.status_code == 200, answer.text
        return decode(answer.content, EnrolmentAnswer)

    def station(self, name: str = "wanqing-1") -> FakeStation:
        """A station that staff let in."""
        own = self.clinic.settings
        keys = self.clinic.keys
        made = FakeStation(keys.working.public(), keys.recovery, own.tenant, name, own.demo)
        number = pairing.number()
        offer = self.ask(made, number)
        self.question(offer, number)
        if not own.demo:
            assert approve(self.clinic, str(offer.id), NURSE)
        return made

    def staff(self, role: Role = Role.ADMIN) -> requests.Session:
        """A browser that is logged in."""
        add_staff(self.clinic, NURSE, PASSWORD, role)
        browser = requests.Session()
        answer = browser.post(f"{self.url}/login", {"name": NURSE, "password": PASSWORD}, timeout=30)
        assert answer.url.endswith("/worklist"), answer.text
        return browser


@contextmanager
def clinic_at(
    data: Path,
    tenant: str = "clinic",
    *,
    database: str = "",
    oidc: OidcSettings | None = None,
    phone: str = "",
    port: int = 0,
    forward: tuple[Target, ...] = (),
    pace: Pace = USUAL,
    proxies: tuple[str, ...] = (),
) -> Iterator[Running]:
    """Runs the clinic kept in ``data`` until the block ends."""
    if not database:
        lay_empty(data)
    clinic = Clinic(
        ClinicSettings(
            tenant=tenant, oidc=oidc, phone=phone, forward=forward, follow_up=pace, proxies=proxies
        ),
        keys_of(data),
        open_store(data, database),
    )
    listening = listen("127.0.0.1", port)
    server = server_for(build(clinic), proxies)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield Running(clinic, url_of(listening))
    finally:
        server.should_exit = True
        thread.join(10)
        clinic.store.close()
        listening.close()
