"""What staff may see of a wire, and what a capture may hold: everything but who somebody is."""

import itertools
import random
from decimal import Decimal

import pytest

from benchmarks.fuzz import damaged
from benchmarks.spoken import spoken
from devices.catalogue import CATALOGUE, model_of
from devices.decode import decode
from devices.events import Found, NotUnderstood, Understood
from devices.line import PUZZLED_SECONDS
from devices.model import Model, Role
from devices.session import Announce, Body, Command, Say, Session, Start, Told
from devices.simulators.acts import InsertSample
from devices.simulators.samples import samples
from devices.wire import PIECE_BYTES, PIECES, TAIL_BYTES, Piece, Way, Wire
from tests.devices.corpus import Known, known_frames, lines
from tests.devices.pair import Pair
from tests.devices.played import Played, until
from tests.devices.promises import PROMISES

NAMING = [model for model in CATALOGUE if model.blank is not None]
READERS = [model for model in CATALOGUE if model.reads_identity]
SECRET = b"K1234567"


def _kept(model: Model, data: bytes, piece: int = 7) -> list[Piece]:
    """The pieces of these bytes, as a port hands them over a few at a time."""
    kept: list[Piece] = []
    session = Session(
        model.driver, model.framer, Wire(model.blank, hidden=model.reads_identity, keep=kept.append)
    )
    session.start(0.0)
    for start in range(0, len(data), piece):
        session.receive(data[start : start + piece], start / 100)
    session.finish(100.0)
    return kept


@pytest.mark.parametrize("known", [known for known in known_frames() if not known.captured], ids=str)
def test_the_pieces_are_all_that_was_heard_in_order(known: Known) -> None:
    kept = [piece for piece in _kept(known.model, known.data) if piece.way is Way.HEARD]
    assert sum(piece.size for piece in kept) in range(len(known.data) - 4, len(known.data) + 1)
    if known.model.blank is None and not known.model.reads_identity:
        assert known.data.startswith(b"".join(piece.data for piece in kept))


NAMED: dict[str, bytes] = {
    "pelstar-esc": b"\x1bR\x1bI  K1234567\x1bW65.5\x1bH0.0\x1bB0.0\x1bT0.0\x1bNm\x1bE",
    "pelstar-live": b"\x1bR\x1bI  K1234567\x1bW65.5\x1bH0.0\x1bB0.0\x1bNm\x1bE",
    "omron-hbp9030": b"2024,06,18,09,30,            K1234567,0,128,082,072,0\r\n",
    "omron-hbp9020": b"bp,            K1234567,2023/04/27,15:06,140,098,077,068,3\r\n",
    "terumo": b"\x02R1,K1234567 ,260429,103800,119,090,076,083,0000,0000,00000,000\x03",
    "and-tm2655": b"\x022655P \x1e2406180930\x1eK1234567\x1e  K1234567\x1eE00\x1eS 128\x1eM  97\x1eD  82"
    b"\x1eP  72\x1eL 180\x1eO  22\x1e\x03",
    "tanita": b'{0,16,~0,1,~1,1,~2,1,MO,"SC-330",ID,"K1234567",Wk,65.5,FW,31.4,CS,',
    "tanita-pc": b'{0,16,~0,1,~1,1,~2,1,MO,"MC-980",ID,"K1234567",Wk,65.5,FW,31.4,CS,',
    "cardiochek": b'\nN\nA60,000040,0,4,1,1,N,"SN      : 3093537"\nA60,000080,0,4,1,1,N,"2015 06 17"\n'
    b'A60,000120,0,4,1,1,N,"12:35"\nA60,000160,0,4,1,1,N,"USER K12\x00\x0034567"\n'
    b'A60,000200,0,4,1,1,N,"LOT"\nA60,000240,0,4,1,1,N,"CHOL    :  5.20 mmol/L"\nP1\n',
    "astm-lis": b"\x05\x021H|\\^&|||SIM|||||KIOSK||P|LIS2-A2|20240618\r\x03",
}


def _named(slug: str) -> bytes:
    """A good message of that model in which somebody's number stands."""
    data = NAMED[slug]
    if slug == "terumo":
        return data + bytes((sum(data) % 256,))
    if slug.startswith("tanita"):
        return data + f"{sum(data[:-3]) % 256:02X}\r\n".encode("ascii")
    if slug != "astm-lis":
        return data
    texts = (
        (b"1H|\\^&|||SIM|||||KIOSK||P|LIS2-A2|20240618\r", b"\x03"),
        (b"2P|1|K1234567|K1234567||K1234567^AN||19400302|F\rC|1|L|K123", b"\x17"),
        (b"34567|G\rO|1|K1234567||^^^LIPID|R||||||||||||K1234567\r", b"\x03"),
        (b"4R|1|^^^TC|5.20|mmol/L||N||F||K1234567|20240618|20240618\r", b"\x03"),
        (b"5L|1|N\r", b"\x03"),
    )
    frames = [
        b"\x02" + text + end + f"{sum(text + end) % 256:02X}\r\n".encode("ascii") for text, end in texts
    ]
    return b"\x05" + b"".join(frames) + b"\x04"


