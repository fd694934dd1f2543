"""Framing: nothing depends on the pieces, nothing grows without end, nothing good behind junk is lost."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import CATALOGUE, model_of
from devices.codecs import codefree, curo, grip, pelstar, pn532, sam, sd_meter, shanghe, taidoc
from devices.codecs.astm_frames import LIMIT, Block
from devices.codecs.astm_frames import build as build_block
from devices.framing import Frame, Noise
from devices.model import Model
from devices.reading import Quantity
from tests.devices.corpus import known_frames

GOOD: dict[str, bytes] = {
    "shanghe-sh": shanghe.build(shanghe.Standing(Decimal("51.3"), Decimal("152.4"))),
    "pelstar-esc": pelstar.build(pelstar.Packet(Decimal("51.3"), None, metric=True)),
    "astm-lis": build_block(Block(1, b"H|\\^&|||A\r", last=True)),
    "omron-hbp9030": b"2024,06,18,09,30,            00000123,0,128,082,072,0\r\n",
    "grip-line": grip.build(grip.Grip(Quantity.GRIP_LEFT, Decimal("17.2"), peak=True)),
    "sam-idcard": sam.build(sam.Reply(sam.FOUND, sam.FOUND_DATA)),
    "curo-l7": curo.DIALECT.say(sd_meter.GREETING, curo.DIALECT.meter),
    "codefree": codefree.DIALECT.say(sd_meter.GREETING, codefree.DIALECT.meter),
    "taidoc": taidoc.build(taidoc.Reply(taidoc.CONNECT, bytes(4))),
    "nonin-8": bytes.fromhex("80486100"),
    "nonin-7": bytes.fromhex("838000484b"),
    "qr-serial": b"KY-DEMO-0001\r\n",
    "pn532": pn532.build(pn532.found(bytes.fromhex("04a1b2c3d4e5f6"))),
    "cardiochek": b'A60,000240,0,4,1,1,N,"CHOL    :  5.20 mmol/L"\n',
    "sma": b"\n 1G       65.50kg \r",
    "mt-sics": b"S S      65.50 kg\r\n",
    "omron-hbp9020": b"bp,99999999999999999999,2023/04/27,15:06,140,098,077,068,3\r\n",
    "and-tm2655": bytes.fromhex("16 16 01 30 30 06"),
    "terumo": b"\x02R1,000000000,260429,103800,119,090,076,083,0000,0000,00000,000\x03\xeb",
    "tanita": b'{0,16,~0,1,~1,1,~2,1,MO,"WB-3000",Hm,165.5,Wk,65.5,MI,23.9,CS,81\r\n',
    "tanita-pc": b"D1\r\n",
    "pelstar-live": pelstar.build(pelstar.Packet(Decimal("51.3"), None, metric=True), tare=False),
    "pelstar-binary": bytes.fromhex("02 80 d7 e4 31 32 33 2e 34 0d"),
    "bcm-h10": bytes.fromhex("a5 5a 03 64 01 68"),
    "and-scale": b"ST,+00065.50 kg\r\n",
}
BOUND = {"astm-lis": LIMIT + 1, "sam-idcard": sam.LIMIT}
LARGEST = 4096
SLUGS = [model.slug for model in CATALOGUE]
PIECES = st.lists(
    st.one_of(st.sampled_from(tuple(GOOD.values())), st.binary(max_size=40), st.sampled_from(b"\x02\x1bAGW")),
    max_size=12,
)


def _told(model: Model, data: bytes, cuts: list[int]) -> list[tuple[str, bytes | int, int]]:
    framer = model.framer()
    heard: list[Frame | Noise] = []
    for start, stop in itertools.pairwise([0, *sorted(cuts), len(data)]):
        heard += framer.feed(data[start:stop])
    heard += framer.end()
    return [
        ("frame", item.data, item.at) if isinstance(item, Frame) else ("noise", item.size, item.at)
        for item in heard
    ]


@pytest.mark.parametrize("slug", SLUGS)
@given(pieces=PIECES, cuts=st.lists(st.integers(0, 400), max_size=10))
def test_the_pieces_a_port_hands_over_change_nothing(
    slug: str, pieces: list[bytes | int], cuts: list[int]
) -> None:
    data = b"".join(piece if isinstance(piece, bytes) else bytes((piece,)) for piece in pieces)
    whole = _told(model_of(slug), data, [])
    assert _told(model_of(slug), data, [cut for cut in cuts if cut <= len(data)]) == whole
    assert _told(model_of(slug), data, list(range(len(data)))) == whole


@pytest.mark.parametrize("slug", SLUGS)
@given(pieces=PIECES)
def test_every_byte_is_in_a_frame_or_told_as_noise_or_a_line_end(
    slug: str, pieces: list[bytes | int]
) -> None:
    data = b"".join(piece if isinstance(piece, bytes) else bytes((piece,)) for piece in pieces)
    place = 0
    for kind, what, at in _told(model_of(slug), data, []):
        assert set(data[place:at]) <= set(b"\r\n")
        place = at + (len(what) if isinstance(what, bytes) else what)
        assert kind == "noise" or data[at:place] == what
    assert set(data[place:]) <= set(b"\r\n")


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(
    "junk", [b"\xff", b"A", b"\x1bR", b"6R\x1bI", b"\x02A", b"\xaa\xaa\xaa\x96\x69", b"W:0"]
)
def test_endless_junk_is_told_and_never_gathered(slug: str, junk: bytes) -> None:
    framer = model_of(slug).framer()
    chunk = (junk * LARGEST)[:LARGEST]
    told = 0
    for _ in range(16):
        told += len(framer.feed(chunk))
        assert framer.holding <= BOUND.get(slug, LARGEST)
    assert told


@pytest.mark.parametrize("slug", SLUGS)
def test_a_good_frame_is_found_again_behind_a_megabyte_of_junk(slug: str) -> None:
    framer = model_of(slug).framer()
    for _ in range(256):
        framer.feed(b"\xff" * LARGEST)
    framer.feed(b"\r\n")
    found = [item for item in framer.feed(GOOD[slug]) if isinstance(item, Frame)]
    assert [frame.data for frame in found] == [
        GOOD[slug].strip(b"\r\n") if slug != "astm-lis" else GOOD[slug]
    ]


@pytest.mark.parametrize("slug", ["omron-hbp9030", "grip-line"])
def test_the_tail_of_an_endless_line_is_never_read_as_a_line(slug: str) -> None:
    framer = model_of(slug).framer()
    heard = framer.feed(b"x" * 1024 + GOOD[slug])
    assert not any(isinstance(item, Frame) for item in heard)
    assert any(isinstance(item, Frame) for item in framer.feed(GOOD[slug]))


def test_silence_inside_a_frame_gives_it_up() -> None:
    framer = model_of("shanghe-sh").framer()
    framer.feed(b"W:065.5")
    assert framer.end() == (Noise(7, 0, cut=True),)
    assert framer.feed(b" H:170.5") == ()
    assert framer.end() == (Noise(8, 7),)


def test_a_frame_that_names_a_person_has_no_readable_form() -> None:
    for known in known_frames():
        framer = known.model.framer()
        for item in framer.feed(known.data):
            assert not isinstance(item, Frame) or repr(item) == "Frame()"
