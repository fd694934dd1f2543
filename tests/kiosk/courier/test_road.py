"""The way to the clinic where the network is odd: a name nobody knows, a time nobody can have."""

import socket
import threading
import time

import pytest

from kiosk.courier.road import LinkError, Road
from tests.kiosk.fake_clinic import Reply, fake_clinic


def test_a_name_that_nobody_answers_for_holds_up_no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    late = threading.Event()

    def nobody_says(*_: object) -> None:
        late.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nobody_says)
    began = time.monotonic()
    with pytest.raises(LinkError, match="DNS"):
        Road("https://clinic.example", patience=0.1).ask("GET", "/health")
    assert time.monotonic() - began < 30
    late.set()


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 23 Nov 2026 09:00:00 -0000",
        "soon",
    ],
)
def test_a_time_that_no_clinic_can_have_is_no_time(date: str) -> None:
    with fake_clinic() as clinic:
        clinic.switch = lambda *_: Reply(200, b"{}", headers=(("Date", date),))
        road = Road(clinic.url)
        assert road.ask("GET", "/health").ahead is None
        road.close()
