"""Scales from both ends: published requests, indicators that answer as their standard says."""

from decimal import Decimal

import pytest

from devices.catalogue import model_of
from devices.codecs import bcm_h10
from devices.decode import decode
from devices.reading import Reading
from devices.session import Body, Complaint, Say, Start, Zero
from devices.simulators.acts import StepOn
from devices.simulators.stage import Order, Stage
from tests.devices.corpus import Known, known_frames
from tests.devices.pair import Pair
from tests.devices.promises import values_of

HEAVY = StepOn(Decimal("65.5"), Decimal("165.5"))
UNCHECKED = (
    "sma",
    "mt-sics",
    "and-scale",
    "pelstar-live",
    "pelstar-binary",
    "omron-hbp9020",
    "and-tm2655",
)
POSSIBLE = {
    ("body_weight", "kg"): (20, 300),
    ("body_weight", "[lb_av]"): (44, 662),
    ("systolic", "mm[Hg]"): (40, 280),
    ("diastolic", "mm[Hg]"): (20, 215),
    ("pulse", "/min"): (30, 240),
}
CHECKED = ("tanita", "tanita-pc", "terumo", "bcm-h10")


def _speaks(known: Known) -> bool:
    return known.model.slug in CHECKED and any(line.startswith(("body", "systolic")) for line in known.says)


def _answers(slug: str, *said: bytes, act: bool = False, seconds: float = 5.0) -> bytes:
    """What the simulated scale says to these bytes, with somebody settled on it or not."""
    stage = Stage(model_of(slug).simulator(1.0))
    stage.start(0.0)
    if act:
        stage.order(Order(HEAVY), 0.0)
    now = 0.0
    while now < seconds and stage.deadline is not None:
        now = stage.deadline
        stage.tick(now)
    heard = [stage.receive(piece, now) for piece in said]
    return b"".join(item.data for items in heard for item in items if isinstance(item, Say))


def test_an_sma_scale_answers_twenty_bytes_as_the_standard_prints_them() -> None:
    assert _answers("sma", b"\nW\r", act=True) == b"\n 1G       65.50kg \r"
    assert _answers("sma", b"\nH\r", act=True) == b"\n 1g      65.500kg \r"
    assert _answers("sma", b"\nW\r") == b"\nZ1G        0.00kg \r"
    assert _answers("sma", b"\nX\r") == b"\n?\r"


def test_an_escape_in_mid_command_is_never_answered_and_the_next_command_is() -> None:
    assert _answers("sma", b"\nW\x1b\r", act=True) == b""
    assert _answers("sma", b"\nW\x1b\r", b"\nW\r", act=True) == b"\n 1G       65.50kg \r"
    assert _answers("sma", b"\n", b"W", b"\r", act=True) == b"\n 1G       65.50kg \r"


def test_an_sma_scale_tells_about_itself_line_by_line_to_its_end() -> None:
    told = _answers("sma", b"\nA\r", b"\nB\r", b"\nB\r", b"\nB\r", b"\nB\r", b"\nB\r")
    assert told.split(b"\r\n")[0] == b"\nSMA:2/1.0"
    assert told.endswith(b"\nEND\r\n?\r")


def test_an_sics_scale_answers_each_line_it_was_asked() -> None:
    assert _answers("mt-sics", b"S", b"I\r\nSI\r\n", act=True) == b"S S      65.50 kg\r\n" * 2
    assert _answers("mt-sics", b"Z\r\n") == b"Z A\r\n"
    assert _answers("mt-sics", b"HELLO\r\n") == b"ES\r\n"


@pytest.mark.parametrize("slug", ["sma", "mt-sics", "and-scale", "pelstar-live", "pelstar-binary"])
def test_a_weight_that_moves_is_told_as_live_and_counts_once(slug: str) -> None:
    pair = Pair(model_of(slug), "unsteady")
    pair.act(HEAVY)
    pair.run(40)
    told = [what for what in pair.whats() if isinstance(what, Reading)]
    assert [what.stable is False for what in told].count(False) == 1
    assert len(told) > 4
    assert told[-1].value == Decimal("65.5")


