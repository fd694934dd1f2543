"""A record comes back whole or is refused; nothing in between."""

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.reading import Quantity, Remark
from health.assessment import Assessment, Change, Finding, Level, Phrase, Score, Zone
from health.record import Record, RecordError, read, write
from health.station import Station
from health.visit import Answer, Observation, PastVisit, Question, Resident, Sample, Visit

st.register_type_strategy(datetime, st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)))  # noqa: DTZ001
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(str, st.text(max_size=8))

SAMPLE = Sample(
    Decimal("51.30"),
    "kg",
    at=datetime(2026, 11, 23, 9, 0, 0, 5, tzinfo=UTC),
    device_time=datetime(2026, 11, 23, 17, 0),  # noqa: DTZ001 - an instrument's clock says no zone
    remarks=(Remark.MOVEMENT,),
    frame=b"W:051.3\r\n\x00\xff",
)
VISIT = Visit(
    UUID(int=7),
    datetime(2026, 11, 23, tzinfo=UTC).date(),
    resident=Resident(name="王秀英", identity="110101194003021224", age=Decimal("86.5")),
    observations=(Observation(Quantity.BODY_WEIGHT, Decimal("51.30"), "kg", samples=(SAMPLE,)),),
    answers=((Question.FASTING, Answer.UNKNOWN),),
    danger_signs=(),
)
SAID = Assessment(
    "2026",
    Level.NOW,
    Phrase("visit.now", (("a", "@b"),)),
    findings=(
        Finding(
            "bmi",
            "1",
            "WS/T 428",
            "low",
            Level.NOTICE,
            None,
            Quantity.BODY_WEIGHT,
            "bmi",
            "w",
            Phrase("p"),
            None,
            (Zone(None, Decimal("18.5"), Level.NOTICE, "w"),),
        ),
    ),
    scores=(Score("m", "1", "s", Decimal("1E+1"), "b", Phrase("k")),),
    changes=(Change(Quantity.BODY_WEIGHT, Decimal("-2.90"), Decimal("54.2"), Phrase("c")),),
)
RECORD = Record(VISIT, SAID, (PastVisit(VISIT.on, VISIT.observations),), Station("k", "康驿"), "zh_CN", "0.1")


def _tree(record: Record = RECORD) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(gzip.decompress(write(record)))
    return tree


def _packed(tree: object) -> bytes:
    return gzip.compress(json.dumps(tree).encode())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.builds(Record))
def test_what_is_read_is_what_was_written(record: Record) -> None:
    assert read(write(record)) == record


def test_every_digit_frame_and_time_comes_back() -> None:
    back = read(write(RECORD))
    assert back == RECORD
    assert str(back.visit.observations[0].value) == "51.30"
    assert str(back.assessment.scores[0].percent) == "1E+1"
    assert back.visit.observations[0].samples[0] == SAMPLE


def test_the_same_record_is_always_the_same_bytes_with_no_time_in_them() -> None:
    assert write(RECORD) == write(read(write(RECORD)))
    assert write(RECORD)[4:8] == bytes(4)


def test_frames_are_hex_and_numbers_are_text() -> None:
    first = _tree()["record"]["visit"]["observations"][0]
    assert first["value"] == "51.30"
    assert first["samples"][0]["frame"] == SAMPLE.frame.hex()


def test_an_unknown_version_or_none_is_refused() -> None:
    for version in (0, 4, "1", True, None):
        with pytest.raises(RecordError, match="version"):
            read(_packed(_tree() | {"version": version}))


def test_a_record_of_the_first_version_still_reads_and_says_nothing_of_calibration() -> None:
    tree = _tree() | {"version": 1}
    for one in tree["record"]["visit"]["observations"]:
        del one["calibration"], one["proof"]
    assert read(_packed(tree)) == RECORD
    assert RECORD.visit.observations[0].calibration is None


def test_a_record_of_the_second_version_still_reads_and_says_of_no_call() -> None:
    tree = _tree() | {"version": 2}
    del tree["record"]["visit"]["call"]
    assert read(_packed(tree)) == RECORD
    assert RECORD.visit.call is None


def test_an_unknown_field_is_refused_at_any_depth() -> None:
    outside, inside = _tree() | {"extra": 1}, _tree()
    inside["record"]["visit"]["observations"][0]["samples"][0]["extra"] = 1
    for tree in (outside, inside):
        with pytest.raises(RecordError, match="field"):
            read(_packed(tree))


def test_a_field_that_is_missing_is_refused_and_one_with_a_default_may_be() -> None:
    tree = _tree()
    del tree["record"]["station"]["phone"]
    assert read(_packed(tree)) == RECORD
    del tree["record"]["station"]["id"]
    with pytest.raises(RecordError):
        read(_packed(tree))


def test_a_wrong_value_is_named_by_its_place_and_never_repeated() -> None:
    tree = _tree()
    tree["record"]["visit"]["resident"]["birth_date"] = "110101194003021224"
    with pytest.raises(RecordError) as refused:
        read(_packed(tree))
    assert "birth_date" in str(refused.value)
    assert "1101011940" not in str(refused.value)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_neither_written_nor_read(word: str) -> None:
    tree = _tree()
    tree["record"]["visit"]["observations"][0]["value"] = word
    with pytest.raises(RecordError):
        read(_packed(tree))
    broken = Observation(Quantity.PULSE, Decimal(word), "/min")
    with pytest.raises(RecordError):
        write(Record(VISIT.with_observation(broken), SAID, (), RECORD.station, "en", "0.1"))


def test_a_value_that_would_be_written_otherwise_is_refused() -> None:
    tree = _tree()
    tree["record"]["visit"]["observations"][0]["value"] = 51.3
    with pytest.raises(RecordError):
        read(_packed(tree))


def test_a_key_twice_is_refused() -> None:
    text = gzip.decompress(write(RECORD)).replace(
        b'"language":"zh_CN"', b'"language":"en","language":"zh_CN"'
    )
    with pytest.raises(RecordError):
        read(gzip.compress(text))


def test_a_record_that_unpacks_to_gigabytes_is_refused_before_it_does() -> None:
    with pytest.raises(RecordError):
        read(gzip.compress(b" " * (5 * 1024 * 1024)))


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(RecordError):
        read(gzip.compress(b"[" * 200_000))


@settings(deadline=None)
@given(st.integers(0, len(write(RECORD)) - 1), st.integers(1, 255))
def test_a_flipped_byte_never_changes_a_record(at: int, change: int) -> None:
    data = bytearray(write(RECORD))
    data[at] ^= change
    with suppress(RecordError):
        assert read(bytes(data)) == RECORD  # Only the gzip header's idle bytes may differ.


@given(st.binary(max_size=100))
def test_noise_is_no_record(data: bytes) -> None:
    for noise in (data, gzip.compress(data)):
        with pytest.raises(RecordError):
            read(noise)


def test_no_name_or_number_shows_when_a_record_is_printed_by_mistake() -> None:
    assert "王" not in repr(RECORD) + repr(RECORD.visit)
    assert "110101" not in repr(RECORD) + repr(RECORD.visit)
