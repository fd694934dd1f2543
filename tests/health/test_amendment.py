"""An amendment, and a result without a person, come back whole or are refused; nobody shows in either."""

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.reading import Quantity
from health.amendment import BY_TICKET, REASONS, Amendment, AmendmentError, Change, Reason, read, write
from health.station import Station
from health.unclaimed import Unclaimed, UnclaimedError, Why
from health.unclaimed import read as read_unclaimed
from health.unclaimed import write as write_unclaimed
from health.visit import Instrument, Observation
from health.words import words_of
from tests.health.test_record import RECORD

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
LATE = Amendment(
    visit=RECORD.visit.id,
    envelope="ab" * 32,
    change=Change.LATE_RESULT,
    reason=Reason.CAME_LATE,
    staff=BY_TICKET,
    decided_at=NOW,
    station=RECORD.station,
    software="0.1",
    demo=False,
    record=RECORD,
    added=(Quantity.HDL,),
)
VOID = replace(LATE, change=Change.VOID, reason=Reason.TEST_RUN, record=None, added=())
MOVED = replace(VOID, change=Change.WRONG_PERSON, reason=Reason.OTHER_CARD, moved_to=UUID(int=9))
LOOSE = Unclaimed(
    Instrument("meter", "curo-l7", "CUROfit"),
    "110101194003021224",
    NOW,
    Why.OLDER,
    (Observation(Quantity.HDL, Decimal("1.40"), "mmol/L", at=NOW, instrument="meter"),),
    Station("k", "康驿"),
    "0.1",
    demo=True,
)


@pytest.mark.parametrize("one", [LATE, VOID, MOVED], ids=lambda one: str(one.change))
def test_an_amendment_that_is_read_is_the_one_that_was_written(one: Amendment) -> None:
    assert read(write(one)) == one
    assert write(one) == write(read(write(one)))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.builds(Unclaimed))
def test_a_result_without_a_person_that_is_read_is_the_one_that_was_written(one: Unclaimed) -> None:
    assert read_unclaimed(write_unclaimed(one)) == one


@pytest.mark.parametrize(
    "wrong",
    [
        replace(LATE, record=None),
        replace(LATE, envelope="ab" * 31 + "zz"),
        replace(LATE, added=()),
        replace(VOID, record=RECORD),
        replace(VOID, added=(Quantity.HDL,)),
        replace(VOID, moved_to=UUID(int=9)),
        replace(VOID, reason=Reason.OTHER_CARD),
        replace(LATE, visit=UUID(int=8)),
        replace(LATE, demo=True),
    ],
)
def test_an_amendment_that_makes_no_sense_is_neither_written_nor_read(wrong: Amendment) -> None:
    with pytest.raises(AmendmentError):
        write(wrong)


def test_an_amendment_on_the_wire_that_makes_no_sense_is_not_read() -> None:
    tree = json.loads(gzip.decompress(write(MOVED)))
    tree["amendment"]["change"] = "void"
    tree["amendment"]["reason"] = "test_run"
    with pytest.raises(AmendmentError):
        read(gzip.compress(json.dumps(tree).encode()))


def test_a_record_is_no_amendment_and_an_amendment_no_result_without_a_person() -> None:
    with pytest.raises(UnclaimedError):
        read_unclaimed(write(VOID))
    with pytest.raises(AmendmentError):
        read(write_unclaimed(LOOSE))


def test_every_reason_belongs_to_one_change_and_has_words_in_both_languages() -> None:
    offered = [reason for reasons in REASONS.values() for reason in reasons]
    assert sorted(offered) == sorted(Reason)
    for language in ("zh_CN", "en"):
        words = words_of(language)
        assert all(words.has(f"amendment.reason.{reason}") for reason in Reason)
        assert all(words.has(f"amendment.change.{change}") for change in Change)
        assert all(words.has(f"unclaimed.why.{why}") for why in Why)


def test_nobody_shows_when_one_is_printed_by_mistake() -> None:
    assert "110101" not in repr(LATE) + repr(LOOSE)
