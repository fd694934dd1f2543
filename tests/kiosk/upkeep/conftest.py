"""A desk's office for the tests of upkeep, where little is asked of the instruments, or everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.jobs import Office
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import EVERYTHING, office


@pytest.fixture
def time() -> HeldTime:
    return HeldTime()


@pytest.fixture
def room(tmp_path: Path, time: HeldTime) -> Iterator[Office]:
    made = office(tmp_path, time)
    yield made
    made.ledger.close()


@pytest.fixture
def strict(tmp_path: Path, time: HeldTime) -> Iterator[Office]:
    made = office(tmp_path, time, EVERYTHING)
    yield made
    made.ledger.close()
