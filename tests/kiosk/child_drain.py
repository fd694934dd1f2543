"""A child process that empties a station's ledger under a clock of its own, for a parent that kills it.

FOLDER URL CLOCK: ``CLOCK`` is so many hours off, or the year 1970. It keeps one more visit, prints its id,
and says ``drained`` once the clinic has everything.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from msgspec.structs import replace

from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.courier.courier import Courier
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.enrolment import membership
from kiosk.jobs import Count, KeepSealed
from kiosk.sealing import Seal
from kiosk.stationtime import StationTime
from tests.kiosk.station import record

patience.FIRST_S, patience.CAP_S, courier_module.LOOK_S = 0.02, 0.1, 0.1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(folder: Path, url: str, clock: str) -> None:
    now = datetime.now(UTC)
    off = datetime(1970, 1, 1, tzinfo=UTC) - now if clock == "1970" else timedelta(hours=float(clock))
    station_time = StationTime(uuid4(), wall=lambda: datetime.now(UTC) + off)
    belongs = membership(folder, DayKey(station_time.boot, None))
    assert belongs is not None
    seal = Seal(belongs.identity, belongs.day, station_time.now, "Asia/Shanghai")
    desk = Desk(folder, seal, station_time.now, lambda _: None)
    desk.start()
    one = record()
    one = replace(one, visit=replace(one.visit, demo=True))
    desk.submit(KeepSealed(one, shares=True)).result(60)
    _say(str(one.visit.id))
    courier = Courier(desk, url, lambda _: None)
    courier.start()
    while desk.submit(Count()).result(60).counts.waiting:
        time.sleep(0.01)
    _say("drained")
    courier.stop()
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
