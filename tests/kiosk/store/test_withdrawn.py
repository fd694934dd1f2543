"""A visit so far that shall leave nothing is gone from the disk; what is sealed never is."""

from pathlib import Path

from health.ids import new_id
from kiosk.store.ledger import FILE, Ledger
from tests.kiosk.station import HeldTime, record, seal_of, so_far


def test_a_draft_that_is_withdrawn_never_goes_out_and_is_overwritten(tmp_path: Path) -> None:
    time, visit = HeldTime(), new_id()
    seal, ledger = seal_of(time), Ledger(tmp_path)
    ledger.keep_draft(seal.visit(so_far(record(visit)), ledger.next_sequence()))
    secret = ledger._db.execute("SELECT body FROM envelope").fetchone()[0]
    assert secret[-40:] in (tmp_path / FILE).read_bytes()
    ledger.withdraw(visit)
    assert secret[-40:] not in (tmp_path / FILE).read_bytes()
    time.go_on(hours=1)
    assert ledger.promote_drafts(time.boot, time.monotonic_ms) == 0
    assert (ledger.counts().drafts, ledger.counts().waiting) == (0, 0)
    ledger.close()


def test_what_is_sealed_is_not_withdrawn(tmp_path: Path) -> None:
    visit = new_id()
    seal, ledger = seal_of(HeldTime()), Ledger(tmp_path)
    ledger.keep(seal.visit(record(visit), ledger.next_sequence()))
    ledger.withdraw(visit)
    assert ledger.counts().waiting == 1
    ledger.close()
