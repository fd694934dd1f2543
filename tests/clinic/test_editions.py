"""A clinic's database of any earlier edition is brought up to date with all that is in it, on both kinds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, make_url, select

from clinic.backup import backup
from clinic.keyring import make_keys
from clinic.store.errors import StoreError
from clinic.store.people_tables import TASK, TASK_EVENT
from clinic.store.schema import ALL, METADATA
from clinic.store.store import FILE, MIGRATIONS, migrate, open_store
from clinic.store.visits import changed_visits
from tests.clinic.conftest import POSTGRESQL
from tests.clinic.postgres import Server

WORDS = {"tenant": "clinic", "state": "opened", "status": "complete", "kind": "visit", "tries": 0}
MOMENT = "2026-11-23T01:12:05+00:00"


def editions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / FILE}"
    running: Server = request.getfixturevalue("postgresql")
    return running.url(running.database()).replace("postgresql:", "postgresql+psycopg:")


def some_value(table: Table, name: str, row: int) -> object:
    """A value that fits the column, the same every time."""
    column = table.c[name]
    kind = column.type.python_type
    if isinstance(WORDS.get(name), kind):
        return WORDS[name]
    if kind is str:
        longest = vars(column.type)["length"] or 64
        return MOMENT if name.endswith(("_at", "wall")) else f"{name}-{row}"[-longest:]
    made: dict[type, Callable[[], object]] = {
        bytes: lambda: bytes([row]) * 32,
        bool: lambda: False,
        int: lambda: row,
    }
    return made[kind]()


def fill(connection: Connection) -> dict[str, int]:
    """Two rows in every table as it is now."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            for row in (1, 2):
                values = {
                    c.name: some_value(table, c.name, row) for c in table.c if c.name != "place_in_feed"
                }
                if "place_in_feed" in table.c:
                    values["place_in_feed"] = row
                connection.execute(insert(table).values(values))
    return {table.name: 2 for table in found.sorted_tables if table.name != "alembic_version"}


@pytest.mark.parametrize("edition", editions())
def test_every_edition_becomes_todays_and_keeps_its_rows(address: str, edition: str, tmp_path: Path) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        migrate(connection, edition)
        before = fill(connection)
    engine.dispose()
    server = make_url(address).drivername.startswith("postgresql")
    store = open_store(tmp_path, address if server else "")
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        for table in ALL:
            ends = table.name == "session" and edition < "0005"
            if table.name in before and table.name != "counter" and not ends:
                assert len(connection.execute(select(table)).all()) == 2
        feed = changed_visits(connection, "clinic", 0, 10)
    assert [one.place_in_feed for one in feed] == [1, 2]
    assert [one.id for one in feed] == ["id-1", "id-2"]
    store.close()


def test_what_is_added_after_an_edition_was_brought_up_goes_on_counting(address: str, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from clinic.store.audit import note

    engine = create_engine(address)
    with engine.begin() as connection:
        migrate(connection, "0003")
        fill(connection)
    engine.dispose()
    store = open_store(tmp_path, address if address.startswith("postgresql") else "")
    with store.writing() as connection:
        note(connection, "clinic", "ann", "looked", "visit", datetime.now(UTC))
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT max(number) FROM audit").scalar_one() == 3
    store.close()


def test_an_open_alarm_of_an_older_edition_waits_from_when_it_was_opened(
    address: str, tmp_path: Path
) -> None:
    engine, found = create_engine(address), MetaData()
    with engine.begin() as connection:
        migrate(connection, "0009")
        fill(connection)
        found.reflect(connection)
        event, task = found.tables["task_event"], found.tables["task"]
        connection.execute(task.update().where(task.c.id == "id-2").values(level=3))
        for number, did in ((3, "again"), (4, "called")):
            row = {c.name: some_value(event, c.name, 2) for c in event.c} | {"task": "id-2", "did": did}
            connection.execute(insert(event).values(row | {"number": number}))
    engine.dispose()
    store = open_store(tmp_path, address if address.startswith("postgresql") else "")
    with store.reading() as connection:
        alarmed = connection.execute(select(TASK.c.alarmed_at).order_by(TASK.c.id)).scalars().all()
        asked = connection.execute(select(TASK_EVENT.c.visit).where(TASK_EVENT.c.task == "id-2"))
        assert (alarmed, sorted(asked.scalars())) == ([None, MOMENT], ["", "visit-2"])
    store.close()


@pytest.mark.parametrize("wrong", ["mysql://host/name", "sqlite:///x", "no address", "postgresql://[::1/x"])
def test_an_address_that_is_none_is_refused_in_a_sentence_without_repeating_it(
    wrong: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError) as told:
        open_store(tmp_path, wrong)
    assert wrong not in str(told.value)


def test_a_server_that_is_not_there_is_said_so_and_its_password_is_not(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened") as told:
        open_store(tmp_path, f"postgresql://ann:secret@/none?host={tmp_path}")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_a_database_that_cannot_be_copied_leaves_no_half_of_a_copy(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "clinic", database)
    make_keys(tmp_path / "clinic")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="pg_dump is not here"):
        backup(store, tmp_path / "clinic", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    store.close()
