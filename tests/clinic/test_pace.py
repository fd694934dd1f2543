"""A clinic chooses how soon it calls again who is in no danger; nobody chooses what is urgent."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clinic.follow_up import due_after
from clinic.pace import Pace
from clinic.reasons import Outcome
from clinic.settings import read_settings
from clinic.store.tasks import Task, open_tasks
from health.settings import SettingsError
from tests.clinic.running import clinic_at
from tests.clinic.stations import visit_of
from tests.clinic.test_access import csrf
from tests.clinic.test_roster import NOW

CHOSEN = Pace(agreed_days=14, later_days=3)


def a_task(level: int) -> Task:
    at = NOW.isoformat()
    by = (NOW + timedelta(days=14)).isoformat()
    return Task("clinic", "t", "r", "pressure", level, "requested", "v", "s", "", "", "", "", at, at, by)


@pytest.mark.parametrize(("outcome", "days"), [(Outcome.AGREED, 14), (Outcome.LATER, 3)])
def test_who_is_in_no_danger_is_called_again_when_the_clinic_chose(outcome: Outcome, days: int) -> None:
    assert due_after(a_task(2), outcome, NOW, CHOSEN) == NOW + timedelta(days=days)
    urgent = due_after(a_task(3), outcome, NOW, CHOSEN)
    assert urgent == due_after(a_task(3), outcome, NOW, Pace())


@pytest.mark.parametrize(
    "text",
    [
        "agreed_days = 0",
        "agreed_days = 91",
        "later_days = 31",
        'later_days = "7"',
        "later_days = 1.5",
        "urgent_days = 2",
    ],
)
def test_what_a_clinic_may_not_choose_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(f"[follow_up]\n{text}\n", "utf-8")
    with pytest.raises(SettingsError):
        read_settings(file)


def test_what_is_chosen_is_read(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text("[follow_up]\nagreed_days = 14\nlater_days = 3\n", "utf-8")
    assert read_settings(file).follow_up == CHOSEN


def test_the_page_writes_down_what_was_chosen(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", pace=CHOSEN) as running:
        running.put(running.station().envelope(visit_of(systolic="168", diastolic="102")))
        browser = running.staff()
        with running.clinic.store.reading() as connection:
            task = open_tasks(connection, "clinic")[0]
        page = browser.get(f"{running.url}/worklist?open={task.id}", timeout=30).text
        form = {
            "csrf": csrf(page),
            "task": task.id,
            "outcome": Outcome.LATER.value,
            "events": str(task.events),
        }
        assert browser.post(f"{running.url}/worklist/outcome", form, timeout=30).status_code == 200
        with running.clinic.store.reading() as connection:
            (after,) = (one for one in open_tasks(connection, "clinic") if one.id == task.id)
        waits = datetime.fromisoformat(after.due_at) - running.clinic.now()
        assert timedelta(days=2, hours=23) < waits <= timedelta(days=3)
