"""Who walks off half-way and comes back soon goes on; who does not is sent as far as she went."""

from pathlib import Path

from devices.reading import Quantity
from kiosk.flow.steps import Step
from kiosk.jobs import Count
from kiosk.running import RunningStation
from tests.kiosk.walk import station, until, walk


def walk_off_at(running: RunningStation, persona: str, step: Step) -> str:
    """Come, go as far as ``step``, walk off; the id of that visit."""
    running.send(persona, presses=True)
    until(running, lambda: running.attendant.step is step)
    visit = str(running.visit.id)
    running.send_away()
    until(running, lambda: running.idle)
    return visit


def test_the_same_card_within_ten_minutes_goes_on_where_she_was(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        first = walk_off_at(running, "lin", Step.QUESTION)
        done = walk(running, "lin")
        counts = running.desk.submit(Count()).result(30).counts
    assert str(done.visit.id) == first
    assert not {Step.CONSENT, Step.BLOOD, Step.STAND} & done.steps
    assert done.visit.value_of(Quantity.BODY_WEIGHT) is not None
    assert done.visit.value_of(Quantity.SYSTOLIC) is not None
    assert (counts.drafts, counts.waiting) == (0, 1)


def test_another_card_begins_a_visit_of_its_own_and_sees_nothing_of_the_first(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        first = walk_off_at(running, "lin", Step.QUESTION)
        assert running.visit.resident.name is None
        done = walk(running, "chen")
        counts = running.desk.submit(Count()).result(30).counts
    assert str(done.visit.id) != first
    assert str(done.visit.value_of(Quantity.BODY_WEIGHT).value) == "78.6"  # type: ignore[union-attr]
    assert (counts.drafts, counts.waiting) == (1, 1)


def test_a_guest_who_walks_off_leaves_nothing(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        walk_off_at(running, "guest", Step.QUESTION)
        counts = running.desk.submit(Count()).result(30).counts
    assert (counts.drafts, counts.waiting) == (0, 0)
