"""An empty ledger to begin a test with: made once, then copied, which costs a tenth."""

import tempfile
from functools import cache
from pathlib import Path

from kiosk.store.ledger import FILE, Ledger


@cache
def _empty() -> bytes:
    """The ledger as the first start of a station makes it."""
    with tempfile.TemporaryDirectory() as folder:
        Ledger(Path(folder)).close()
        return (Path(folder) / FILE).read_bytes()


def lay_empty_ledger(folder: Path) -> None:
    """Put an empty ledger into the ``folder`` of a station that never had one."""
    file = folder / FILE
    if not (file.exists() or file.with_suffix(".lock").exists()):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_bytes(_empty())
