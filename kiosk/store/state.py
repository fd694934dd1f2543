"""Where an envelope of the ledger stands. What its row holds is told by the migrations."""

from enum import StrEnum


class State(StrEnum):
    """Where an envelope stands. Only ``DONE`` is ever purged; ``SHELF`` waits for staff to say whose."""

    DRAFT = "draft"
    GUEST = "guest"
    SHELF = "shelf"
    WAITING = "waiting"
    DONE = "done"
