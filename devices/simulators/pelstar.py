"""A Health o meter Pro scale ("E" serial): silent until the weight locks, then a packet a second.

It goes on until step-off. By default H is 0, as nobody has used the rod or the keys.
"""

from decimal import Decimal

from devices.codecs.load import KG_PER_LB
from devices.codecs.pelstar import Packet, build
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait, order

LOCK_SECONDS = 3.0
"""From stepping on to the locked weight; the manuals say two to four."""

SWAYING_SECONDS = 20.0
"""How much longer somebody takes who does not stand still."""

REPEAT_SECONDS = 1.0
FAST_SECONDS = 0.3
"""A 600KL says a few packets a second."""

HOLD_SECONDS = 3.0
"""How long HOLD stops the packets of somebody who stands there."""

RECALL_SECONDS = 4.0
"""From the last packet of a stream to the recalled one: long enough that the stream has stopped."""

SCENARIOS = (
    "default",
    "with_height",
    "repeats",
    "six_r_first",
    "model_498kl",
    "model_597kl",
    "model_600kl",
    "hold",
    "unit_key",
    "recall",
    "wrong_unit",
    "out_of_range",
    "garbage_height",
    "unsteady",
    "slow",
    "wrong_speed",
    "one_byte",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time it takes to lock."""
    while True:
        got = yield from order()
        if not isinstance(got.act, StepOn):
            continue
        packet = _packet(got.act, got.faults)
        swaying = SWAYING_SECONDS if "unsteady" in got.faults else 0.0
        off = yield Wait((LOCK_SECONDS + swaying) / speed, acts=True)
        if _stepped_off(off):
            continue
        yield from _stream(packet, got.faults)
        if "recall" in got.faults:
            yield Wait(RECALL_SECONDS)
            yield Say(build(packet))


def _stream(packet: Packet, faults: frozenset[str]) -> Simulator:
    first = packet
    yield Say(_said(packet, faults, first=True))
    if "hold" in faults:
        held = yield Wait(HOLD_SECONDS, acts=True)
        if _stepped_off(held):
            return
    while True:
        got = yield Wait(FAST_SECONDS if "model_600kl" in faults else REPEAT_SECONDS, acts=True)
        if _stepped_off(got):
            return
        if "unit_key" in faults:
            packet = first if packet is not first else _in_pounds(first)
        yield Say(_said(packet, faults))


def _said(packet: Packet, faults: frozenset[str], *, first: bool = False) -> bytes:
    decimals = 2 if "model_498kl" in faults else 1
    tare = not faults & {"model_498kl", "model_597kl", "model_600kl"}
    odd = first and "six_r_first" in faults
    return build(packet, odd_begin=odd, decimals=decimals, tare=tare)


def _in_pounds(packet: Packet) -> Packet:
    return Packet((packet.weight or Decimal(0)) / KG_PER_LB, None, metric=False)


def _stepped_off(got: Order | bytes | None) -> bool:
    return isinstance(got, Order) and isinstance(got.act, StepOff)


def _packet(act: StepOn, faults: frozenset[str]) -> Packet:
    weight: Decimal = act.weight
    if "out_of_range" in faults:
        weight = Decimal("412.5")
    if "wrong_unit" in faults:
        return _in_pounds(Packet(weight, None, metric=True))
    if "garbage_height" in faults:
        return Packet(weight, Decimal("17.2"), metric=True)
    return Packet(weight, act.height if faults & {"with_height", "model_600kl"} else None, metric=True)
