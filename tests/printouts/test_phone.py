"""What the code on paper carries: the numbers, nothing about the person, never too much."""

import subprocess
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.reading import Comparator, Quantity
from health.assessment import Direction, Level
from health.quantity import printed_value
from health.words import words_of
from printouts.errors import PrintoutError
from printouts.foot import CODE_MM, code
from printouts.phone import LONGEST, code_of, decode, encode, payload, phone_url
from printouts.phone_bytes import QUANTITIES, Payload, PhoneBand, PhoneValue
from printouts.report import build
from tests.printouts.cases import FULL, STATION, demo, guest, middle, old, tool, urgent

CODES = st.integers(0, 0xFFFFFF)
WORDS = st.text(max_size=12)
SENTENCES = st.tuples(
    CODES, st.lists(st.tuples(st.sampled_from(("n", "value", "lever")), WORDS), max_size=2).map(tuple)
)
VALUES = st.builds(
    PhoneValue,
    st.sampled_from(Quantity),
    st.builds(lambda n, d: Decimal(n).scaleb(-d), st.integers(0, 10**6), st.integers(0, 3)),
    st.none() | st.sampled_from(Comparator),
)
BANDS = st.builds(
    PhoneBand,
    st.sampled_from(Quantity),
    st.sampled_from(Level),
    st.none() | st.sampled_from(Direction),
    CODES,
    CODES,
)
PAYLOADS = st.builds(
    Payload,
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.booleans(),
    st.sampled_from(Level),
    SENTENCES,
    st.lists(VALUES, max_size=15).map(tuple),
    st.lists(BANDS, max_size=15).map(tuple),
    st.lists(SENTENCES, max_size=2).map(tuple),
    WORDS,
    WORDS,
    WORDS,
)


@given(PAYLOADS)
def test_what_is_encoded_is_decoded_again(content: Payload) -> None:
    assert decode(encode(content)) == content


@given(PAYLOADS, st.data())
def test_a_cut_code_is_refused_and_never_half_read(content: Payload, data: st.DataObject) -> None:
    text = encode(content)
    cut = text[: data.draw(st.integers(0, len(text) - 2))]
    with pytest.raises(PrintoutError):
        decode(cut)


@given(st.text(max_size=60))
def test_no_text_breaks_the_decoder(text: str) -> None:
    with suppress(PrintoutError):
        assert decode(text).on.year >= 2020


def test_every_printed_number_of_the_visit_is_in_the_code() -> None:
    for made in (old(), middle(), urgent(), guest()):
        content = decode(payload(made.visit, made.assessment, made.station))
        assert {(v.quantity, v.value) for v in content.values} == {
            (o.quantity, printed_value(o)) for o in made.visit.observations
        }
        assert content.on == made.visit.on
        assert content.message[0] == code_of(made.assessment.message.key)


def test_the_code_holds_no_name_and_no_birth_date() -> None:
    made = old()
    other = old(name="吴建国")
    stranger = replace(made.visit, resident=replace(made.visit.resident, birth_date=date(1941, 7, 9)))
    first = payload(made.visit, made.assessment, made.station)
    assert first == payload(other.visit, other.assessment, other.station)
    assert first == payload(stranger, made.assessment, made.station)


def test_the_code_never_outgrows_its_size_and_keeps_everything_above_normal() -> None:
    made = middle()
    station = replace(STATION, name="很长很长的站名" * 9, phone="0" * 40)
    text = payload(made.visit, made.assessment, station)
    assert len(text) <= LONGEST
    bands = {band.quantity for band in decode(text).bands if band.level > Level.NORMAL}
    notable = {f.quantity for f in made.assessment.findings if f.level > Level.NORMAL and not f.aside}
    assert bands == notable & {o.quantity for o in made.visit.observations}


def test_no_two_sentences_share_a_code() -> None:
    keys = sorted(words_of("zh_CN").keys())
    assert len({code_of(key) for key in keys}) == len(keys)


def test_a_code_is_printed_only_for_a_page_a_telephone_can_open() -> None:
    def url(page: str, *, simulated: bool = False) -> str | None:
        return phone_url(replace(STATION, phone_page=page, demo=simulated), "AQ")

    assert url("https://station.example.org/phone") == "https://station.example.org/phone#AQ"
    for page in (
        "",
        "http://station.example.org/p",
        "https://192.168.1.4/p",
        "https://kiosk.local/p",
        "https://box/p",
    ):
        assert url(page) is None
    assert url("http://127.0.0.1:8080/phone", simulated=True) == "http://127.0.0.1:8080/phone#AQ"
    assert url("javascript:alert(1)", simulated=True) is None


def test_the_code_stays_readable_at_its_size() -> None:
    longest = "https://station.example.org/phone#" + "A" * LONGEST
    assert len(code(longest)) <= 4 * 15 + 17
    assert CODE_MM >= 40
    with pytest.raises(PrintoutError, match="too long"):
        code("https://station.example.org/" + "A" * 500)


def test_the_language_does_not_change_the_code() -> None:
    made, other = old(lang="zh_CN"), old(lang="en")
    assert payload(made.visit, made.assessment, STATION) == payload(other.visit, other.assessment, STATION)


def test_a_telephone_reads_from_paper_what_was_put_in(tmp_path: Path) -> None:
    made = demo(old({**FULL, "glucose": ">33.3"}))
    file = tmp_path / "r.pdf"
    file.write_bytes(build(made))
    subprocess.run(
        [tool("pdftoppm"), "-r", "150", "-f", "1", "-l", "1", "-gray", str(file), str(tmp_path / "p")],
        check=True,
    )
    page = next(tmp_path.glob("p*.pgm"))
    read = subprocess.run(
        [tool("zbarimg"), "-q", "--raw", str(page)], check=True, capture_output=True, text=True
    )
    address, _, text = read.stdout.strip().partition("#")
    assert address == STATION.phone_page
    content = decode(text)
    assert content.demo
    assert PhoneValue(Quantity.GLUCOSE, Decimal("33.3"), Comparator.ABOVE) in content.values


def test_the_published_table_is_the_one_in_use() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "phone-payload.md"
    cells = [
        cell.strip() for line in page.read_text(encoding="utf-8").splitlines() for cell in line.split("|")
    ]
    published = {int(a): b for a, b in pairwise(cells) if a.isdigit() and b in set(Quantity)}
    assert published == dict(enumerate(q.value for q in QUANTITIES))
    assert set(QUANTITIES) == set(Quantity)
