"""A scanner in serial mode, in its continuous mode: what is held before it is read again and again."""

from devices.codecs.codes import LIMIT, build
from devices.session import Say
from devices.simulators.acts import ShowCode
from devices.simulators.stage import Simulator, Wait, order

HELD_SECONDS = 0.5
AWAY_SECONDS = 3.0
SCENARIOS = (
    "default",
    "held",
    "shown_again",
    "too_long",
    "not_text",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


def simulator(speed: float) -> Simulator:
    """The scanner. It takes no time of its own that ``speed`` could divide."""
    del speed
    while True:
        got = yield from order()
        if not isinstance(got.act, ShowCode):
            continue
        line = build(got.act.text)
        if "too_long" in got.faults:
            line = build(got.act.text * LIMIT)
        if "not_text" in got.faults:
            line = b"\xff\x1b" + line
        yield Say(line)
        if "held" in got.faults:
            for _ in range(5):
                yield Wait(HELD_SECONDS)
                yield Say(line)
        if "shown_again" in got.faults:
            yield Wait(AWAY_SECONDS)
            yield Say(line)
