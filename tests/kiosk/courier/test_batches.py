"""Many travel together, each with its own answer."""

from uuid import UUID

import pytest

from health.envelope import Envelope
from health.wire import BatchResult, Delivered, encode, unpack
from kiosk.courier.events import LinkDown, Trouble
from tests.kiosk.courier.conftest import House, until
from tests.kiosk.fake_clinic import FakeClinic, Reply, fake_clinic


def test_more_than_fifty_travel_together_and_each_has_its_own_answer(house: House) -> None:
    house.keep(60)
    with fake_clinic() as clinic:
        bad = house.first()
        clinic.special[bad] = 422
        house.courier(clinic.url)
        until(lambda: house.counts().done == 59)
        assert clinic.asked[0] == ("POST", "/envelopes")
        assert len(clinic.asked) < 40
        assert house.counts().refused == 1


@pytest.mark.parametrize(
    "refusal",
    [Reply(413), Reply(413, b"<html>Too large</html>", "text/html"), Reply(0, cut=True)],
    ids=["the clinic's", "a page of a gate on the way", "cut"],
)
def test_a_batch_that_is_too_much_is_made_smaller_until_it_fits(house: House, refusal: Reply) -> None:
    house.keep(55)

    def small_only(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
        return refusal if method == "POST" and len(unpack(body)) > 12 else None

    with fake_clinic() as clinic:
        clinic.switch = small_only
        house.courier(clinic.url)
        until(lambda: house.counts().done == 55)


def test_a_batch_with_poison_in_it_comes_apart(house: House) -> None:
    house.keep(53)
    with fake_clinic() as clinic:
        poison = house.first()

        def ill(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
            return Reply(500) if str(poison).encode() in body else None

        clinic.switch = ill
        house.courier(clinic.url)
        until(lambda: house.counts().done == 52)
        assert house.counts().waiting == 1


def test_a_clinic_that_takes_no_batches_gets_them_one_by_one(house: House) -> None:
    house.keep(52)
    with fake_clinic() as clinic:
        clinic.switch = lambda c, method, p, b: Reply(405) if method == "POST" else None
        house.courier(clinic.url)
        until(lambda: house.counts().done == 52)


def of_others(status: int) -> BatchResult:
    return BatchResult(tuple(Delivered(UUID(int=n), status) for n in range(50)))


def of_nobody(status: int) -> BatchResult:
    return BatchResult(tuple(Delivered(None, status) for _ in range(50)))


@pytest.mark.parametrize("said", [of_others(201), of_nobody(201), of_nobody(200), of_nobody(410)])
def test_a_batch_that_does_not_say_by_name_what_arrived_counts_for_none(
    house: House, said: BatchResult
) -> None:
    house.keep(51)

    def vague(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
        return Reply(200, encode(said)) if method == "POST" else Reply(500)

    with fake_clinic() as clinic:
        clinic.switch = vague
        house.courier(clinic.url)
        until(lambda: len(clinic.asked) > 5)
        assert (house.counts().done, house.counts().waiting) == (0, 51)


def test_a_station_that_is_not_known_does_not_knock_with_every_batch(house: House) -> None:
    house.keep(51)
    with fake_clinic() as clinic:

        def strange(clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply | None:
            lines = [Delivered(Envelope.from_bytes(one).header.id, 403, "revoked") for one in unpack(body)]
            return Reply(200, encode(BatchResult(tuple(lines))))

        clinic.switch = strange
        house.courier(clinic.url)
        until(lambda: any(isinstance(one, LinkDown) for one in house.told))
        down = next(one for one in house.told if isinstance(one, LinkDown))
        assert down.trouble is Trouble.STRANGER
        assert house.counts().refused > 0
        clinic.switch = None
        until(lambda: house.counts().done == 51)
