"""What the tests of the clinic share: databases of both kinds, and a clinic that runs on one of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic import accounts
from clinic.store.store import open_store
from tests.clinic.passwords import QUICK
from tests.clinic.postgres import Server, binaries, server
from tests.clinic.running import Running, clinic_at

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EVERY_CELL = frozenset({"test_editions", "test_forward", "test_intake", "test_alarms_again", "test_tenants"})
"""Files of which each cell asks the database for something else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test runs on both databases; of one with many cells, PostgreSQL plays the first in every run.

    The others, refusals in other words and the like, wait for the whole: SQLite has played them.
    """
    met: set[str] = set()
    for item in items:
        if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
            continue
        if item.callspec.params.get("database") == POSTGRESQL and item.path.stem not in EVERY_CELL:
            test = item.nodeid.partition("[")[0]
            if test in met:
                item.add_marker(pytest.mark.whole)
            met.add(test)


@pytest.fixture(scope="package", autouse=True)
def _passwords_at_no_price() -> Iterator[None]:
    """A password is hashed as quickly as can be; ``test_access`` asks what one costs in a clinic."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "_HASHER", QUICK)
        patched.setattr(accounts, "_NOBODY", accounts.hash_of_nobody(QUICK))
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL, started when the first test asks for it."""
    if binaries() is None:
        pytest.skip("postgresql is not installed")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def template(postgresql: Server) -> str:
    """The name of a migrated, empty database."""
    name = postgresql.database()
    open_store(Path("/nonexistent"), postgresql.url(name)).close()
    return name


@pytest.fixture(scope="session")
def new_database(postgresql: Server, template: str) -> Callable[[], str]:
    """Makes a migrated, empty database; says its address."""
    return lambda: postgresql.url(postgresql.database(template))


@pytest.fixture(scope="session")
def used_databases() -> list[str]:
    """Names of databases that are empty again: to empty one costs a tenth of what a new one costs."""
    return []


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database: "" for SQLite in the clinic's folder."""
    if request.param == SQLITE:
        yield ""
        return
    server: Server = request.getfixturevalue("postgresql")
    template: str = request.getfixturevalue("template")
    used: list[str] = request.getfixturevalue("used_databases")
    name = used.pop() if used else server.database(template)
    yield server.url(name)
    if server.emptied(name, template):
        used.append(name)


@pytest.fixture
def running(tmp_path: Path, database: str) -> Iterator[Running]:
    """A clinic that answers, once on each kind of database."""
    with clinic_at(tmp_path / "clinic", database=database) as clinic:
        yield clinic
