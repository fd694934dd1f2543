"""Where a visit is said to be: with the clinic, waiting, or on the paper and nowhere else."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from health.assess import assess
from health.rulebook import shipped_rulebook
from health.visit import Consent, Visit
from kiosk.visit_report import as_json, as_lines
from kiosk.visit_run import VisitRun

DAY = date(2026, 11, 23)


def _run(consent: Consent | None, *, delivered: bool, sheet: Path | None = None) -> VisitRun:
    visit = Visit(id=UUID(int=1), on=DAY, consent=consent)
    return VisitRun(visit, assess(visit, (), shipped_rulebook(), DAY), sheet, delivered, "en")


@pytest.mark.parametrize("consent", [Consent.PRINT_ONLY, None])
def test_what_was_not_agreed_to_be_shared_stays_on_the_paper(consent: Consent | None) -> None:
    run = _run(consent, delivered=False, sheet=Path("sheet.pdf"))
    last = list(as_lines(run))[-1]
    assert "stays on the paper only" in last
    assert "yet" not in last
    assert json.loads(as_json(run))["delivered"] is False


def test_without_a_sheet_no_paper_is_spoken_of() -> None:
    last = list(as_lines(_run(Consent.PRINT_ONLY, delivered=False)))[-1]
    assert "not sent to the clinic" in last
    assert "paper" not in last


def test_a_shared_visit_is_with_the_clinic_or_on_its_way() -> None:
    assert list(as_lines(_run(Consent.SHARE, delivered=True)))[-1] == "The clinic has this visit."
    assert list(as_lines(_run(Consent.SHARE, delivered=False)))[-1].endswith("(yet).")
