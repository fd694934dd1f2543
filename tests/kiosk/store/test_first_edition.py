"""A ledger that an earlier edition wrote is brought up to date with everything that lies in it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from health.unclaimed import Why
from kiosk.store.database import LedgerError
from kiosk.store.edition import EDITION, MIGRATIONS
from kiosk.store.ledger import FILE, Ledger
from kiosk.unclaimed import KeepUnclaimed
from tests.kiosk.deskroom import SHEN, DeskRoom, loose, visit_of
from tests.kiosk.station import HeldTime, seal_of

OPENS = """
import sys
from pathlib import Path
from kiosk.store.ledger import Ledger
Ledger(Path(sys.argv[1])).close()
print("alembic" in sys.modules, "sqlalchemy" in sys.modules)
"""


def _first_edition(folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{folder / FILE}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()


def test_what_the_first_edition_kept_is_sent_and_new_results_find_their_shelf(tmp_path: Path) -> None:
    _first_edition(tmp_path)
    time = HeldTime()
    old = seal_of(time).visit(visit_of(SHEN), 7)
    with closing(sqlite3.connect(tmp_path / FILE)) as first, first:
        first.execute(
            "INSERT INTO envelope VALUES (?,?,1,7,'waiting',?,5000000,?,0,NULL,'',?,NULL)",
            (
                old.header.id.hex,
                str(old.header.visit).replace("-", ""),
                old.header.boot.hex,
                old.to_bytes(),
                old.header.wall.isoformat(),
            ),
        )
        first.execute("INSERT INTO counter VALUES ('sequence', 7)")
    room = DeskRoom(tmp_path, time)
    room.do(KeepUnclaimed(loose("hdl", "1.42", time.wall, Why.NO_TICKET, None)))
    assert [one.header.id for one in room.sent()] == [old.header.id]
    assert len(room.listed()) == 1
    room.close()
    assert Ledger(tmp_path).next_sequence() == 9


def test_the_newest_migration_is_the_edition_that_needs_none() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [EDITION]


def test_a_ledger_of_this_edition_opens_without_the_migrations(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    told = subprocess.run(
        [sys.executable, "-c", OPENS, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "False"]


def test_a_ledger_that_cannot_be_brought_up_stays_what_it_was_and_says_why(tmp_path: Path) -> None:
    _first_edition(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as first, first:
        first.execute("CREATE TABLE shelf (in_the_way)")
    with pytest.raises(LedgerError, match="shelf"):
        Ledger(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as after:
        assert after.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert after.execute("SELECT name FROM sqlite_schema WHERE name = 'trail'").fetchall() == []
