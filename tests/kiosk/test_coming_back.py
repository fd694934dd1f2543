"""Who walks off half-way and comes back soon goes on; who does not is sent as far as she went."""

import time
from pathlib import Path

from devices.events import CardHeard
from devices.reading import Card, Quantity
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Count
from kiosk.personas import people
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


def card_of(persona: str) -> Card:
    """The card of this synthetic person."""
    part = people().called(persona).card
    assert part is not None
    return part.card()


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


def test_a_second_card_laid_before_the_first_was_looked_up_gets_nothing_of_the_first(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        walk_off_at(running, "lin", Step.QUESTION)
        lin, chen = card_of("lin"), card_of("chen")
        running.attendant.hear(CardHeard("reader", lin, time.monotonic()))
        running.choose(Choice.YES)
        running.attendant.hear(CardHeard("reader", chen, time.monotonic()))
        for _ in range(100):
            running.tick()
            time.sleep(0.003)
        assert running.attendant.step is Step.CONFIRM
        assert running.visit.observations == ()
        running.choose(Choice.YES)
        until(running, lambda: running.attendant.step is Step.CONSENT)
        assert running.visit.resident.identity == chen.number
        assert running.visit.observations == ()


def test_a_guest_who_walks_off_leaves_nothing(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        walk_off_at(running, "guest", Step.QUESTION)
        counts = running.desk.submit(Count()).result(30).counts
    assert (counts.drafts, counts.waiting) == (0, 0)
