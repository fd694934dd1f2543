"""What the tests of paper share."""

import pytest

from tests.printouts.inked import Seen, listening


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Listens to every text and every rule that is drawn."""
    return listening(monkeypatch)
