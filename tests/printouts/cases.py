"""Synthetic people whose reports the tests print."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from health.assess import assess
from health.casefile import read_case
from health.rulebook import shipped_rulebook
from health.station import Station
from health.words import words_of
from printouts.report import Report

STATION = Station(
    id="WQ07",
    name="晚晴里智慧健康驿站",
    hours="早上 8 点到下午 4 点",
    phone="021-0000 3120",
    clinic="晚晴社区卫生服务中心",
    doctor="周敏",
    phone_page="https://station.example.org/phone",
)
UNITS = {
    "body_height": "cm",
    "body_weight": "kg",
    "systolic": "mm[Hg]",
    "diastolic": "mm[Hg]",
    "pulse": "/min",
    "total_cholesterol": "mmol/L",
    "hdl": "mmol/L",
    "triglycerides": "mmol/L",
    "ldl": "mmol/L",
    "glucose": "mmol/L",
    "spo2": "%",
    "grip_left": "kg",
    "grip_right": "kg",
    "waist": "cm",
}
FULL = {
    "body_height": "152.4",
    "body_weight": "51.3",
    "systolic": "146",
    "diastolic": "75",
    "pulse": "71",
    "total_cholesterol": "5.31",
    "hdl": "1.42",
    "triglycerides": "1.38",
    "ldl": "3.33",
    "glucose": "5.9",
    "spo2": "97",
    "grip_left": "15.9",
    "grip_right": "16.8",
    "waist": "79.0",
}
BEFORE = {"systolic": "152", "diastolic": "78", "body_weight": "52.1", "glucose": "5.7", "spo2": "97"}
ANSWERS = {"smoker": False, "diabetes": False, "bp_treated": True, "known_cvd": False, "fasting": True}


def case_text(values: dict[str, str], lang: str = "zh_CN", **more: object) -> str:
    """A visit file of ``values``; a value may begin with < or >."""
    seen = {}
    for name, value in values.items():
        seen[name] = {"value": value.lstrip("<>"), "unit": UNITS[name]}
        if value[0] in "<>":
            seen[name]["comparator"] = value[0]
    said = {"on": "2026-11-23", "observations": seen, "lang": lang}
    return json.dumps(said | more)


def old(values: dict[str, str] = FULL, lang: str = "zh_CN", name: str = "沈玉珍") -> Report:
    """She is 86 and was here in August."""
    earlier = {n: {"value": v, "unit": UNITS[n]} for n, v in BEFORE.items()}
    resident = {"sex": "female", "birth_date": "1940-03-02", "name": name}
    history = [{"on": "2026-08-24", "observations": earlier}]
    return report(case_text(values, lang, resident=resident, history=history, answers=ANSWERS))


def middle(lang: str = "zh_CN") -> Report:
    """She is 62, so a risk is shown as people."""
    resident = {"sex": "female", "birth_date": "1964-03-02", "name": "郑秀兰"}
    values = FULL | {"systolic": "138", "diastolic": "84", "body_weight": "58.1"}
    return report(case_text(values, lang, resident=resident, answers=ANSWERS))


def urgent(lang: str = "zh_CN") -> Report:
    """His pressure is 186/112."""
    resident = {"sex": "male", "birth_date": "1954-03-02", "name": "吴建国"}
    values = {"systolic": "186", "diastolic": "112", "pulse": "80", "glucose": "6.4"}
    return report(case_text(values, lang, resident=resident))


def guest(lang: str = "zh_CN") -> Report:
    """Somebody of whom nothing is known but a pulse."""
    return report(case_text({"pulse": "71"}, lang))


def report(text: str) -> Report:
    """The report of a visit file at the tests' station."""
    case = read_case(text)
    assessment = assess(case.visit, case.history, shipped_rulebook(), case.visit.on)
    return Report(case.visit, assessment, case.history, STATION, words_of(case.lang))


def demo(given: Report) -> Report:
    """The same report of a demonstration."""
    return replace(given, visit=replace(given.visit, demo=True))


def tool(name: str) -> str:
    """The path of a program; the test is skipped where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}")
    return path


def text_of(pdf: bytes, folder: Path, page: int | None = None) -> str:
    """What poppler reads from the PDF, layout kept."""
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    command = [tool("pdftotext"), "-layout", *pages, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