def test_every_model_whose_frames_may_name_somebody_is_tried_here() -> None:
    assert set(NAMED) == {model.slug for model in NAMING}


@pytest.mark.parametrize("slug", NAMED)
@pytest.mark.parametrize("spoilt", [False, True])
def test_nobodys_number_is_seen_and_the_values_are_the_same(slug: str, spoilt: bool) -> None:
    model, data = model_of(slug), _named(slug)
    if spoilt:
        place = data.index(b"6")
        data = data[:place] + b"7" + data[place + 1 :]
    seen = b"".join(piece.data for piece in _kept(model, data) if piece.way is Way.HEARD)
    assert SECRET not in seen.replace(b"\x00", b"")
    assert b"K123" not in seen
    assert lines(decode(model, seen)) == lines(decode(model, data))
    assert spoilt or lines(decode(model, seen))


@pytest.mark.parametrize("slug", NAMED)
def test_a_line_cut_off_in_the_middle_of_a_number_shows_none_of_it(slug: str) -> None:
    data = _named(slug)
    cut = data[: data.index(b"K1234567" if slug != "cardiochek" else b"K12") + 6]
    seen = b"".join(piece.data for piece in _kept(model_of(slug), cut) if piece.way is Way.HEARD)
    assert b"K12" not in seen


@pytest.mark.parametrize("model", READERS, ids=lambda model: model.slug)
def test_of_a_reader_of_identities_only_sizes_are_seen(model: Model) -> None:
    pair = Pair(model)
    pair.act(samples(model.role)[0][0])
    pair.run(5)
    heard = [piece for piece in _kept(model, b"".join(pair.wire)) if piece.way is Way.HEARD]
    assert heard
    assert {piece.data for piece in heard} == {b""}
    assert all(piece.size for piece in heard)


def test_a_bcc_that_is_an_etx_is_still_the_bcc() -> None:
    """One frame in 256 has this: 16:06:33 on 2026-11-28."""
    frame = b"\x02R1,000000000,261128,160633,999,097,076,071,0000,0000,00000,000\x03\x03"
    (seen,) = _kept(model_of("terumo"), frame)
    assert lines(decode(model_of("terumo"), seen.data)) == lines(decode(model_of("terumo"), frame))


@pytest.mark.parametrize(
    ("slug", "command", "kept", "covered"),
    [
        ("astm-lis", Announce("K1234567", ("TC",)), b"^^^TC", b"K123"),
        ("tanita-pc", Start(Body(male=False, age=86, height=Decimal("152.4"))), b"M1\r\n", b"152.4"),
    ],
)
def test_what_the_station_says_of_a_person_is_covered_too(
    slug: str, command: Command, kept: bytes, covered: bytes
) -> None:
    model = model_of(slug)
    wire = Wire(model.blank)
    session = Session(model.driver, model.framer, wire)
    steps = [*session.start(0.0), *session.command(command, 0.0), *session.tick(0.0)]
    for _ in range(8):
        answers = [
            b"\x06" if slug == "astm-lis" else step.data[:2] + b"\r\n"
            for step in steps
            if isinstance(step, Say)
        ]
        for step in steps:
            if isinstance(step, Say):
                wire.said(step.data, 0.0)
        steps = [step for answer in answers for step in session.receive(answer, 0.0)]
        steps += session.tick(1.0) if slug == "tanita-pc" else ()
    said = b"".join(piece.data for piece in wire.pieces() if piece.way is Way.SAID)
    assert kept in said
    assert covered not in said


def test_a_piece_has_no_readable_form() -> None:
    assert "065.5" not in repr(Piece(0.0, Way.HEARD, b"W:065.5", 7, whole=True))


def test_however_much_passes_little_is_kept() -> None:
    wire = Wire()
    session = Session(model_of("shanghe-sh").driver, model_of("shanghe-sh").framer, wire)
    session.start(0.0)
    for turn in range(400):
        session.receive(b"W:065.5 H:170.5\r\n" + b"?" * 40 + b"\r\n" * 30, turn / 10)
        wire.said(b"x" * 5000, turn / 10)
    assert len(wire.pieces()) == PIECES
    assert max(len(piece.data) for piece in wire.pieces()) <= PIECE_BYTES
    assert len(wire.tail()) == TAIL_BYTES
    for turn in range(400):
        session.receive(b"\r\n" * 200, 400 + turn / 10)
    assert len(wire._held) <= 2 * PIECE_BYTES + 400


