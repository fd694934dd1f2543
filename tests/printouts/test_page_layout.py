"""What page 1 promises of its room: nothing lies on anything else, nothing falls off, nothing is left out."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Level
from health.quantity import printed_text
from printouts.content import Report
from printouts.report import build
from printouts.rows import rows
from printouts.shapes import Shape
from tests.printouts.cases import ANSWERS, UNITS, case_text, demo, middle, old, report, text_of
from tests.printouts.inked import Seen, whole

BAD = {
    "body_height": "152.4",
    "body_weight": "81.3",
    "systolic": "168",
    "diastolic": "106",
    "pulse": "121",
    "total_cholesterol": "8.31",
    "hdl": "0.72",
    "triglycerides": "4.59",
    "ldl": "6.10",
    "glucose": "12.9",
    "spo2": "94",
    "grip_left": "7.2",
    "grip_right": "8.9",
    "waist": "112.0",
}
NOW = {"systolic": "186", "diastolic": "112", "spo2": "90"}
EARLIER = {"systolic": "120", "diastolic": "70", "body_weight": "94.2", "glucose": "5.7"}


def made_of(lang: str, *, now: bool, history: bool, large: bool) -> Report:
    """A visit in which every value is beyond normal."""
    values = BAD | (NOW if now else {})
    before = {n: {"value": v, "unit": UNITS[n]} for n, v in EARLIER.items()}
    past = [{"on": "2026-09-24", "observations": before}] if history else []
    resident = {"sex": "female", "birth_date": "1960-03-02", "name": "欧阳慕容诸葛"}
    return replace(
        report(case_text(values, lang, resident=resident, history=past, answers=ANSWERS)), large=large
    )


@pytest.mark.parametrize("large", [False, True], ids=["", "large"])
@pytest.mark.parametrize("history", [False, True], ids=["first", "again"])
@pytest.mark.parametrize("now", [False, True], ids=["calm", "now"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_no_text_lies_on_another_when_every_value_is_beyond_normal(
    lang: str, now: bool, history: bool, large: bool, seen: Seen
) -> None:
    made = made_of(lang, now=now, history=history, large=large)
    assert (made.assessment.level is Level.NOW) is now
    # The letter to the doctor comes on top of the sheet.
    assert len(build(replace(demo(made), copy=True))) <= 80_000 + 12_000 * now
    whole(seen)


@pytest.mark.parametrize("large", [False, True], ids=["", "large"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_no_text_lies_on_another_on_a_common_sheet(lang: str, large: bool, seen: Seen) -> None:
    for made in (old(lang=lang), middle(lang=lang)):
        seen.forget()
        build(replace(made, large=large))
        whole(seen)


@pytest.mark.parametrize("large", [False, True], ids=["", "large"])
@pytest.mark.parametrize("now", [False, True], ids=["calm", "now"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_value_beyond_normal_is_on_her_pages(lang: str, now: bool, large: bool, seen: Seen) -> None:
    made = made_of(lang, now=now, history=True, large=large)
    build(made)
    pages = {ink.page for ink in seen.inks}
    doctors = min(i.page for i in seen.inks if made.words.text("sheet.doctor.title") in seen.joined(i.page))
    hers = "".join(seen.joined(page) for page in pages if page < doctors)
    for row in rows(made.visit, made.assessment, made.history):
        if row.level is not None and row.level > Level.NORMAL:
            assert printed_text(row.observation) in hers
    assert seen.joined(1).count(made.words.text("sheet.call_120").split("：")[0]) == 1


def test_what_page_one_cannot_hold_goes_on_and_page_one_says_so(tmp_path: Path) -> None:
    pdf = build(made_of("zh_CN", now=True, history=False, large=False))
    first, second, third = (text_of(pdf, tmp_path, page=n).replace(" ", "") for n in (1, 2, 3))
    assert "下一页还有数值" in first
    assert "常吃的药带上" in first
    assert "第1页续" in second
    assert "给医生的详细结果" in third
    assert "第1页续" not in text_of(build(old()), tmp_path).replace(" ", "")


def test_the_two_pressures_are_never_on_two_pages(tmp_path: Path) -> None:
    for large in (False, True):
        made = made_of("zh_CN", now=True, history=True, large=large)
        pages = text_of(build(made), tmp_path).split("\f")
        holding = [[v in page for page in pages] for v in ("186", "112 ")]
        assert holding[0] == holding[1]


def test_where_nothing_was_judged_no_tick_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = report(case_text({}))
    read = text_of(build(made), tmp_path)
    assert "今天没有量成" in read
    assert "正常" not in read
    drawn: list[Level] = []

    def ticked(scale: float, ink: str) -> tuple[Shape, ...]:
        drawn.append(Level.NORMAL)
        return ()

    monkeypatch.setattr("printouts.marks._tick", ticked)
    build(made)
    assert drawn == []
    build(report(case_text({"spo2": "97"})))
    assert drawn


def test_a_history_of_last_values_never_says_the_first_time(tmp_path: Path) -> None:
    read = text_of(build(old()), tmp_path, page=1)
    assert "第一次" not in read
    values = {"systolic": "146", "diastolic": "75", "pulse": "71"}
    earlier = [
        {"on": "2026-05-24", "observations": {"pulse": {"value": "70", "unit": "/min"}}},
        {"on": "2026-08-24", "observations": {"systolic": {"value": "140", "unit": "mm[Hg]"}}},
    ]
    read = text_of(build(report(case_text(values, history=earlier))), tmp_path, page=1)
    assert read.count("上次没有量成") == 1


def test_larger_type_is_larger_and_keeps_every_value(seen: Seen) -> None:
    def height(large: bool) -> float:
        seen.forget()
        build(replace(old(), large=large))
        return next(ink.foot - ink.top for ink in seen.inks if ink.text == "146" and ink.page == 1)

    assert height(large=True) == pytest.approx(1.15 * height(large=False))
    made = old()
    hers = seen.joined(1)
    assert printed_text(made.visit.value_of(Quantity.SYSTOLIC) or made.visit.observations[0]) in hers
