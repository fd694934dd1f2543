"""An SD Biosensor meter: a strip is measured, then it is switched on at the cable and says its memory.

Without an answer within two seconds it falls silent until it is switched on again.
"""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta

import msgspec

from devices.codecs.sd_meter import (
    ACCEPT,
    BYE,
    GREETING,
    NEXT,
    Dialect,
    Measured,
    count_message,
)
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Order, Simulator, Wait, order

ACCEPT_SECONDS = 2.0
NEXT_SECONDS = 5.0
PAUSE_SECONDS = 0.2
"""Between two times of being switched on."""

SCENARIOS = (
    "default",
    "bad_checksum",
    "switched_on_twice",
    "read_again",
    "older_records",
    "clock_behind",
    "no_record",
    "bad_date",
    "out_of_range",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)

Take = Callable[[InsertSample, frozenset[str], datetime], Measured]
Saying = Generator[Say | Wait, Order | bytes | None, None]


class SdMeter(msgspec.Struct):
    """One model: how it talks, what it makes of a sample, how it writes that, how long a strip takes."""

    dialect: Dialect
    take: Take
    build: Callable[[Measured], bytes]
    seconds: float
    memory: list[bytes] = msgspec.field(default_factory=list)

    def run(self, speed: float) -> Simulator:
        """``speed`` divides the time of a strip."""
        while True:
            got = yield from order()
            if not isinstance(got.act, InsertSample):
                continue
            yield Wait(self.seconds / speed)
            self._remember(got.act, got.faults)
            if "switched_on_twice" in got.faults:
                yield from self._switch_on(got.faults, records=1)
                yield Wait(PAUSE_SECONDS)
            yield from self._switch_on(got.faults)
            if "read_again" in got.faults:
                yield Wait(PAUSE_SECONDS)
                yield from self._switch_on(got.faults)

    def _remember(self, act: InsertSample, faults: frozenset[str]) -> None:
        now = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - the meter's own clock
        taken = now - timedelta(hours=12) if "clock_behind" in faults else now
        if "older_records" in faults:
            times = (taken - timedelta(days=days) for days in (1, 2))
            self.memory += [self.build(self.take(act, faults, time)) for time in times]
        if "no_record" not in faults:
            record = self.build(self.take(act, faults, taken))
            self.memory.insert(0, record[:3] + b"\x0d" + record[4:] if "bad_date" in faults else record)

    def _switch_on(self, faults: frozenset[str], records: int | None = None) -> Saying:
        """Greeting to goodbye, or until it has said so many records and is switched off."""
        said = self.dialect.meter
        yield Say(b"\x00")
        yield Say(self.dialect.say(GREETING, said))
        if (yield Wait(ACCEPT_SECONDS, data=True)) != self.dialect.say(ACCEPT):
            return
        yield Say(self.dialect.say(count_message(len(self.memory)), said))
        for record in self.memory[:records]:
            if (yield Wait(NEXT_SECONDS, data=True)) != self.dialect.say(NEXT):
                return
            frame = self.dialect.say(record, said)
            yield Say(frame[:-2] + bytes((frame[-2] ^ 1, frame[-1])) if "bad_checksum" in faults else frame)
        if records is None and (yield Wait(NEXT_SECONDS, data=True)) == self.dialect.say(NEXT):
            yield Say(self.dialect.say(BYE, said))
