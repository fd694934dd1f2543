"""A full disk refuses new visits, says so, and lets who is being measured finish."""

from pathlib import Path

import pytest

from health.words import words_of
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Count
from kiosk.running import RunningStation
from kiosk.store.ledger import Ledger
from kiosk.views import IdleView
from tests.kiosk.deskroom import LIMIT
from tests.kiosk.walk import station, until, walk

SENTENCE = words_of("zh_CN").text("say.no_room")


def closed(running: RunningStation) -> str | None:
    body = running.view().body
    assert isinstance(body, IdleView)
    return body.closed


def test_without_room_no_visit_begins_by_touch_or_by_card_and_the_screen_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "has_room", lambda _: False)
    with station(tmp_path) as running:
        until(running, lambda: closed(running) == SENTENCE)
        running.choose(Choice.START)
        assert running.idle
        running.send("lin", presses=True)
        until(running, lambda: running.demo.person is not None and running.demo.person._done)
        assert running.idle
        assert running.desk.submit(Count()).result(LIMIT).counts.drafts == 0


def test_who_is_being_measured_when_the_disk_fills_goes_on_and_once_there_is_room_the_next_may_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = {"enough": True}
    monkeypatch.setattr(Ledger, "has_room", lambda _: room["enough"])
    with station(tmp_path) as running:
        running.send("lin", presses=True)
        until(running, lambda: running.attendant.step is Step.STAND)
        room["enough"] = False
        until(running, lambda: running.idle)
        running.send_away()
        until(running, lambda: closed(running) == SENTENCE)
        room["enough"] = True
        running.attendant._at.clerk.forget(running.visit.id)  # anything that makes the desk look again
        until(running, lambda: closed(running) is None)
        done = walk(running, "chen")
    assert done.visit.observations
