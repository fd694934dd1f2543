"""Page 1 is read at the kitchen table without glasses: no letter below 16 points, nothing cut."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from benchmarks.reports import OPENED, reports_by_chance, whole_report
from health.assessment import Level
from health.station import Station
from health.words import words_of
from printouts.content import Report
from printouts.page_one import draw_page_one
from printouts.report import build_slip
from printouts.sheet import Sheet
from printouts.slip import RIGHT, SMALL
from tests.printouts.cases import FULL, STATION, UNITS, case_text, demo, guest, middle, old, report, urgent
from tests.printouts.inked import Seen, whole

LEAST = 16.0 - 0.005
# As long as they come: a district, a street and a village in one name.
FAR = Station(
    id="WQ07",
    name="上海市徐汇区天平路街道永嘉新村社区智慧健康驿站",
    hours="周一到周五早上 8 点到下午 4 点，周六上午，节假日休息",
    phone="021-0000 3120 转 4418",
    clinic="上海市徐汇区天平街道社区卫生服务中心",
    doctor="欧阳慕容诸葛司马",
    phone_page=STATION.phone_page,
)
LONG_ZH, LONG_EN = "欧阳慕容诸葛司马上官端木东方南宫皇甫", "Wolfeschlegelsteinhausenbergerdorff Maximiliana"


def hers(seen: Seen, made: Report) -> None:
    """Draws her pages alone."""
    seen.forget()
    draw_page_one(Sheet("t", made.words.language, made.made, "a"), made)


def ways(made: Report) -> list[Report]:
    """In both languages, in common and in larger type."""
    return [
        replace(made, words=words_of(lang), large=large)
        for lang in ("zh_CN", "en")
        for large in (False, True)
    ]


def readable(seen: Seen) -> None:
    small = [(ink.size_pt, ink.text) for ink in seen.inks if ink.size_pt < LEAST]
    assert small == []
    assert [ink.text for ink in seen.inks if "…" in ink.text] == []


def test_nothing_of_any_visit_is_smaller_than_16_points_or_cut(seen: Seen) -> None:
    people = [*reports_by_chance(12), old(), middle(), urgent(), guest(), whole_report()]
    for made in (way for person in people for way in ways(person)):
        hers(seen, made)
        readable(seen)


@pytest.mark.parametrize("name", [LONG_ZH, LONG_EN], ids=["zh", "en"])
@pytest.mark.parametrize("who", [old, middle, urgent])
def test_the_longest_names_take_a_further_line_and_lie_on_nothing(who: object, name: str, seen: Seen) -> None:
    assert callable(who)
    for made in ways(who()):
        resident = replace(made.visit.resident, name=name)
        hers(
            seen,
            replace(made, station=FAR, visit=replace(made.visit, resident=resident)),
        )
        readable(seen)
        whole(seen)
        said = seen.joined(1).replace(" ", "")
        # Where it is urgent the way does not lead to the station.
        place = () if made.assessment.level is Level.NOW else (FAR.name, FAR.hours)
        for text in (*place, FAR.clinic, FAR.doctor, FAR.phone, name):
            assert text.replace(" ", "") in said


def test_a_change_too_long_for_its_column_takes_two_lines(seen: Seen) -> None:
    seen_before = {name: {"value": FULL[name], "unit": UNITS[name]} for name in ("pulse", "glucose", "waist")}
    history = [
        {"on": "2026-02-24", "observations": seen_before},
        {"on": "2026-08-24", "observations": {"systolic": {"value": "140", "unit": "mm[Hg]"}}},
    ]
    made = report(
        case_text({name: FULL[name] for name in ("systolic", "diastolic", "pulse")}, "en", history=history)
    )
    said = made.words.text("change.missed")
    for large in (False, True):
        hers(seen, replace(made, large=large))
        assert said not in [ink.text.strip() for ink in seen.inks]
        assert said.replace(" ", "") in seen.joined(1).replace(" ", "")
        readable(seen)
        whole(seen)


@pytest.mark.parametrize("name", [LONG_ZH, LONG_EN, "李"], ids=["zh", "en", "short"])
@pytest.mark.parametrize("who", [old, middle, urgent, guest])
def test_the_slip_too_is_read_without_glasses_whatever_the_names(who: object, name: str, seen: Seen) -> None:
    assert callable(who)
    for lang in ("zh_CN", "en"):
        made = who(lang=lang)
        resident = replace(made.visit.resident, name=name)
        visit = replace(made.visit, resident=resident, closed_at=OPENED)
        seen.forget()
        build_slip(replace(demo(made), station=FAR, visit=visit, copy=True))
        # Station and foot are 36 dots, everything else at least 45; units are as small beside their number.
        assert {ink.text for ink in seen.inks if ink.size_pt < SMALL - 0.005} == set()
        for one, other in combinations(seen.inks, 2):
            assert not one.meets(other), (one, other)
        assert max(ink.right for ink in seen.inks) <= RIGHT + 0.3
