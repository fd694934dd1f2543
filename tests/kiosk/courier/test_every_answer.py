"""Every answer a clinic, or what stands in its place, can give: one line each, and what comes of it.

A line says what is answered, to one of three envelopes or to everything; then where that one stands, what
became of the others, the word for staff and the words of ``doctor``. What did not arrive arrives later.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import pytest

from health.wire import BatchResult, Delivered, encode
from kiosk.courier.checkup import clinic_words
from kiosk.courier.events import LinkDown, LinkUp, Trouble
from kiosk.queue import ListWaiting, word_of
from kiosk.settings import DEMO, read_settings
from kiosk.upkeep.checkup import look
from tests.kiosk.courier.conftest import House, until
from tests.kiosk.fake_clinic import FakeClinic, Reply, fake_clinic

SETTINGS = read_settings(DEMO)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HTML = b"<html>Welcome to the hotel</html>"
FLOOD = b" " * (1024 * 1024 + 1)


class Stands(StrEnum):
    """Where an envelope is in the end."""

    DONE = "the clinic has it"
    GONE = "deleted here too"
    WAITS = "kept, tried again"
    ANSWERED = "kept with the clinic's answer, tried again"


@dataclass(frozen=True, slots=True)
class Line:
    """``word`` ends the key that staff read; ``doctor`` is part of the sentence about what waits."""

    name: str
    reply: Reply
    stands: Stands
    word: str
    doctor: str


def _no(status: int, word: str = "refused") -> Line:
    return Line(f"{status}", Reply(status), Stands.ANSWERED, word, f"To 1 of them it answered {status}: no")


def _later(name: str, reply: Reply) -> Line:
    return Line(name, reply, Stands.WAITS, "not_tried", "They go by themselves.")


HERS = UUID(int=0)
"""Stands for the id of the envelope that was sent."""
TO_ONE = (
    Line("201 stored", Reply(201, encode(Delivered(HERS, 201))), Stands.DONE, "", "has every visit"),
    Line("200 known", Reply(200, encode(Delivered(HERS, 200))), Stands.DONE, "", "has every visit"),
    Line("410 erased", Reply(410, encode(Delivered(HERS, 410))), Stands.GONE, "", "has every visit"),
    Line(
        "202 not opened", Reply(202, encode(Delivered(HERS, 202, "why"))), Stands.ANSWERED, "held",
        "To 1 of them it answered 202: why",
    ),
    Line(
        "409 other bytes", Reply(409, encode(Delivered(HERS, 409, "why"))), Stands.ANSWERED, "refused",
        "To 1 of them it answered 409: why",
    ),
    *(_no(status) for status in (400, 404, 405, 412, 413, 422)),
    *(_no(status, Trouble.STRANGER) for status in (401, 403)),
    *(_later(f"{status}", Reply(status)) for status in (408, 425, 429, 500, 502, 503, 504)),
    _later("200 with what is no receipt", Reply(200, b'{"ok":true}')),
    _later("200 with a batch's answer", Reply(200, encode(BatchResult((Delivered(HERS, 201),))))),
    _later("200 for another envelope", Reply(201, encode(Delivered(UUID(int=1), 201)))),
    _later("201 that says 202 inside", Reply(201, encode(Delivered(HERS, 202)))),
    _later("200 that is no JSON", Reply(200, HTML)),
    _later("200 with a page", Reply(200, HTML, "text/html")),
    _later("413 with a page, of a gate on the way", Reply(413, HTML, "text/html")),
    _later("204", Reply(204, b"", "")),
    _later("302", Reply(302, headers=(("Location", "/login"),))),
    _later("a flood", Reply(200, FLOOD)),
    _later("cut", Reply(0, cut=True)),
)  # fmt: skip


@pytest.mark.parametrize("line", TO_ONE, ids=lambda line: line.name)
def test_what_is_answered_to_one_concerns_that_one_alone(house: House, line: Line) -> None:
    house.keep(3)
    bad = house.first()
    with fake_clinic() as clinic:
        clinic.switch = lambda c, m, path, b: _hers(line.reply, bad) if path.endswith(str(bad)) else None
        house.courier(clinic.url)
        until(lambda: _settled(house, line.stands))
        waiting = [one for one in house.desk.submit(ListWaiting()).result(30) if one.kind != "station"]
        assert [word_of(one, _trouble(house)) for one in waiting] == ([line.word] if line.word else [])
        assert line.doctor in _doctor(house)
        assert set(clinic.order) == set(clinic.stored) - {bad}
        clinic.switch = None
        until(lambda: house.counts().waiting == 0)
        assert len(clinic.stored) == (3 if line.stands in (Stands.WAITS, Stands.ANSWERED) else 2)


def _hers(reply: Reply, bad: UUID) -> Reply:
    body = reply.body.replace(str(HERS).encode(), str(bad).encode())
    return Reply(reply.status, body, reply.content_type, reply.headers, reply.cut)


def _settled(house: House, stands: Stands) -> bool:
    counts = house.counts()
    if stands in (Stands.DONE, Stands.GONE):
        return (counts.waiting, counts.done) == (0, 3 if stands is Stands.DONE else 2)
    answered = counts.held + counts.refused == (1 if stands is Stands.ANSWERED else 0)
    return (counts.waiting, counts.done) == (1, 2) and answered


def _trouble(house: House) -> Trouble | None:
    told = [one for one in house.told if isinstance(one, LinkUp | LinkDown)]
    return told[-1].trouble if told and isinstance(told[-1], LinkDown) else None


def _doctor(house: House) -> str:
    (found,) = [one.words for one in look(SETTINGS, house.folder, NOON) if one.about == "delivery"]
    return found


TO_EVERYTHING = (
    ("cut", Reply(0, cut=True), Trouble.AWAY, "cannot be reached"),
    ("a page", Reply(200, HTML, "text/html"), Trouble.OTHER, "not the clinic"),
    ("no JSON", Reply(200, HTML), Trouble.OTHER, "no clinic (200)"),
    (
        "a redirect",
        Reply(302, headers=(("Location", "/login"),)),
        Trouble.OTHER,
        "station elsewhere",
    ),
    ("a flood", Reply(200, FLOOD), Trouble.OTHER, "far too much"),
    ("ill", Reply(500), Trouble.ILL, "not well just now (500)"),
    ("in the works", Reply(503), Trouble.ILL, "not well just now (503)"),
    ("too busy", Reply(429, headers=(("Retry-After", "1"),)), Trouble.ILL, "not well just now (429)"),
    ("not known", Reply(403), Trouble.STRANGER, "no clinic (403)"),
    ("no paths of ours", Reply(404), None, "no clinic (404)"),
)


@pytest.mark.parametrize(
    ("reply", "trouble", "doctor"), [row[1:] for row in TO_EVERYTHING], ids=[row[0] for row in TO_EVERYTHING]
)
def test_where_everything_is_answered_like_that_all_is_kept_and_it_is_told_why(
    house: House, reply: Reply, trouble: Trouble | None, doctor: str
) -> None:
    house.keep(3)
    clinic = FakeClinic(switch=lambda *_: reply)
    with fake_clinic(clinic=clinic):
        house.courier(clinic.url)
        until(lambda: len(clinic.asked) >= 4)
        until(lambda: trouble is None or _trouble(house) is trouble)
        assert (house.counts().waiting, house.counts().done) == (3, 0)
        ok, words = clinic_words(clinic.url, "", house.folder)
        assert not ok
        assert doctor in words
        clinic.switch = None
        until(lambda: house.counts().done == 3)
        until(lambda: _trouble(house) is None)
        assert clinic_words(clinic.url, "", house.folder) == (True, "The clinic answers.")
    assert len(clinic.order) == 3
