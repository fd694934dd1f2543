"""The analyser's remaining time counts down while it is usual, and is words once it takes longer."""

from pathlib import Path

from health.words import words_of
from kiosk.flow.steps import Step
from kiosk.running import RunningStation
from tests.kiosk.walk import station, until


def _left(running: RunningStation) -> str:
    road = running.view().road
    return "" if road is None or road.blood_left is None else road.blood_left


def test_an_analysis_that_takes_longer_than_usual_is_nearly_ready_and_never_at_nought(tmp_path: Path) -> None:
    seen: set[str] = set()
    soon = words_of("zh_CN").text("say.blood.soon")

    def nearly_ready() -> bool:
        seen.add(_left(running))
        return soon in seen

    with station(tmp_path, {"analyser": "silent"}, speed=40.0) as running:
        running.send("lin", presses=True)
        until(running, lambda: running.attendant.step is Step.STAND)
        running.send_away()
        until(running, nearly_ready)
    assert any(left.startswith("1:") for left in seen)
