"""The page in a telephone's browser: as wide as the screen, silent on the net, sensible when read aloud."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from health.quantity import MEASURES, printed_text
from health.words import words_of
from printouts.content import name_of
from printouts.report import Report
from printouts.rows import rows
from tests.clinic.running import clinic_at
from tests.clinic.telephone import WIDE, Telephone, telephone
from tests.clinic.test_phone_from_paper import printed_for, scanned
from tests.printouts.cases import middle, old, text_of

PRESS_EVERYTHING = """
(async () => {
  window.print = () => {};
  const keys = () => document.querySelectorAll('button');
  for (let n = 0; n < keys().length; n += 1) keys()[n].click();
  await new Promise((done) => setTimeout(done, 500));
})()
"""
OVERFLOW = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A clinic that serves the page."""
    with clinic_at(tmp_path_factory.mktemp("clinic")) as running:
        yield f"{running.url}/phone"


@pytest.fixture(scope="module")
def switched_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telephone]:
    """One telephone for all."""
    with telephone(tmp_path_factory.mktemp("phone")) as phone:
        yield phone


@pytest.fixture
def phone(switched_on: Telephone) -> Iterator[Telephone]:
    """A telephone on which nothing was opened yet; the page keeps nothing on it, as a test holds."""
    yield switched_on
    switched_on.put_away()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_sheet_scanned_opens_as_wide_as_the_telephone_and_asks_for_nothing_more(
    page_url: str, phone: Telephone, dark: bool, tmp_path: Path
) -> None:
    made = printed_for(page_url, old())
    phone.open(scanned(made, tmp_path), dark=dark)
    phone.run(PRESS_EVERYTHING)
    assert [url.partition("#")[0] for url in phone.asked] == [page_url]
    assert phone.logged == []
    assert phone.run(OVERFLOW) == WIDE
    assert phone.run("document.cookie + JSON.stringify(localStorage)") == "{}"


def listed(made: Report) -> list[str]:
    """What is said of each value, in the order of page 1."""
    words, said = made.words, []
    for row in rows(made.visit, made.assessment, made.history):
        word = "" if row.finding is None else words.text(row.finding.word)
        unit = words.text(MEASURES[row.quantity].unit_key)
        parts = (name_of(words, row.quantity), printed_text(row.observation), unit, word)
        said.append(" ".join(part for part in parts if part))
    return said


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_read_aloud_the_page_makes_sense(page_url: str, language: str, tmp_path: Path) -> None:
    made = printed_for(page_url, old(lang=language))
    words = words_of(language)
    with telephone(tmp_path / "phone", language.replace("_", "-")) as phone:
        phone.open(scanned(made, tmp_path))
        heard = phone.heard()
        assert phone.run("document.documentElement.lang") == language.replace("_", "-")
    names = [name for role, name in heard if role == "StaticText"]
    headings = [name for role, name in heard if role == "heading"]
    # The sentence comes before every number, and is the first heading.
    assert re.sub(r"\s", "", headings[0]) == re.sub(r"\s", "", words.say(made.assessment.message))
    assert aloud(heard) == listed(made)
    assert names.index(words.text("phone.call")) < names.index(
        name_of(words, made.visit.observations[1].quantity)
    )
    assert [role for role, name in heard if role in ("button", "link", "heading", "img") and not name] == []
    # What explains the drawings is for who sees them.
    assert words.text("phone.wide") not in names


def aloud(heard: list[tuple[str, str]]) -> list[str]:
    """Each item of the list as one breath."""
    items: list[list[str]] = []
    for role, name in heard:
        if role == "listitem":
            items.append([])
        elif items and role == "StaticText" and len(items[-1]) < 4:
            items[-1].append(name)
    return [" ".join(item) for item in items]


def test_saved_as_pdf_it_is_one_page_with_every_value(
    page_url: str, phone: Telephone, tmp_path: Path
) -> None:
    made = printed_for(page_url, middle())
    phone.open(scanned(made, tmp_path), dark=True)
    pdf = phone.pdf()
    read = text_of(pdf, tmp_path)
    assert read.rstrip("\f").count("\f") == 0
    for row in rows(made.visit, made.assessment, made.history):
        assert printed_text(row.observation) in read


def test_the_page_is_a_picture_too(page_url: str, phone: Telephone, tmp_path: Path) -> None:
    phone.open(scanned(printed_for(page_url, old()), tmp_path))
    phone.run("document.querySelector('.button').focus()")
    assert held(phone) > 4000


def held(phone: Telephone) -> int:
    """How long the picture is that the telephone makes to be kept."""
    press = "[...document.querySelectorAll('button')].at(-2).click();"
    return int(phone.run(f"{press} (document.querySelector('img.held') || {{src: ''}}).src.length"))
