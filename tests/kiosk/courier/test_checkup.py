"""What ``doctor`` says of a clinic that answers: is this station known, and is its clock right?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clinic.enrolment import approve, revoke, waiting
from kiosk.courier import checkup
from kiosk.courier.checkup import clinic_words
from kiosk.doctor import _relay
from kiosk.enrolment import Newcomer, enrol
from kiosk.settings import CallPart
from tests.clinic.running import NURSE, Running, clinic_at
from tests.kiosk.fake_clinic import FakeClinic, fake_clinic


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[tuple[Running, Path]]:
    """A clinic, and the folder of a station that it let in."""
    with clinic_at(tmp_path / "clinic") as running:

        def agree(_code: str) -> None:
            ((_, asked),) = waiting(running.clinic)
            assert approve(running.clinic, asked.id, NURSE)

        who = Newcomer("wanqing-1", "晚晴里驿站", "0.1.0", demo=False)
        enrol(running.url, tmp_path / "station", who, agree, sleep=lambda _: None)
        yield running, tmp_path / "station"


def test_a_station_that_is_known_and_one_that_was_revoked_are_told_so(joined: tuple[Running, Path]) -> None:
    running, station = joined
    assert clinic_words(running.url, "", station) == (True, checkup.KNOWN)
    assert revoke(running.clinic, "wanqing-1", NURSE)
    assert clinic_words(running.url, "", station) == (False, checkup.STRANGE)


@pytest.mark.parametrize(("hours", "way"), [(1, "60 minutes ahead"), (-1, "60 minutes behind")])
def test_a_clock_that_is_off_is_told_with_how_far_and_which_way(tmp_path: Path, hours: int, way: str) -> None:
    with fake_clinic(clinic=FakeClinic(ahead=timedelta(hours=hours))) as clinic:
        ok, words = clinic_words(clinic.url, "", tmp_path)
    assert not ok
    assert way in words


def test_a_station_that_joined_nobody_is_told_how(tmp_path: Path) -> None:
    assert clinic_words("", "", tmp_path) == (False, checkup.NOT_JOINED)


def test_the_relay_of_the_call_has_a_line_whether_there_is_none_it_is_there_or_out(tmp_path: Path) -> None:
    assert _relay(CallPart()).ok
    there = tmp_path / "relay"
    assert not _relay(CallPart(relay=str(there))).ok
    there.touch()
    assert _relay(CallPart(relay=str(there))).ok
