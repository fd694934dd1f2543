"""A server that visits go on to may answer one of them as badly as it likes: it holds up no other."""

from collections.abc import Iterator

import pytest

from clinic.forward import forwarding
from clinic.store.forwarding import READY, SENT
from tests.clinic.other_server import other_server
from tests.clinic.running import Running
from tests.clinic.stations import visit_of
from tests.clinic.test_forward import OTHER, Onward


@pytest.fixture
def onward(running: Running) -> Iterator[Onward]:
    with other_server() as other:
        other.bait = "李明"
        yield Onward(running, other, running.station())
        other.bites = ""


@pytest.mark.parametrize("bites", ["short", "knot", "drip", "head"])
def test_an_answer_that_is_none_costs_its_own_visit_alone(
    onward: Onward, monkeypatch: pytest.MonkeyPatch, bites: str
) -> None:
    monkeypatch.setattr(forwarding, "WHOLE_S", 1.5)
    onward.other.bites = bites
    onward.file(visit_of(OTHER), visit_of())
    for _ in range(9):  # the good one too may be slow where the machine is
        onward.round(hours=1)
        if SENT in onward.counts():
            break
    assert onward.counts() == {READY: 1, SENT: 1}
    state = onward.state()
    assert (state.waiting, state.trouble, state.status) == (1, "again", None)
    onward.other.bait = "\0"
    onward.round(hours=9)
    assert onward.counts() == {SENT: 2}
