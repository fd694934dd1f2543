"""What the ledger asks and changes of its envelopes. Values are given by name, never in the text."""

NEWEST = "SELECT sequence, state FROM envelope WHERE visit = :visit ORDER BY sequence DESC LIMIT 1"
UNANSWERED = "DELETE FROM envelope WHERE id = :id AND state = :state AND status IS NULL"
RESUMABLE = """
    SELECT body FROM envelope WHERE state = :state AND boot = :boot AND monotonic_ms > :since
    ORDER BY monotonic_ms DESC
"""
# Of another boot, or not younger than ``since``: it cannot be opened, or not be resumed, any more.
WORN_GUESTS = "DELETE FROM envelope WHERE state = :guest AND (boot <> :boot OR monotonic_ms <= :since)"
WORN_DRAFTS = """
    UPDATE envelope SET state = :waiting WHERE state = :draft AND (boot <> :boot OR monotonic_ms <= :since)
"""
PROMOTE = "UPDATE envelope SET state = :waiting WHERE visit = :visit AND state = :draft"
DELETE = "DELETE FROM envelope WHERE visit = :visit AND state = :state"
OF_TODAY = """
    SELECT body, state, status FROM envelope
    WHERE visit IS NOT NULL AND (:visit IS NULL OR visit = :visit) AND lane <> :alarm
        AND state IN (:waiting, :done) AND boot = :boot AND monotonic_ms > :since
    ORDER BY sequence
"""
NEXT = """
    SELECT id, visit, body FROM envelope
    WHERE state = :state AND id NOT IN (SELECT value FROM json_each(:besides))
    ORDER BY lane, sequence LIMIT :limit
"""
ERASED = "DELETE FROM envelope WHERE id = :id AND state = :waiting"
ANSWERED = """
    UPDATE envelope SET status = :status, detail = :detail, tries = tries + 1, state = :state, done_at = :at
    WHERE id = :id AND state = :waiting
"""
NEVER_SENT = "SELECT body FROM envelope WHERE state IN (:draft, :waiting, :shelf) AND tries = 0"
PURGE = """
    DELETE FROM envelope
    WHERE state = :done AND (done_at < :before OR (lane = :report AND done_at < :lately))
"""
LAST_TAKEN = "SELECT max(done_at) FROM envelope WHERE state = :done"
AGAIN = """
    UPDATE envelope SET state = :waiting, status = NULL, detail = '', done_at = NULL WHERE state = :done
"""
