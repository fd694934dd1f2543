"""The whole content of a ledger's file as one short line: equal lines, equal content, to the byte."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.store.ledger import FILE


def content_of(folder: Path) -> str:
    """A hash over every row of every table of the ledger in ``folder``, read and not written."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as db:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (table,) in db.execute(names).fetchall():
            rows = db.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - the table's own name
            digest.update(repr((table, sorted(rows, key=repr))).encode())
    return digest.hexdigest()[:32]
