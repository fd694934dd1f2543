"""What the tests of the clinic share: databases of both kinds, and a clinic that runs on one of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.store.store import open_store
from tests.clinic.postgres import Server, binaries, server
from tests.clinic.running import Running, clinic_at

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL, started when the first test asks for it."""
    if binaries() is None:
        pytest.skip("postgresql is not installed")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def new_database(postgresql: Server) -> Callable[[], str]:
    """Makes a migrated, empty database; says its address."""
    template = postgresql.database()
    open_store(Path("/nonexistent"), postgresql.url(template)).close()
    return lambda: postgresql.url(postgresql.database(template))


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: "" for SQLite in the clinic's folder."""
    if request.param == SQLITE:
        return ""
    made: Callable[[], str] = request.getfixturevalue("new_database")
    return made()


@pytest.fixture
def running(tmp_path: Path, database: str) -> Iterator[Running]:
    """A clinic that answers, once on each kind of database."""
    with clinic_at(tmp_path / "clinic", database=database) as clinic:
        yield clinic
