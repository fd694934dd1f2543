"""The doctor's page holds the fullest visit in both languages; what is fuller still goes on well."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.reports import OPENED, reports_by_chance, whole_report
from devices.reading import Quantity
from health.assess import assess
from health.rulebook import shipped_rulebook
from health.visit import Instrument, Sample
from health.words import words_of
from printouts.content import Report
from printouts.doctor_rows import doctor_name, please_see
from printouts.report import build
from tests.printouts.cases import text_of
from tests.printouts.inked import Seen, whole
from tests.printouts.test_page_layout import BAD

FIVE = tuple(
    Instrument(
        f"i{n}",
        model,
        maker,
        serial=f"2024-00{n}1837",
        calibration="2026-06-03 – 2027-06-02",
        simulated=n == 4,
    )
    for n, (maker, model) in enumerate(
        (
            ("Shanghe (上禾)", "SH-500"),
            ("OMRON", "HBP-9030"),
            ("SD Biosensor", "LipidoCare"),
            ("Nonin", "Xpod 3012LP"),
            ("Vernier", "GDX-HD"),
        )
    )
)
SIGNS = ("consciousness", "headache", "vomiting", "vision", "speech", "weak_side", "chest_pain", "breathless")
THREE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE)


def fullest(lang: str, age: int = 74, signs: tuple[str, ...] | None = (), *, bad: bool = False) -> Report:
    """Every value, five instruments, three readings, seven earlier visits, every answer."""
    made = whole_report()
    values = [replace(o, instrument=FIVE[n % 5].id) for n, o in enumerate(made.visit.observations)]
    if bad:
        values = [replace(o, value=Decimal(BAD[o.quantity.value])) for o in values]
    values.append(replace(values[0], quantity=Quantity.BODY_FAT, value=Decimal("33.1"), unit="%"))
    values = [
        replace(
            o,
            samples=tuple(
                Sample(o.value + more, o.unit, at=OPENED + timedelta(minutes=more)) for more in (0, 4, 2)
            ),
        )
        if o.quantity in THREE
        else o
        for o in values
    ]
    resident = replace(made.visit.resident, birth_date=made.visit.on.replace(year=made.visit.on.year - age))
    visit = replace(
        made.visit, observations=tuple(values), instruments=FIVE, resident=resident, danger_signs=signs
    )
    assessment = assess(visit, made.history, shipped_rulebook(), visit.on)
    return replace(made, visit=visit, assessment=assessment, words=words_of(lang), sequence=441_837)


def doctors(made: Report, pdf: bytes, folder: Path) -> list[str]:
    """The doctor's pages as poppler reads them."""
    pages = text_of(pdf, folder).split("\f")
    return [page for page in pages if made.words.text("sheet.doctor.title") in page]


@pytest.mark.parametrize("signs", [(), ("headache", "vision")], ids=["calm", "now"])
@pytest.mark.parametrize("age", [74, 86])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_fullest_visit_stands_on_one_page_for_the_doctor(
    lang: str, age: int, signs: tuple[str, ...], seen: Seen, tmp_path: Path
) -> None:
    made = fullest(lang, age, signs)
    pdf = build(made)
    whole(seen)
    (page,) = doctors(made, pdf, tmp_path)
    for instrument in FIVE:
        assert str(instrument.serial) in page
    assert len(pdf) <= 80_000 + 12_000 * bool(signs)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_what_the_doctors_page_cannot_hold_goes_on_under_its_heading_and_a_number(
    lang: str, seen: Seen, tmp_path: Path
) -> None:
    made = fullest(lang, 74, SIGNS, bad=True)
    pages = doctors(made, build(made), tmp_path)
    assert len(pages) == 2
    assert all(made.words.text("sheet.editions") in page for page in pages)
    for number, page in zip((3, 4), pages, strict=True):
        foot = made.words.text("sheet.doctor.foot", page=str(number), total="4")
        assert re.sub(r"\s", "", foot) in re.sub(r"\s", "", page)
    whole(seen)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_sign_she_named_stands_on_the_doctors_page_in_full(lang: str, seen: Seen) -> None:
    made = fullest(lang, 86, SIGNS)
    build(made)
    page = re.sub(r"\s", "", seen.joined(2))
    for sign in SIGNS:
        assert page.count(re.sub(r"\s", "", made.words.text(f"sign.{sign}"))) >= 2, sign
    assert "danger_signs" + "146" not in page
    assert "…" not in page


def test_the_letter_is_no_page_of_the_sheet(tmp_path: Path) -> None:
    made = fullest("zh_CN", 86, ("headache",))
    read = text_of(build(made), tmp_path)
    assert "第2页，共2页" in re.sub(r"\s", "", read)
    assert "紧急转诊单" in read


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_what_the_doctor_is_asked_to_see_is_named_in_words_never_by_a_key(lang: str) -> None:
    words = words_of(lang)
    for about in ("danger_signs", "arm_difference", "rhythm", "weight_change", "height_loss"):
        assert doctor_name(replace(fullest(lang), words=words), about) != about
    people = [fullest(lang, 86, SIGNS, bad=True), *(replace(r, words=words) for r in reports_by_chance(40))]
    assert [seen for one in people if "_" in (seen := please_see(one))] == []
