"""What went on to another server and is erased here is deleted there, or told to staff by its name there."""

import argparse
import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from clinic import people_commands
from clinic.clinic import Clinic
from clinic.erasing import erase
from clinic.expiring import erase_older
from clinic.forward.forwarding import Forwarder
from clinic.forward.target import Target
from clinic.store.erased_elsewhere import not_gone
from tests.clinic.running import NURSE
from tests.clinic.stations import visit_of
from tests.clinic.test_erasing import whose
from tests.clinic.test_forward import OTHER, STRATEGIES, Onward, onward

__all__ = ["onward"]


def back(onward: Onward, *, minutes: int = 6) -> int:
    onward.later += timedelta(minutes=minutes)
    now = onward.running.clinic.now() + onward.later
    target = Target("district", onward.other.url, onward.strategy)  # type: ignore[arg-type]
    return Forwarder(replace(onward.running.clinic, now=lambda: now), target, luck=lambda: 1.0).take_back()


def elsewhere(onward: Onward) -> list[tuple[str, str]]:
    with onward.running.clinic.store.reading() as connection:
        return [(one.target, one.state.value) for one in not_gone(connection, "clinic")]


def as_settings_name_it(onward: Onward) -> Clinic:
    own, target = onward.running.clinic, Target("district", "https://x", onward.strategy)  # type: ignore[arg-type]
    return replace(own, settings=replace(own.settings, forward=(target,)))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_was_sent_of_whoever_is_erased_is_deleted_there_too(onward: Onward, strategy: str) -> None:
    onward.strategy, visit = strategy, visit_of()
    onward.file(visit, visit_of(OTHER), visit_of())
    onward.round()
    done = erase(as_settings_name_it(onward), whose(onward.running, visit), NURSE)
    assert (done.visits, dict(done.elsewhere)) == (2, {"district": 2})
    assert back(onward, minutes=1) == 0  # it may be on its way just now
    onward.other.habits = [503]
    assert back(onward) == 2
    assert elsewhere(onward) == [("district", "asked")]
    assert back(onward, minutes=30) == 1
    assert elsewhere(onward) == []
    left = json.dumps(list(onward.other.kept.values()), ensure_ascii=False)
    assert ("沈玉珍" in left, "李明" in left) == (False, True)
    assert [len(onward.other.of(kind)) for kind in ("Patient", "Encounter")] == [1, 1]
    assert onward.other.of("Device")
    assert back(onward, minutes=60) == 0


def test_a_server_that_deletes_nothing_is_told_to_staff_with_what_it_is_called_there(
    onward: Onward, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    visit = visit_of()
    onward.file(visit)
    onward.round()
    onward.other.keeps_all = True
    erase(as_settings_name_it(onward), whose(onward.running, visit), NURSE)
    assert back(onward) == 1
    assert elsewhere(onward) == [("district", "refused")]
    assert "clinic erase --elsewhere" in caplog.text
    own = onward.running
    assert "kangyi_erased_elsewhere 1\n" in own.staff().get(f"{own.url}/metrics", timeout=30).text
    asked = argparse.Namespace(
        command="erase", resident=None, older_than=None, expired=False, phone=False, elsewhere=True
    )
    assert people_commands.run(asked, lambda: onward.running.clinic) == 0
    told = capsys.readouterr().out
    assert "Encounter?identifier=" in told
    assert "Ask the owner" in told
    assert "沈玉珍" not in told
    assert back(onward, minutes=600) == 0


def test_by_age_a_visit_is_deleted_there_and_who_made_it_stays_for_her_others(onward: Onward) -> None:
    onward.file(replace(visit_of(), on=date(2015, 1, 2)), visit_of())
    onward.round()
    assert erase_older(as_settings_name_it(onward), date(2016, 1, 1), NURSE).visits == 1
    assert back(onward) == 1
    assert elsewhere(onward) == []
    assert [len(onward.other.of(kind)) for kind in ("Patient", "Encounter")] == [1, 1]


def named(onward: Onward) -> list[str]:
    """Types of what may still be at the other server, by what staff read."""
    with onward.running.clinic.store.reading() as connection:
        every = [name for one in not_gone(connection, "clinic") for name in one.names]
    return sorted({name.split("/")[0].split("?")[0] for name in every})


def erased_here(onward: Onward, strategy: str = "conditional") -> None:
    onward.strategy, visit = strategy, visit_of()
    onward.file(visit)
    onward.round()
    erase(as_settings_name_it(onward), whose(onward.running, visit), NURSE)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("status", [400, 404, 405, 501])
def test_a_server_that_deletes_nothing_within_a_transaction_is_asked_for_each_part_by_itself(
    onward: Onward, strategy: str, status: int
) -> None:
    erased_here(onward, strategy)
    onward.other.together = status
    back(onward)
    back(onward, minutes=30)
    if status == 501:  # its trouble may pass
        assert elsewhere(onward) == [("district", "asked")]
        return
    assert elsewhere(onward) == []
    assert [len(onward.other.of(kind)) for kind in ("Patient", "Encounter", "Observation")] == [0, 0, 0]


@pytest.mark.parametrize(("status", "stands"), [(405, "refused"), (412, "refused"), (403, "refused")])
def test_what_it_refuses_by_itself_is_named_to_staff_and_nothing_else(
    onward: Onward, status: int, stands: str
) -> None:
    erased_here(onward)
    onward.other.says = {"DiagnosticReport": status}
    back(onward)
    assert elsewhere(onward) == [("district", stands)]
    assert named(onward) == ["DiagnosticReport"]
    kinds = {kind for kind, _ in onward.other.kept}
    assert {"DiagnosticReport"} <= kinds <= {"DiagnosticReport", "Device", "Location", "Organization"}


@pytest.mark.parametrize("status", [200, 202, 204, 404, 410])
def test_what_is_gone_is_gone_however_it_is_said(onward: Onward, status: int) -> None:
    erased_here(onward)
    onward.other.together, onward.other.says = 400, {"Patient": status}
    back(onward)
    assert elsewhere(onward) == []


@pytest.mark.parametrize("status", [409, 401, 429, 503])
def test_what_others_still_point_at_and_a_token_that_ran_out_is_asked_for_again(
    onward: Onward, status: int
) -> None:
    erased_here(onward)
    onward.other.together, onward.other.says = 400, {"Patient": status}
    back(onward)
    assert (elsewhere(onward), named(onward)) == ([("district", "asked")], ["Patient"])
    onward.other.says = {}
    assert back(onward, minutes=30) == 1
    assert elsewhere(onward) == []
