"""An envelope opens for its recipients, is signed by its station, and survives no altered byte."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from health.envelope import (
    DoesNotOpen,
    Envelope,
    EnvelopeDamaged,
    EnvelopeError,
    Header,
    Kind,
    NotSignedBy,
    check,
    open_envelope,
    seal,
)
from health.ids import new_id
from health.keys import SecretKey, SigningKey

STATION, STRANGER = SigningKey.new(), SigningKey.new()
CLINIC, RECOVERY, DAY, OTHER = (SecretKey.new() for _ in range(4))
CONTENT = b"a visit" * 20
HEADER = Header(
    kind=Kind.VISIT,
    id=new_id(),
    visit=uuid4(),
    tenant="demo",
    station="kiosk-1",
    sequence=7,
    boot=uuid4(),
    monotonic_ms=123456,
    wall=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    clock_trusted=True,
    demo=True,
)
SEALED = seal(CONTENT, HEADER, (CLINIC.public(), RECOVERY.public(), DAY.public()), STATION)


@pytest.mark.parametrize("who", [CLINIC, RECOVERY, DAY], ids=["clinic", "recovery", "day"])
def test_each_recipient_opens_it_alone(who: SecretKey) -> None:
    assert open_envelope(SEALED, who, STATION.verify_key()) == CONTENT


def test_nobody_else_opens_it() -> None:
    with pytest.raises(DoesNotOpen):
        open_envelope(SEALED, OTHER, STATION.verify_key())


def test_another_station_cannot_pass_it_off_as_its_own() -> None:
    with pytest.raises(NotSignedBy):
        open_envelope(SEALED, CLINIC, STRANGER.verify_key())


def test_bytes_and_back_are_the_same_envelope_and_the_same_bytes() -> None:
    data = SEALED.to_bytes()
    assert Envelope.from_bytes(data) == SEALED
    assert Envelope.from_bytes(data).to_bytes() == data


def test_a_header_changed_by_one_word_is_refused() -> None:
    for forged in (
        replace(HEADER, tenant="real"),
        replace(HEADER, demo=False),
        replace(HEADER, sequence=8),
        replace(HEADER, kind=Kind.ALARM),
        replace(HEADER, incomplete=True),
    ):
        with pytest.raises(NotSignedBy):
            check(replace(SEALED, header=forged), STATION.verify_key())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SEALED.to_bytes()) - 1), st.integers(1, 255))
def test_any_altered_byte_is_refused(at: int, change: int) -> None:
    data = bytearray(SEALED.to_bytes())
    data[at] ^= change
    with pytest.raises(EnvelopeError):
        open_envelope(Envelope.from_bytes(bytes(data)), CLINIC, STATION.verify_key())


@given(st.integers(0, len(SEALED.to_bytes()) - 1))
def test_a_part_of_an_envelope_is_damaged(length: int) -> None:
    with pytest.raises(EnvelopeDamaged):
        Envelope.from_bytes(SEALED.to_bytes()[:length])


def test_something_behind_it_is_damage_too() -> None:
    with pytest.raises(EnvelopeDamaged):
        Envelope.from_bytes(SEALED.to_bytes() + b"\0")


@given(st.binary(max_size=300))
def test_noise_is_damaged(data: bytes) -> None:
    for noise in (data, b"KYE1" + data):
        with pytest.raises(EnvelopeDamaged):
            Envelope.from_bytes(noise)


def test_more_than_a_megabyte_is_neither_read_nor_sealed() -> None:
    with pytest.raises(EnvelopeDamaged, match="1048577"):
        Envelope.from_bytes(bytes(1024 * 1024 + 1))
    with pytest.raises(EnvelopeDamaged):
        seal(bytes(1024 * 1024), HEADER, (CLINIC.public(),), STATION)


@pytest.mark.parametrize(
    "header",
    [
        replace(HEADER, tenant="王"),
        replace(HEADER, station=""),
        replace(HEADER, sequence=-1),
        replace(HEADER, wall=datetime(2026, 11, 23, 9, 0)),  # noqa: DTZ001 - that is what must be refused
    ],
    ids=["tenant", "station", "sequence", "time"],
)
def test_a_header_nobody_could_read_is_not_sealed(header: Header) -> None:
    with pytest.raises(EnvelopeDamaged):
        seal(CONTENT, header, (CLINIC.public(),), STATION)


def test_the_digest_tells_other_bytes_under_the_same_id() -> None:
    again = seal(CONTENT, HEADER, (CLINIC.public(),), STATION)
    assert again.header == SEALED.header
    assert again.digest() != SEALED.digest() == Envelope.from_bytes(SEALED.to_bytes()).digest()


def test_nothing_of_the_content_stands_in_the_clear() -> None:
    assert b"a visit" not in SEALED.to_bytes()


def test_ids_never_repeat_and_sort_by_time() -> None:
    ids = [new_id(at) for at in range(1_700_000_000_000, 1_700_000_000_500)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 500
    assert {one.version for one in ids} == {7}
    assert len({new_id(0) for _ in range(500)}) == 500


def test_a_header_written_in_any_other_way_is_damage() -> None:
    data = SEALED.to_bytes()
    length = int.from_bytes(data[4:6], "big")
    plain = data[6 : 6 + length]
    for other in (
        plain.replace(b":", b": ", 1),
        plain[:-1] + b',"name":"x"}',
        plain.replace(b"Z", b"+00:00"),
    ):
        with pytest.raises(EnvelopeDamaged):
            Envelope.from_bytes(data[:4] + len(other).to_bytes(2, "big") + other + data[6 + length :])
