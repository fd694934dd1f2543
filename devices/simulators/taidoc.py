"""A TaiDoc TD-42xx in its cradle: answers every question, deaf while a strip is in it."""

from datetime import datetime, timedelta

import msgspec

from devices.codecs.blood import as_mg_dl
from devices.codecs.taidoc import (
    CLOCK,
    COUNT,
    FRAME_BYTES,
    METER,
    TIME,
    VALUE,
    Reply,
    build,
    four_bytes,
    request,
)
from devices.reading import Quantity
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Order, Simulator, Wait

STRIP_SECONDS = 5.0
"""A glucose strip; not documented, as such meters take."""

SCENARIOS = (
    "default",
    "bad_checksum",
    "old_record",
    "clock_behind",
    "no_record",
    "bad_date",
    "out_of_range",
    "slow",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


class _Meter(msgspec.Struct):
    records: list[tuple[datetime, int]] = msgspec.field(default_factory=list)
    faults: frozenset[str] = frozenset()

    def run(self, speed: float) -> Simulator:
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order) and isinstance(got.act, InsertSample):
                yield Wait(STRIP_SECONDS / speed)
                self._measure(got.act, got.faults)
            elif isinstance(got, bytes) and got == request(got[1] if len(got) == FRAME_BYTES else 0):
                yield Say(self._reply(got[1]))

    def _measure(self, act: InsertSample, faults: frozenset[str]) -> None:
        self.faults = faults
        if act.glucose is None or "no_record" in faults:
            return
        value = 5 if "out_of_range" in faults else int(as_mg_dl(Quantity.GLUCOSE, act.glucose))
        taken = self._clock() - timedelta(days=1 if "old_record" in faults else 0)
        self.records.insert(0, (taken, value))

    def _clock(self) -> datetime:
        now = datetime.now()  # noqa: DTZ005 - the meter's own clock, which knows no zone
        return now - timedelta(hours=12) if "clock_behind" in self.faults else now

    def _reply(self, command: int) -> bytes:
        data = bytes(4)
        if command == COUNT:
            data = len(self.records).to_bytes(2, "little") + bytes(2)
        elif command == CLOCK:
            data = four_bytes(self._clock())
        elif command in (TIME, VALUE) and self.records:
            data = self._record(command)
        reply = build(Reply(command, data))
        if command == VALUE and "bad_checksum" in self.faults:
            self.faults -= {"bad_checksum"}
            return reply[:-1] + bytes((reply[-1] ^ METER,))
        return reply

    def _record(self, command: int) -> bytes:
        taken, value = self.records[0]
        if command == VALUE:
            return value.to_bytes(2, "little") + bytes(2)
        return bytes((0, 0, 0, 0)) if "bad_date" in self.faults else four_bytes(taken)


def simulator(speed: float) -> Simulator:
    """The meter with an empty memory. ``speed`` divides the time of a strip."""
    return _Meter().run(speed)
