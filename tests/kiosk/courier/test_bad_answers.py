"""Nothing but a receipt for this very envelope is success, and one bad envelope never blocks the next."""

from collections.abc import Callable
from uuid import UUID

import pytest

from health.wire import Delivered, encode
from tests.kiosk.courier.conftest import House, until
from tests.kiosk.fake_clinic import FakeClinic, Reply, fake_clinic


def _html(*_: object) -> Reply:
    return Reply(200, b"<html>Please log in</html>", "text/html")


def _html_called_json(*_: object) -> Reply:
    return Reply(200, b"<html>Please log in</html>")


def _elsewhere(*_: object) -> Reply:
    return Reply(302, headers=(("Location", "http://127.0.0.1:1/login"),))


def _ill(*_: object) -> Reply:
    return Reply(500)


def _busy(*_: object) -> Reply:
    return Reply(429, headers=(("Retry-After", "1"),))


def _empty(*_: object) -> Reply:
    return Reply(204, b"", "")


def _endless(*_: object) -> Reply:
    return Reply(200, b" " * (1024 * 1024 + 1))


def _of_another(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply:
    return Reply(201, encode(Delivered(UUID(int=1), 201)))


def _other_status(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply:
    return Reply(201, encode(Delivered(UUID(path.rpartition("/")[2]), 202)))


@pytest.mark.parametrize(
    "switch",
    [_html, _html_called_json, _elsewhere, _ill, _busy, _empty, _endless, _of_another, _other_status],
)
def test_nothing_but_a_receipt_for_this_envelope_is_success(
    house: House, switch: Callable[..., Reply]
) -> None:
    house.keep()
    with fake_clinic() as clinic:
        clinic.switch = switch
        house.courier(clinic.url)
        until(lambda: len(clinic.asked) >= 3)
        assert house.counts().done == 0
        assert house.counts().waiting == 1
        clinic.switch = None
        until(lambda: house.counts().done == 1)


@pytest.mark.parametrize("status", [202, 400, 403, 409, 413, 422])
def test_a_bad_one_is_kept_and_never_blocks_those_behind(house: House, status: int) -> None:
    with fake_clinic() as clinic:
        house.keep(3)
        bad = house.first()
        clinic.special[bad] = status
        clinic.switch = lambda c, m, path, b: (
            Reply(status) if status not in (202, 409) and path.endswith(str(bad)) else None
        )
        house.courier(clinic.url)
        until(lambda: house.counts().done == 2)
        counts = house.counts()
        assert (counts.held, counts.refused) == ((1, 0) if status == 202 else (0, 1))
        clinic.special.clear()
        clinic.switch = None
        until(lambda: house.counts().done == 3)


def test_one_that_makes_the_clinic_ill_never_blocks_those_behind(house: House) -> None:
    with fake_clinic() as clinic:
        house.keep(4)
        poison = house.first()
        clinic.switch = lambda c, m, path, b: Reply(500) if path.endswith(str(poison)) else None
        house.courier(clinic.url)
        until(lambda: house.counts().done == 3)
        assert house.counts().waiting == 1


def test_what_was_erased_at_the_clinic_is_erased_here(house: House) -> None:
    with fake_clinic() as clinic:
        house.keep(1)
        clinic.special[house.first()] = 410
        house.courier(clinic.url)
        until(lambda: house.counts().waiting == 0)
        assert house.counts().done == 0