def test_a_line_shows_what_passed_in_both_directions_with_its_time() -> None:
    played = Played("sma")
    try:
        until(lambda: played.count(Found) == 1, 30)
        played.instrument.act(samples(Role.STAND)[0][0])
        until(lambda: bool(played.values()), 30)
        seen = played.line.seen()
    finally:
        played.close()
    assert {piece.way for piece in seen} == {Way.HEARD, Way.SAID}
    assert b"\nW\r" in {piece.data for piece in seen}
    assert [piece.at for piece in seen] == sorted(piece.at for piece in seen)


WRONG_SPEED = bytes((0x80, 0xF8, 0x78, 0x00, 0xF8, 0x80, 0x18, 0xE6))
"""What 9600 baud looks like to a port that listens at another speed: few ones, no text."""


@pytest.mark.parametrize("model", [model for model in CATALOGUE if not model.stop_with], ids=lambda m: m.slug)
def test_only_junk_is_not_understood_within_three_seconds(model: Model) -> None:
    wire = Wire(model.blank, hidden=model.reads_identity)
    session = Session(model.driver, model.framer, wire)
    session.start(0.0)
    for turn in range(30):
        session.receive(WRONG_SPEED, turn / 10)
        session.tick(turn / 10)
    assert session.puzzled_since == 0.0
    assert PUZZLED_SECONDS < 3
    assert len(wire.tail()) == (0 if model.reads_identity else TAIL_BYTES)


def test_a_device_that_is_not_understood_is_told_once_and_when_it_is_again() -> None:
    played = Played("omron-hbp9030")
    try:
        until(lambda: played.count(Found) == 1, 30)
        played.instrument.fault("wrong_speed")
        played.instrument.act(samples(Role.PRESSURE)[0][0])
        until(lambda: played.count(NotUnderstood) == 1, 30)
        played.instrument.act(samples(Role.PRESSURE)[0][0])
        until(lambda: played.count(Understood) == 1, 30)
    finally:
        played.close()
    (told,) = [event for event in played.events if isinstance(event, NotUnderstood)]
    assert 0 < len(told.tail) <= TAIL_BYTES
    assert played.count(NotUnderstood) == 1


def test_an_instrument_that_is_heard_is_never_called_not_understood() -> None:
    for slug, sample in (("sma", samples(Role.STAND)[0][0]), ("curo-l7", InsertSample("", glucose=None))):
        pair = Pair(model_of(slug))
        pair.act(sample)
        pair.run(60)
        session = Session(model_of(slug).driver, model_of(slug).framer)
        session.start(0.0)
        for place, said in enumerate(pair.wire):
            session.receive(said, place * 0.3)
            session.tick(place * 0.3)
            assert session.puzzled_since is None or place * 0.3 - session.puzzled_since < PUZZLED_SECONDS


@pytest.mark.parametrize(
    ("slug", "scenario"),
    [
        (model.slug, name)
        for model in CATALOGUE
        if not model.reads_identity
        for name in PROMISES[model.slug]
        if name != "unplug"
    ],
)
def test_in_every_scenario_what_is_seen_says_what_was_heard(slug: str, scenario: str) -> None:
    model = model_of(slug)
    pair = Pair(model, scenario)
    pair.act(samples(model.role)[0][0])
    pair.run(PROMISES[slug][scenario].patience)
    data = b"".join(pair.wire)
    seen = b"".join(piece.data for piece in _kept(model, data) if piece.way is Way.HEARD)
    assert lines(decode(model, seen)) == lines(decode(model, data))


@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.slug)
def test_what_was_damaged_stays_damaged_and_what_was_sound_sound(model: Model) -> None:
    """Blanking must not mend: bytes of every kind of damage say the same with the numbers overwritten."""
    rng = random.Random(11)  # noqa: S311 - the same damage in every run
    pool = [data for name in model.scenarios for data in spoken(model, name)]
    for _ in range(150):
        data = b"".join(damaged(rng, one) for one in rng.choices(pool, k=6))
        seen = b"".join(piece.data for piece in _kept(model, data, 4096) if piece.way is Way.HEARD)
        assert _without_sizes(decode(model, seen)) == _without_sizes(decode(model, data))


def _without_sizes(told: tuple[Told, ...]) -> list[str]:
    """Masked noise may be parted elsewhere, so of a run of the same refusals only the word counts."""
    said = [line.partition(" (")[0] if line.startswith("refused") else line for line in lines(told)]
    return [word for word, _ in itertools.groupby(said)]
