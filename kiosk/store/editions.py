"""Brings a ledger to the edition of this software. Imported only when there is something to bring up.

A library of migrations costs a start a tenth of a second and ten megabytes; a ledger of this edition needs
none of it. It must run inside the transaction that its caller began.
"""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from kiosk.store.edition import MIGRATIONS


class NewerEditionError(Exception):
    """The ledger is of an edition that this software does not know."""


def bring_up(connection: Connection) -> None:
    """Run every migration that is missing. Raises ``NewerEditionError``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as newer:
        raise NewerEditionError from newer
