"""Every ``clinic`` line of the page for a clinic's IT person does what the page says, in the page's order."""

import getpass
import re
import shlex
from pathlib import Path

import pytest

from clinic.commands import clinic
from clinic.enrolment import waiting
from health import pairing
from tests.clinic.running import PASSWORD, clinic_at
from tests.clinic.stations import SHEN, FakeStation
from tests.house.tree import ROOT

LINES = re.findall(r"^    clinic (.+)$", (ROOT / "docs/operations.md").read_text(encoding="utf-8"), re.M)
HOME = "/var/lib/kangyi-clinic"


def _a_code(data: Path) -> str:
    with clinic_at(data) as running:
        keys, number = running.clinic.keys, pairing.number()
        offer = running.ask(FakeStation(keys.working.public(), keys.recovery), number)
        running.question(offer, number)
        ((code, _),) = waiting(running.clinic)
    return code


def _said(word: str, root: Path, data: Path) -> str:
    """A word of the page as it is said here: places under ``root``, and what only a person would know."""
    if word == "CODE":
        return _a_code(data)
    if word.startswith(("/srv/", "/media/", "/var/")):
        return str(root / word[1:])
    return {"STATION": "wanqing-1", "residents.csv": str(root / "residents.csv")}.get(word, word)


def test_every_line_of_the_page_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: PASSWORD)
    for folder in ("srv/kangyi-copies", "media/safe", "var/lib"):
        (tmp_path / folder).mkdir(parents=True)
    data, safe = tmp_path / HOME[1:], tmp_path / "media/safe/recovery.key"
    settings, roster = tmp_path / "clinic.toml", tmp_path / "residents.csv"
    settings.write_text(f'data = "{data}"\nkeep_visits_years = 30\n', "utf-8")
    roster.write_text(f"姓名,身份证号\n{SHEN.name},{SHEN.identity}\n", "utf-8")
    assert len(LINES) > 15
    for line in LINES:
        if "keys recover" in line:
            (data / "keys/working.key").unlink()
        words = [_said(word, tmp_path, data) for word in shlex.split(line, comments=True)]
        assert clinic(["--settings", str(settings), *words]) == 0, line
        if line == "init":
            (data / "keys/recovery.key").rename(safe)