def test_all_twelve_published_frames_of_the_module_are_built_byte_for_byte() -> None:
    built = [
        bcm_h10.LINK,
        bcm_h10.ZERO,
        bcm_h10.build(b"\x64\x01"),
        bcm_h10.WEIGH,
        bcm_h10.MEASURE_HEIGHT,
        *(
            bcm_h10.composition(male=True, age=29, millimetres=1680, hectograms=623, electrodes=electrodes)
            for electrodes in (bcm_h10.BODY, bcm_h10.HANDS, bcm_h10.FEET)
        ),
        bcm_h10.result(1),
        bcm_h10.calibrate_weight(613),
        bcm_h10.calibrate_height(0),
        bcm_h10.calibrate_height(1685),
    ]
    assert [frame.hex(" ") for frame in built] == [
        "a5 5a 03 03 3c 42",
        "a5 5a 03 03 34 3a",
        "a5 5a 03 64 01 68",
        "a5 5a 03 03 36 3c",
        "a5 5a 03 03 35 3b",
        "a5 5a 09 08 37 4d 1d 06 90 02 6f b9",
        "a5 5a 09 01 37 4d 1d 06 90 02 6f b2",
        "a5 5a 09 03 37 4d 1d 06 90 02 6f b4",
        "a5 5a 04 03 38 01 40",
        "a5 5a 05 03 3b 02 65 aa",
        "a5 5a 05 03 33 00 00 3b",
        "a5 5a 05 03 33 06 95 d6",
    ]


def test_the_module_zeroes_when_told_to_and_is_asked_twice_at_most() -> None:
    pair = Pair(model_of("bcm-h10"))
    pair.order(Zero())
    pair.run(5)
    assert (pair.host, pair.told) == ([bcm_h10.ZERO], [])
    deaf = Pair(model_of("bcm-h10"), "silent")
    deaf.act(HEAVY)
    deaf.order(Start())
    deaf.run(60)
    assert deaf.host == [bcm_h10.WEIGH] * 2
    assert deaf.told == [(4.0, Complaint("no_answer", 0, 0))]


def test_pc_mode_says_who_stands_there_with_a_tenth_of_a_second_between_commands() -> None:
    pair = Pair(model_of("tanita-pc"))
    pair.order(Start(Body(male=False, age=86, height=Decimal("152.4"))))
    pair.run(60)
    assert b"".join(pair.host) == b"M1\r\nD000.0\r\nD12\r\nD21\r\nD3152.4\r\nD486\r\nG\r\n"
    assert pair.told[-1][0] >= 6 * 0.15
    pair.act(HEAVY)
    pair.run(20)
    assert values_of(pair.whats()) == ("body_weight 65.5 kg", "body_fat 31.4 %")


@pytest.mark.parametrize(("age", "height"), [(101, "152.4"), (86, "89.9"), (4, "95.0")])
def test_pc_mode_never_starts_with_a_body_it_cannot_be_told_of(age: int, height: str) -> None:
    pair = Pair(model_of("tanita-pc"))
    pair.order(Start(Body(male=True, age=age, height=Decimal(height))))
    pair.order(Start())
    assert pair.whats() == (Complaint("no_body", 0, 0),) * 2
    assert pair.host == []


@pytest.mark.parametrize("known", [one for one in known_frames() if _speaks(one)], ids=str)
def test_a_flipped_bit_of_a_checked_frame_never_changes_a_value(known: Known) -> None:
    true = _values(decode(known.model, known.data))
    for place in range(len(known.data)):
        for bit in range(8):
            flipped = bytearray(known.data)
            flipped[place] ^= 1 << bit
            assert set(_values(decode(known.model, bytes(flipped)))) <= set(true)


@pytest.mark.parametrize("known", [one for one in known_frames() if one.model.slug in UNCHECKED], ids=str)
def test_without_a_checksum_a_flipped_bit_still_gives_nothing_impossible(known: Known) -> None:
    for place in range(len(known.data)):
        for bit in range(8):
            flipped = bytearray(known.data)
            flipped[place] ^= 1 << bit
            for kind, value, unit in _values(decode(known.model, bytes(flipped))):
                low, high = POSSIBLE[kind, unit]
                assert low <= value <= high


def _values(told: tuple[object, ...]) -> list[tuple[str, Decimal, str]]:
    return [(what.kind, what.value, what.unit) for what in told if isinstance(what, Reading)]
