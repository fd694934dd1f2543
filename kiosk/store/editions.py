"""Brings a ledger to the edition of this software. Imported only when there is something to bring up.

Alembic and SQLAlchemy cost a start a third of a second and thirty megabytes; a ledger of this edition needs
none of them. It is one transaction.
"""

import sqlite3

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from kiosk.store.edition import MIGRATIONS


class NewerEditionError(Exception):
    """The ledger is of an edition that this software does not know."""


def bring_up(connection: sqlite3.Connection) -> None:
    """Run every migration that is missing, all or none.

    Raises ``NewerEditionError``, and the ``sqlite3.Error`` of what the database could not do.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    own = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None
    )
    try:
        with own.connect() as shared:
            shared.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = shared
            command.upgrade(config, "head")
            shared.commit()
    except CommandError as newer:
        raise NewerEditionError from newer
    except DBAPIError as refused:
        if isinstance(refused.orig, sqlite3.Error):
            raise refused.orig from refused
        raise
