"""The GDX-HD's packets: published vectors, newtons into kilograms, nothing impossible from any bytes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.codecs.gdx import (
    FIRST_COUNTER,
    INIT,
    INIT_PAYLOAD,
    STATUS,
    build,
    command,
    kilograms,
    measurement,
    period,
    start,
    stop,
)
from devices.session import Reason, RefusedError


def test_the_published_commands_are_built_to_the_byte() -> None:
    assert command(INIT, FIRST_COUNTER, INIT_PAYLOAD).startswith(bytes.fromhex("58 19 fe 3f 1a a5 4a 06"))
    assert command(STATUS, FIRST_COUNTER - 1) == bytes.fromhex("58 05 fd 6a 10")


@pytest.mark.parametrize("packet", [period(0xF0, 100_000), start(0xEF, 2), stop(0xEE)])
def test_a_command_says_its_own_length_and_sum(packet: bytes) -> None:
    assert packet[1] == len(packet)
    assert packet[3] == (sum(packet) - packet[3]) % 256


def test_forces_come_in_newtons_and_are_written_in_kilograms() -> None:
    forces = measurement(build(2, (0.0, 166.7, 185.35)))
    assert forces.newtons == (Decimal("0.00"), Decimal("166.70"), Decimal("185.35"))
    assert [str(kilograms(force)) for force in forces.newtons] == ["0.0", "17.0", "18.9"]


@pytest.mark.parametrize(
    ("packet", "reason"),
    [
        (b"", Reason.SHAPE),
        (build(2, (1.0,))[:-1], Reason.SHAPE),
        (build(2, (1.0,)) + b"\x00", Reason.SHAPE),
        (build(3, (1.0, 2.0)), Reason.SHAPE),
        (build(0, (1.0,)), Reason.SHAPE),
        (b"\x58" + build(2, (1.0,))[1:], Reason.SHAPE),
        (build(2, (1.0,))[:4] + b"\x0d" + build(2, (1.0,))[5:], Reason.SHAPE),
        (build(2, (float("nan"),)), Reason.NO_VALUE),
        (build(2, (float("inf"),)), Reason.NO_VALUE),
        (build(2, (5000.0,)), Reason.RANGE),
    ],
)
def test_what_is_no_force_is_refused_with_its_reason(packet: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        measurement(packet)
    assert refused.value.reason is reason


@given(st.binary(max_size=64))
def test_any_bytes_are_a_force_or_refused(packet: bytes) -> None:
    try:
        forces = measurement(packet)
    except RefusedError:
        return
    assert all(-50 <= force <= 900 for force in forces.newtons)
