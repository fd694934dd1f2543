"""A clinic that lost its keys is believed with new ones: a deed of somebody here, and a line in the trail.

Whom a station believes is who can read all it measures from then on, so the line is on the disk before the
key is pinned, and digits that were wrong have one too. It needs the data folder to itself: the kiosk, which
writes the same trail, is stopped meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.reading import Confidential
from health.keys import VerifyKey
from kiosk.alone import alone
from kiosk.read_out import ReadOut
from kiosk.stationtime import Moment, StationTime, boot_id
from kiosk.store.ledger import Ledger
from kiosk.upkeep.audit import DONE, REFUSED
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import note

WHO = "command"
"""Whoever can run a command at the station has the station; the trail says so."""


class _Room(Confidential, msgspec.Struct, frozen=True):
    ledger: Ledger
    now: Callable[[], Moment]


@contextmanager
def by_hand(data: Path, ask: Callable[[], str]) -> Iterator[ReadOut]:
    """How ``enrol`` believes new keys: ``ask`` gives the digits typed, the trail has what came of it.

    Raises ``NotAloneError`` while a kiosk runs in ``data``, ``LedgerError`` where the trail takes no line.
    """
    with alone(data):
        ledger = Ledger(data)
        room = _Room(ledger, StationTime(boot_id()).now)

        def judged(key: VerifyKey, *, right: bool) -> None:
            note(room, WHO, Act.CLINIC_KEY, key.text, DONE if right else REFUSED)

        try:
            yield ReadOut(ask, judged)
        finally:
            ledger.close()
