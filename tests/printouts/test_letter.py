"""The letter to the doctor: only where something is urgent, every reading in it, nothing nobody answered."""

import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.reading import Quantity
from health.assess import assess
from health.rulebook import shipped_rulebook
from health.visit import Arm, CallOutcome, PastVisit, Resident, Sample, Sex, StaffCall
from health.words import words_of
from printouts.letter import masked
from printouts.letter_rows import OTHER, SIGNS, headlines, signs
from printouts.report import Report, build
from tests.printouts.cases import old, text_of, tool, urgent
from tests.printouts.inked import Seen, whole

TAKEN = datetime(2026, 11, 23, 2, 6, tzinfo=UTC)
SERIES = {Quantity.SYSTOLIC: ("190", "182"), Quantity.DIASTOLIC: ("114", "110")}


def assessed(made: Report) -> Report:
    return replace(made, assessment=assess(made.visit, (), shipped_rulebook(), made.visit.on))


def repeated(named: tuple[str, ...] | None = ()) -> Report:
    """He was measured twice on the left arm."""
    made = urgent()
    observations = tuple(
        replace(
            o,
            samples=tuple(
                Sample(Decimal(value), o.unit, at=TAKEN + timedelta(minutes=i), arm=Arm.LEFT)
                for i, value in enumerate(SERIES.get(o.quantity, ()))
            ),
        )
        for o in made.visit.observations
    )
    visit = replace(made.visit, observations=observations, danger_signs=named)
    return assessed(replace(made, visit=visit))


def letter_of(made: Report, folder: Path) -> str:
    return text_of(build(made), folder).rstrip("\f").split("\f")[-1]


def test_only_an_urgent_visit_has_a_letter(tmp_path: Path) -> None:
    assert "紧急转诊单" in text_of(build(urgent()), tmp_path)
    assert "紧急转诊单" not in text_of(build(old()), tmp_path)


def test_every_reading_stands_in_it_with_its_time(tmp_path: Path) -> None:
    page = letter_of(repeated(), tmp_path)
    assert "血压 186/112" in page
    for minute, (systolic, diastolic) in enumerate(zip(*SERIES.values(), strict=True)):
        assert re.search(rf"10:0{6 + minute}\s+{systolic}\s+{diastolic}\s.*左", page)
    assert "量了 2 次，仍然" in page


def test_a_value_measured_once_asks_to_be_repeated(tmp_path: Path) -> None:
    assert "请先复测" in letter_of(urgent(), tmp_path)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (None, {"没有问"}),
        ((), {"无"}),
        (("unwell",), {"没有问", "有"}),
        (("chest_pain",), {"无", "有"}),
    ],
)
def test_a_sign_nobody_asked_is_never_a_no(named: tuple[str, ...] | None, said: set[str]) -> None:
    answers = dict(signs(repeated(named)))
    assert set(answers.values()) == said
    if named:
        yes = [name for name, answer in answers.items() if answer == "有"]
        assert yes == [repeated(named).words.text(f"sign.{named[0]}")]


def test_the_letter_names_every_sign_of_the_rulebook() -> None:
    rules = {rule.stem: rule for rule in shipped_rulebook().rules}
    assert "danger_signs" not in rules
    text = (Path(__file__).resolve().parents[2] / "health/rules/danger_signs.toml").read_text("utf-8")
    listed = re.search(r"signs = \[(.*?)\]", text)
    assert listed
    assert sorted(re.findall(r'"(\w+)"', listed[1])) == sorted((*SIGNS, OTHER))


def test_a_sign_without_an_urgent_value_is_the_headline() -> None:
    made = old({"pulse": "71"})
    made = assessed(replace(made, visit=replace(made.visit, danger_signs=("chest_pain",))))
    assert [line.text for line in headlines(made)] == ["胸痛"]


def test_an_identity_number_is_never_whole_on_paper(tmp_path: Path) -> None:
    made = repeated()
    resident = Resident(Sex.MALE, name="吴建国", identity="999999195403020177", phone="138 0000 2207")
    page = letter_of(replace(made, visit=replace(made.visit, resident=resident)), tmp_path)
    assert "999***********0177" in page
    assert "999999195403020177" not in page
    assert "138 0000 2207" in page
    assert masked("1234567") == "*******"


def test_the_letter_is_on_paper_of_its_own(tmp_path: Path) -> None:
    for made in (urgent(), repeated()):
        pages = text_of(build(made), tmp_path).split("\f")[:-1]
        (place,) = [index for index, page in enumerate(pages) if "紧急转诊单" in page]
        assert place % 2 == 0
        assert place == len(pages) - 1


def test_nothing_personal_is_in_what_the_letter_leaves_to_a_pen(tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    file.write_bytes(build(repeated()))
    read = subprocess.run(
        [tool("pdftotext"), "-raw", str(file), "-"], check=True, capture_output=True, text=True
    )
    assert "已经做了（工作人员填写）" in read.stdout


def known_before(made: Report) -> Report:
    """He was here three times this year, and staff answered the call."""
    past = tuple(
        PastVisit(
            date(2026, month, 3),
            tuple(replace(o, value=o.value - less, samples=()) for o in made.visit.observations),
        )
        for month, less in ((1, 30), (3, 24), (9, 18))
    )
    call = StaffCall(TAKEN, TAKEN + timedelta(minutes=3), "S014", CallOutcome.DOCTOR)
    return assessed(replace(made, history=past, visit=replace(made.visit, call=call)))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_letter_shows_the_last_visits_and_what_was_done_by_the_clock(
    lang: str, seen: Seen, tmp_path: Path
) -> None:
    made = replace(known_before(repeated()), words=words_of(lang))
    pdf = build(made)
    whole(seen)
    page = text_of(pdf, tmp_path).rstrip("\f").split("\f")[-1]
    pressure = made.words.text("quantity.blood_pressure")
    assert made.words.text("letter.trend", name=pressure) in page
    assert re.search(r"26-01\s+26-11", page)
    assert re.search(rf"10:06\s+{made.words.text('letter.done.called')}", page)
    assert made.words.text("letter.done.came", by="S014") in page
    assert made.words.text("call.outcome.doctor") in page
    assert min(ink.size_pt for ink in seen.inks if ink.page == max(i.page for i in seen.inks)) >= 8.5 - 0.005


def test_without_a_call_the_letter_claims_nothing_was_done(tmp_path: Path) -> None:
    page = letter_of(repeated(), tmp_path)
    assert "呼叫" not in page
    assert "近几次" not in page
