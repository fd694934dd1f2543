"""Small meters and readers of tokens: whose value, taken when, and one flipped bit on the wire."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from devices.catalogue import model_of
from devices.codecs import pn532
from devices.codecs.curo import DIALECT
from devices.codecs.sd_meter import ACCEPT, GREETING, NEXT
from devices.decode import decode
from devices.reading import Carrier, Code, Quantity, Reading
from devices.session import Told
from devices.simulators.acts import InsertSample, LayChip, PutFinger, ShowCode, TakeCard, TakeFinger
from tests.devices.corpus import known_frames
from tests.devices.pair import Pair
from tests.devices.promises import refusals_of, values_of

WHOLE = {
    "curo-l7": "a memory with one record",
    "codefree": "a memory with one record",
    "taidoc": "a record six minutes old",
    "nonin-7": "a packet, heart rate 142",
    "pn532": "set up, then a card of seven bytes",
}


def _known(slug: str) -> bytes:
    return next(one.data for one in known_frames() if (one.model.slug, one.name) == (slug, WHOLE[slug]))


def _said(told: tuple[Told, ...]) -> set[tuple[object, ...]]:
    values: set[tuple[object, ...]] = {
        (what.kind, what.value, what.unit, what.device_time) for what in told if isinstance(what, Reading)
    }
    return values | {(what.text,) for what in told if isinstance(what, Code)}


def _times(pair: Pair) -> set[datetime | None]:
    return {what.device_time for what in pair.whats() if isinstance(what, Reading)}


@pytest.mark.parametrize("slug", WHOLE)
def test_a_flipped_bit_never_makes_another_value_of_a_checked_frame(slug: str) -> None:
    data, model = _known(slug), model_of(slug)
    true = _said(decode(model, data))
    assert true
    for place in range(len(data)):
        for bit in range(8):
            flipped = data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :]
            assert _said(decode(model, flipped)) <= true


def test_the_host_answers_a_lipid_meter_with_the_published_frames() -> None:
    assert DIALECT.say(ACCEPT).hex(" ") == "73 10 04 10 40 50 aa"
    assert DIALECT.say(NEXT).hex(" ") == "73 10 04 10 60 70 aa"
    pair = Pair(model_of("curo-l7"))
    pair.act(InsertSample("", Decimal("5.2"), Decimal("1.3"), Decimal("1.5")))
    pair.run(140)
    assert pair.host == [DIALECT.say(ACCEPT), DIALECT.say(NEXT), DIALECT.say(NEXT)]
    assert pair.wire[0] == b"\x00"
    assert pair.wire[1] == DIALECT.say(GREETING, DIALECT.meter)


@pytest.mark.parametrize("slug", ["curo-l7", "codefree", "taidoc"])
def test_a_clock_that_is_twelve_hours_out_is_told_as_it_is(slug: str) -> None:
    pair = Pair(model_of(slug), "clock_behind")
    pair.act(InsertSample("", Decimal("5.2"), Decimal("1.3"), Decimal("1.5"), glucose=Decimal("5.6")))
    pair.run(140)
    (said,) = _times(pair)
    assert said is not None
    behind = datetime.now() - said  # noqa: DTZ005 - against the meter's own clock
    assert timedelta(hours=11, minutes=55) < behind < timedelta(hours=12, minutes=5)


def test_two_people_at_one_meter_are_two_results_and_neither_comes_twice() -> None:
    pair = Pair(model_of("codefree"))
    for glucose in ("5.6", "6.7"):
        pair.act(InsertSample("", glucose=Decimal(glucose)))
        pair.run(30)
    assert values_of(pair.whats()) == ("glucose 101 mg/dL", "glucose 121 mg/dL")
    assert refusals_of(pair.whats()) == {"recalled"}


def test_a_docked_meter_tells_the_second_strip_and_the_first_no_more() -> None:
    pair = Pair(model_of("taidoc"))
    for glucose in ("5.6", "6.7"):
        pair.act(InsertSample("", glucose=Decimal(glucose)))
        pair.run(30)
    assert values_of(pair.whats()) == ("glucose 101 mg/dL", "glucose 121 mg/dL")


def test_of_a_label_only_the_result_line_is_kept() -> None:
    pair = Pair(model_of("cardiochek"))
    pair.act(InsertSample("", Decimal("5.2")))
    pair.run(80)
    (reading,) = (what for what in pair.whats() if isinstance(what, Reading))
    assert b"CHOL" in reading.frame
    assert b"SN" not in reading.frame
    assert reading.device_time is not None


@pytest.mark.parametrize("slug", ["nonin-7", "nonin-8"])
def test_every_finger_is_a_reading_of_its_own(slug: str) -> None:
    pair = Pair(model_of(slug))
    for spo2, pulse in ((97, 72), (93, 58)):
        pair.act(PutFinger(spo2, pulse))
        pair.run(30)
        pair.act(TakeFinger())
        pair.run(5)
    assert values_of(pair.whats()) == ("spo2 97 %", "pulse 72 /min", "spo2 93 %", "pulse 58 /min")
    live = [what.kind for what in pair.whats() if isinstance(what, Reading) and what.stable is False]
    assert live == [Quantity.SPO2, Quantity.PULSE] * 2


def test_an_oximeter_that_comes_late_is_asked_for_its_format_again() -> None:
    pair = Pair(model_of("nonin-8"), "silent")
    pair.act(PutFinger(97, 72))
    pair.run(12)
    assert [said.hex(" ") for said in pair.host] == ["02 70 02 02 08 03"] * 3


def test_a_code_is_its_text_and_a_chip_its_number() -> None:
    scanner, reader = Pair(model_of("qr-serial")), Pair(model_of("pn532"))
    scanner.act(ShowCode("站点一 KY-1"))
    reader.act(LayChip(bytes.fromhex("a1b2c3d4")))
    scanner.run(3)
    reader.run(3)
    assert scanner.whats() == (Code("站点一 KY-1", Carrier.PRINTED),)
    assert reader.whats() == (Code("A1B2C3D4", Carrier.CHIP),)


def test_a_code_has_no_readable_form() -> None:
    assert "KY-1" not in repr(Code("KY-1", Carrier.PRINTED))


def test_a_card_laid_down_again_is_told_again() -> None:
    pair = Pair(model_of("pn532"))
    for _ in range(2):
        pair.act(LayChip(bytes.fromhex("a1b2c3d4")))
        pair.run(5)
        pair.act(TakeCard())
        pair.run(3)
    assert values_of(pair.whats()) == ("code", "code")


def test_the_published_question_for_firmware_is_built() -> None:
    assert pn532.FIRMWARE.hex(" ") == "00 00 ff 02 fe d4 02 2a 00"
