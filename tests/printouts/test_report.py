"""What the sheet promises: the stored numbers, embedded fonts, the same bytes, no percentage from 75 on."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.paper_read_back import misread
from benchmarks.reports import reports_by_chance
from devices.reading import Quantity
from health.assessment import Level, Phrase, Score
from health.casefile import CaseError
from health.next_step import months_on
from health.quantity import printed_text
from health.station import Station
from health.visit import Skip
from health.words import words_of
from printouts.commands import report as report_command
from printouts.content import risk
from printouts.errors import PrintoutError
from printouts.report import Report, build
from printouts.rows import rows
from printouts.typeset import broken, clean, fitted, width
from tests.printouts.cases import FULL, case_text, demo, guest, middle, old, report, text_of, tool, urgent

PEOPLE: dict[str, Callable[..., Report]] = {"old": old, "middle": middle, "urgent": urgent, "guest": guest}


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_doctor_reads_every_stored_value_on_paper(who: str, lang: str, tmp_path: Path) -> None:
    made = PEOPLE[who](lang=lang)
    read = text_of(build(made), tmp_path)
    for observation in made.visit.observations:
        assert printed_text(observation) in read.replace(" ", "")


def test_page_one_holds_every_value_above_normal(tmp_path: Path) -> None:
    made = old()
    read = text_of(build(made), tmp_path, page=1).replace(" ", "")
    for row in rows(made.visit, made.assessment, made.history):
        assert printed_text(row.observation) in read


def test_all_fonts_are_embedded_subsets(tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    file.write_bytes(build(old()))
    listed = subprocess.run([tool("pdffonts"), str(file)], check=True, capture_output=True, text=True).stdout
    fonts = listed.splitlines()[2:]
    assert fonts
    assert all("+NotoSansSC-" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_identical_input_gives_identical_bytes() -> None:
    assert build(old()) == build(old())
    assert build(replace(old(), copy=True)) != build(old())


def test_the_sheet_is_dated_by_the_visit_not_by_the_printer(tmp_path: Path) -> None:
    closed = datetime(2026, 11, 23, 1, 31, 5, tzinfo=UTC)
    file = tmp_path / "r.pdf"
    file.write_bytes(build(replace(old(), closed_at=closed)))
    said = subprocess.run(
        [tool("pdfinfo"), "-rawdates", str(file)], check=True, capture_output=True, text=True
    )
    assert said.stdout.count("D:20261123013105Z") == 2


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_report_stays_below_eighty_kilobytes(who: str) -> None:
    assert len(build(PEOPLE[who]())) <= 80_000


def test_an_age_has_no_empty_decimals(tmp_path: Path) -> None:
    text = case_text({"pulse": "71"}, resident={"name": "王", "age": 1}).replace('"age": 1', '"age": 70.0')
    read = text_of(build(report(text)), tmp_path)
    assert "70 岁" in read
    assert "70.0" not in read


def test_the_file_says_what_it_is_and_whose(tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    for station, author in ((old().station, "晚晴里智慧健康驿站"), (Station(id="", name=""), "Kangyi")):
        file.write_bytes(build(replace(old(), station=station)))
        said = subprocess.run([tool("pdfinfo"), str(file)], check=True, capture_output=True, text=True).stdout
        facts = dict(line.split(":", 1) for line in said.splitlines())
        assert facts["Author"].strip() == author
        assert facts["Title"].strip() == facts["Subject"].strip() == "今天的健康测量结果"
        assert "anonymous" not in said


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_no_source_on_the_doctors_page_is_cut(lang: str, tmp_path: Path) -> None:
    assert "…" not in text_of(build(old(lang=lang)), tmp_path)
    assert text_of(build(old(lang=lang)), tmp_path).count("\f") == 2


def test_from_75_on_no_percentage_is_printed(tmp_path: Path) -> None:
    score = Score("who_cvd_2019_lab", "e", "s", Decimal("31.7"), "b", Phrase("message.normal"))
    made = old()
    made = replace(made, assessment=replace(made.assessment, scores=(score,)))
    assert risk(made) is None
    read = text_of(build(made), tmp_path)
    assert "31.7" not in read
    assert "75 岁起不给百分比" in read


def test_a_risk_is_shown_as_people_to_74() -> None:
    made = middle()
    assert made.assessment.scores
    assert risk(made) is not None
    now = replace(made, assessment=replace(made.assessment, level=Level.NOW))
    assert risk(now) is None


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_demonstration_says_so_on_every_page(who: str, tmp_path: Path) -> None:
    made = demo(PEOPLE[who]())
    pdf = build(made)
    pages = text_of(pdf, tmp_path).split("\f")[:-1]
    assert len(pages) >= 2
    assert all("DEMO" in page for page in pages)
    assert "DEMO" not in text_of(build(PEOPLE[who]()), tmp_path)


def test_a_reprint_says_so(tmp_path: Path) -> None:
    assert "补打" in text_of(build(replace(old(), copy=True)), tmp_path, page=1)
    assert "补打" not in text_of(build(old()), tmp_path, page=1)


def test_what_was_not_measured_is_one_line_with_its_reason(tmp_path: Path) -> None:
    made = guest()
    visit = made.visit.with_missing(Quantity.SYSTOLIC, Skip.DECLINED)
    visit = visit.with_missing(Quantity.DIASTOLIC, Skip.DECLINED).with_missing(
        Quantity.GLUCOSE, Skip.STAFF_AWAY
    )
    read = text_of(build(replace(made, visit=visit)), tmp_path, page=1).replace(" ", "")
    assert "今天没有量：血压（您说不量）、血糖（工作人员不在）。" in read


def test_off_scale_is_a_word_for_her_and_a_sign_for_the_doctor(tmp_path: Path) -> None:
    made = old(FULL | {"triglycerides": "<0.51"})
    pdf = build(made)
    assert "小于0.51" in text_of(pdf, tmp_path, page=1).replace(" ", "")
    assert "<0.51" in text_of(pdf, tmp_path, page=2)


def test_a_guest_has_no_name_and_no_age(tmp_path: Path) -> None:
    first = text_of(build(guest()), tmp_path, page=1)
    assert "今天的结果" in first
    assert "岁" not in first


def test_urgent_pages_say_to_sit_down_and_count_three_steps(tmp_path: Path) -> None:
    read = text_of(build(urgent()), tmp_path, page=1).replace(" ", "")
    assert "请现在坐下" in read
    assert all(words_of("zh_CN").text(f"sheet.now.step{i}") in read for i in (1, 2, 3))


def test_nothing_above_normal_is_folded_into_a_line(tmp_path: Path) -> None:
    made = middle()
    read = text_of(build(made), tmp_path, page=1)
    folded = "".join(line for line in read.splitlines() if "也都正常" in line)
    for row in rows(made.visit, made.assessment, made.history):
        if row.level is not None and row.level > Level.NORMAL:
            assert made.words.text(f"quantity.{row.quantity.value}") not in folded


def test_words_of_rows_never_say_what_seniors_must_not_read(tmp_path: Path) -> None:
    for who in PEOPLE.values():
        first = text_of(build(who()), tmp_path, page=1)
        assert not [
            word for word in ("异常", "错误", "失败", "危险", "高危", "肥胖", "减肥") if word in first
        ]


def test_rows_stand_by_level_and_pressure_stays_together() -> None:
    made = old()
    order = [row.quantity for row in rows(made.visit, made.assessment, made.history)]
    assert order[:2] == [Quantity.SYSTOLIC, Quantity.DIASTOLIC]
    assert Quantity.GRIP_LEFT not in order
    assert Quantity.BODY_HEIGHT not in order


def test_three_months_on_never_falls_off_a_short_month() -> None:
    made = old().visit.on.replace(day=30)
    assert f"{months_on(made, 3):%Y-%m-%d}" == "2027-02-28"


def test_the_command_writes_the_report_of_a_file(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "out.pdf"
    file.write_text(case_text(FULL), encoding="utf-8")
    assert report_command([str(file), "-o", str(out)]) == 0
    assert out.read_bytes() == build(_plain(case_text(FULL)))
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def _plain(text: str) -> Report:
    made = report(text)
    return replace(made, station=Station(id="", name=""))


def test_the_command_says_what_is_wrong_with_a_file_or_a_place(tmp_path: Path) -> None:
    with pytest.raises(PrintoutError, match="cannot be read"):
        report_command([str(tmp_path / "none.json"), "-o", str(tmp_path / "x.pdf")])
    file = tmp_path / "visit.json"
    file.write_text(json.dumps({"on": "2026-11-23"}), encoding="utf-8")
    with pytest.raises(PrintoutError, match="cannot be written"):
        report_command([str(file), "-o", str(tmp_path / "no" / "x.pdf")])


@given(st.text(max_size=60), st.floats(10, 120))
def test_a_fitted_line_fits_its_column(text: str, room: float) -> None:
    line, size = fitted(clean(text), 16, room)
    assert width(line, size) <= room + 0.01


@given(st.text(alphabet="血压今天偏高，请这周去看。 abc dé", max_size=60))
def test_breaking_lines_loses_no_letter(text: str) -> None:
    lines = broken(text, 16, 60)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_whole_sentence_of_a_risk_is_printed(lang: str, tmp_path: Path) -> None:
    made = middle(lang=lang)
    score = risk(made)
    assert score is not None
    whole = "".join(made.words.say(score.phrase).split())
    assert whole in "".join(_raw(build(made), tmp_path).split())


def _raw(pdf: bytes, folder: Path) -> str:
    """The text in the order it was drawn."""
    file = folder / "raw.pdf"
    file.write_bytes(pdf)
    command = [tool("pdftotext"), "-raw", "-l", "1", str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_thinned_fonts_are_drawn_without_a_complaint(tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    file.write_bytes(build(old()))
    command = [tool("pdftoppm"), "-r", "40", "-gray", str(file), str(tmp_path / "p")]
    assert subprocess.run(command, check=True, capture_output=True).stderr == b""


def test_what_others_read_from_a_sheet_are_the_stored_values() -> None:
    tool("pdftotext")
    for made in reports_by_chance(12, seed=5):
        assert misread(made, build(made)) == ()


def test_a_bilingual_report_is_a_whole_sheet_in_each_language_on_its_own_paper(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "out.pdf"
    file.write_text(case_text(FULL, lang="zh_CN+en"), encoding="utf-8")
    assert report_command([str(file), "-o", str(out)]) == 0
    pages = text_of(out.read_bytes(), tmp_path).split("\f")[:-1]
    titles = [
        index
        for language in ("zh_CN", "en")
        for index, page in enumerate(pages)
        if words_of(language).text("sheet.doctor.title") in page
    ]
    assert titles == [1, 3]
    for value in ("5.31", "3.33", "146", "51.3"):
        assert all(value in page for page in pages)
    listed = subprocess.run(
        [tool("pdfinfo"), "-struct", str(out)], check=True, capture_output=True, text=True
    )
    assert listed.stdout.count("H1") == 4


def test_a_language_nobody_speaks_here_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text(case_text(FULL, lang="zh_CN+tlh"), encoding="utf-8")
    with pytest.raises(CaseError, match="tlh"):
        report_command([str(file), "-o", str(tmp_path / "out.pdf")])
