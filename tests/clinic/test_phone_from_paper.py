"""From the printed sheet to the telephone: the code is read off the picture of the page and opened."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace
from PIL import Image

from clinic.pages.phone import phone_page
from devices.reading import Quantity
from health.assessment import Level
from health.next_step import again_by
from health.quantity import MEASURES, printed_text
from health.words import words_of
from printouts.phone import decode, payload
from printouts.report import Report, build
from tests.clinic.browser import open_page, read_page
from tests.clinic.running import clinic_at
from tests.printouts.cases import STATION, demo, middle, old, tool, urgent

GOLDEN = Path(__file__).parent / "golden_payloads.json"
PEOPLE: dict[str, Callable[[], Report]] = {"old": old, "middle": middle, "urgent": urgent}


def scanned(made: Report, folder: Path) -> str:
    """The address that a reader of codes finds on the picture of page 1."""
    (folder / "r.pdf").write_bytes(build(made))
    command = [
        tool("pdftoppm"),
        "-r",
        "150",
        "-l",
        "1",
        "-gray",
        "-singlefile",
        str(folder / "r.pdf"),
        str(folder / "p"),
    ]
    subprocess.run(command, check=True)
    read = subprocess.run(
        [tool("zbarimg"), "-q", "--raw", str(folder / "p.pgm")], check=True, capture_output=True, text=True
    )
    return read.stdout.strip()


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A clinic that serves the page."""
    with clinic_at(tmp_path_factory.mktemp("clinic")) as running:
        yield f"{running.url}/phone"


def printed_for(url: str, made: Report) -> Report:
    return demo(replace(made, station=replace(STATION, phone_page=url, demo=True)))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_code_on_paper_opens_a_page_that_asks_for_nothing_more(
    page_url: str, dark: bool, tmp_path: Path
) -> None:
    made = printed_for(page_url, old())
    url = scanned(made, tmp_path)
    opened = open_page(url, tmp_path / "phone", dark=dark)
    assert opened.console == ()
    # What stands after the # never leaves the telephone.
    assert opened.asked == (f"GET {page_url}",)
    assert "GET /phone HTTP/1.1" in [line.strip() for line in opened.sent]
    assert not [line for line in opened.sent if url.partition("#")[2] in line]
    for observation in made.visit.observations:
        if observation.quantity.value not in ("body_height", "grip_left"):
            assert f'<span class="value">{printed_text(observation)}</span>' in opened.page
    corner = Image.open(opened.picture).convert("L").getpixel((3, 3))
    assert isinstance(corner, int)
    assert (corner < 30) is dark


def local(folder: Path, clicks: str = "") -> str:
    """The page as a file, with a hand that presses what ``clicks`` names."""
    file = folder / "phone.html"
    file.write_text(phone_page()[0].replace("</body>", f"<script>{clicks}</script></body>"), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_next_visit_in_the_calendar_is_the_one_on_the_paper(who: str, tmp_path: Path) -> None:
    made = demo(PEOPLE[who]())
    code = payload(made.visit, made.assessment, made.station)
    page, _ = read_page(f"{local(tmp_path)}#{code}", tmp_path)
    link = re.search(r'href="data:text/calendar;charset=utf-8,([^"]*)"', page)
    if made.assessment.level is Level.NOW:
        assert link is None
        return
    due = again_by(made.assessment.level, made.visit.on)
    assert link
    entry = unquote(link[1]).split("\r\n")
    assert entry[0] == "BEGIN:VCALENDAR"
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in entry
    assert f"LOCATION:{made.station.name}" in entry
    assert not [line for line in entry if "沈玉珍" in line or "郑秀兰" in line]


def test_a_station_name_cannot_begin_a_field_of_its_own_in_the_calendar(tmp_path: Path) -> None:
    made = demo(middle())
    code = payload(made.visit, made.assessment, replace(made.station, name="a;b,c\r\nATTENDEE:x"))
    page, _ = read_page(f"{local(tmp_path)}#{code}", tmp_path)
    link = re.search(r'href="data:text/calendar;charset=utf-8,([^"]*)"', page)
    assert link
    assert "LOCATION:a\\;b\\,c ATTENDEE:x" in unquote(link[1]).split("\r\n")


def test_the_result_can_be_kept_as_a_picture_made_on_the_telephone(tmp_path: Path) -> None:
    made = demo(old())
    press = (
        "window.print = () => {}; for (const b of document.querySelectorAll('button'))"
        " if (!/EN|English|中文/.test(b.textContent)) b.click();"
    )
    code = payload(made.visit, made.assessment, made.station)
    page, console = read_page(f"{local(tmp_path, press)}#{code}", tmp_path)
    assert console == ()
    assert re.search(r'<img class="held" alt="[^"]+" src="data:image/png;base64,[^"]{4000,}"', page)
    assert "larger" in page


def test_a_screen_reader_finds_one_heading_a_list_and_the_language(tmp_path: Path) -> None:
    made = demo(old())
    page, _ = read_page(f"{local(tmp_path)}#{payload(made.visit, made.assessment, made.station)}", tmp_path)
    assert re.search(r'<html[^>]* lang="(zh-CN|en)"', page)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    words = words_of("zh_CN" if 'lang="zh-CN"' in page else "en")
    rows = re.findall(r'(?s)<li class="row.*?</li>', page)
    first = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<svg.*?</svg>", "", rows[0]))
    assert " ".join(first.split()) == " ".join(
        (
            words.text("quantity.systolic"),
            "146",
            words.text(MEASURES[Quantity.SYSTOLIC].unit_key),
            words.text("word.high"),
        )
    )
    assert all('aria-hidden="true"' in svg for svg in re.findall(r"<svg[^>]*>", page))


def golden() -> list[dict[str, object]]:
    held = json.loads(GOLDEN.read_text("utf-8"))
    assert isinstance(held, list)
    return held


@pytest.mark.parametrize("one", golden(), ids=lambda one: one["name"])
def test_a_code_printed_by_any_version_is_read_for_ever(one: dict[str, object]) -> None:
    content = decode(str(one["payload"]))
    assert content.on == date.fromisoformat(str(one["on"]))
    assert int(content.level) == one["level"]
    assert {v.quantity.value: f"{v.comparator or ''}{v.value:f}" for v in content.values} == one["values"]
    assert (content.place, content.telephone) == (one["place"], one["telephone"])


def test_the_page_still_shows_a_golden_code(tmp_path: Path) -> None:
    first = golden()[0]
    page, _ = read_page(f"{local(tmp_path)}#{first['payload']}", tmp_path)
    values = first["values"]
    assert isinstance(values, dict)
    for quantity, value in values.items():
        if quantity not in ("body_height", "grip_left"):
            assert f'<span class="value">{value}</span>' in page
    assert "<h1" in page
    assert 'class="row' in page
