"""A lipid analyser as an E1381 sender: runs the sample, then ENQ, frames, EOT, with the standard's retries.

It takes orders meanwhile, and asks for them first where that is its way.

``speed`` divides the run, never a protocol time.
Source: LIS01-A2 6.3-6.6; the message is LIS02-A2.
"""

from collections.abc import Callable, Generator
from datetime import datetime
from decimal import Decimal

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, TEXT_BYTES, Block, blocks, build
from devices.codecs.astm_orders import query
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.astm_listening import Ear
from devices.simulators.stage import Order, Simulator, Wait

RUN_SECONDS = 110.0
REPLY_SECONDS = 15.0
BUSY_SECONDS = 10.0
CONTENTION_SECONDS = 1.0
TRIES = 6
ANSWER_SECONDS = 20.0
"""From a query to the answer, longest."""

AGAIN_SECONDS = 10.0
"""After a message was given up, until it is tried once more."""

SCENARIOS = (
    "default",
    "bad_checksum",
    "nak_once",
    "duplicate_frame",
    "etb_split",
    "off_scale",
    "qc_sample",
    "unknown_code",
    "preliminary",
    "out_of_range",
    "wrong_unit",
    "eot_early",
    "six_refusals",
    "full_frames",
    "packed",
    "backtick",
    "asks_first",
    "contention",
    "host_refused_once",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_SPLIT_TEXT = 20
_REMARK = "-".join(f"{number:03}" for number in range(90))
"""Longer than a frame: with it the record fills one of 247 bytes and goes on in the next."""

_ASKING = {"asks_first", "contention", "host_refused_once"}
_LARGEST_FIELD = Decimal("0.01")

Sending = Generator[Say | Wait, Order | bytes | None, bool]


def analyser(run_seconds: float = RUN_SECONDS) -> Callable[[float], Simulator]:
    """An analyser whose run takes so long at speed 1."""

    def simulator(speed: float) -> Simulator:
        ear = Ear()
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, bytes):
                yield from ear.hear(got)
            elif isinstance(got, Order) and isinstance(got.act, InsertSample):
                if got.faults & _ASKING:
                    yield from _ask(ear, got.act.specimen, got.faults)
                yield from _listen(ear, run_seconds / speed)
                yield from _report(got.act, got.faults, ear)

    return simulator


def _listen(ear: Ear, seconds: float) -> Simulator:
    """So many seconds, in which a host may bid."""
    keep = False
    while True:
        got = yield Wait(seconds, data=True, keep=keep)
        keep = True
        if got is None:
            return
        if isinstance(got, bytes):
            yield from ear.hear(got)
            keep = False  # a host that was heard puts the run's end off; it is an instrument with one hand


def _ask(ear: Ear, specimen: str, faults: frozenset[str]) -> Simulator:
    """What does this specimen want? The answer, or 20 s without one."""
    ear.busy = 1 if "host_refused_once" in faults else 0
    yield from _send(query(specimen), frozenset())
    got = yield Wait(ANSWER_SECONDS, data=True)
    if "contention" in faults and isinstance(got, bytes) and ENQ in got:
        yield Say(ENQ)
        yield Wait(CONTENTION_SECONDS)
        yield from _send(query(specimen), frozenset())
        got = yield Wait(ANSWER_SECONDS, data=True)
    while isinstance(got, bytes) and not ear.answers:
        yield from ear.hear(got)
        if not ear.answers:
            got = yield Wait(ANSWER_SECONDS, data=True)


def _report(act: InsertSample, faults: frozenset[str], ear: Ear) -> Simulator:
    """Only what was ordered for this specimen, or everything where nothing was."""
    codes = ear.orders.pop(act.specimen, ())
    records = message(act, faults, datetime.now(), codes)  # noqa: DTZ005 - the instrument's civil time
    while not (yield from _send(records, faults)):
        faults -= {"six_refusals"}
        yield Wait(AGAIN_SECONDS)


simulator = analyser()
"""The analyser with its usual run of 110 s."""


def message(
    act: InsertSample, faults: frozenset[str], done: datetime, codes: tuple[str, ...] = ()
) -> tuple[bytes, ...]:
    """The records of one sample, each ended by CR; of these ``codes`` alone where there are any."""
    stamp = f"{done:%Y%m%d%H%M%S}"
    processing = "Q" if "qc_sample" in faults else "P"
    lines = [
        f"H|\\^&|||LIPID-SIM^SN0001^1.0|||||KIOSK||{processing}|LIS2-A2|{stamp}",
        "P|1",
        f"O|1|{act.specimen}||^^^LIPID|R|{stamp}|||||||||S",
    ]
    for place, (code, value) in enumerate(_results(act, faults, codes), start=1):
        unit = "mg/dL" if "wrong_unit" in faults else "mmol/L"
        status = "P" if "preliminary" in faults else "F"
        lines.append(f"R|{place}|^^^{code}|{value}|{unit}||N||{status}|||{stamp}|{stamp}|SN0001")
        if "full_frames" in faults:
            lines.append(f"C|1|I|{_REMARK}|G")
    lines.append("L|1|N")
    if "backtick" in faults:
        lines = [line.replace("\\", "`") for line in lines]
    records = tuple(f"{line}\r".encode("latin-1") for line in lines)
    return (b"".join(records),) if "packed" in faults else records


def _results(act: InsertSample, faults: frozenset[str], codes: tuple[str, ...]) -> list[tuple[str, str]]:
    measured = (("TC", act.tc), ("TG", act.tg), ("HDL", act.hdl), ("LDL", act.ldl), ("GLU", act.glucose))
    said = [
        (code, str(value.quantize(_LARGEST_FIELD, rounding="ROUND_HALF_UP")))
        for code, value in measured
        if value is not None and (code in codes or not codes)
    ]
    if "off_scale" in faults:
        said = [(code, "<2.59" if code == "TC" else value) for code, value in said]
    if "out_of_range" in faults:
        said = [(code, "52.00" if code == "TC" else value) for code, value in said]
    if "unknown_code" in faults:
        said.append(("XYZ9", "1.00"))
    return said


def _send(records: tuple[bytes, ...], faults: frozenset[str]) -> Sending:
    if not (yield from _establish()):
        return False
    sent = blocks(records, _SPLIT_TEXT if "etb_split" in faults else TEXT_BYTES)
    for place, block in enumerate(sent):
        if "eot_early" in faults and place == len(sent) - 1:
            break
        if not (yield from _deliver(block, _slips(faults, place))):
            yield Say(EOT)
            return False
    yield Say(EOT)
    return True


def _slips(faults: frozenset[str], place: int) -> frozenset[str]:
    """Faults that the third frame meets."""
    return faults if place == 2 else frozenset()


def _establish() -> Sending:
    yield Say(ENQ)
    while True:
        reply = yield from _reply()
        if reply == ACK:
            return True
        if reply is None:
            yield Say(EOT)
            return False
        yield Wait(CONTENTION_SECONDS if reply == ENQ else BUSY_SECONDS)
        yield Say(ENQ)


def _deliver(block: Block, slips: frozenset[str]) -> Sending:
    """One frame, up to six times. False: given up."""
    frame = build(block)
    refused = 0
    slipped = bool(slips & {"bad_checksum", "nak_once", "six_refusals"})
    if "duplicate_frame" in slips:
        yield Say(frame)
        yield from _reply()
    while refused < TRIES:
        yield Say(_spoiled(frame, slips) if slipped else frame)
        slipped = "six_refusals" in slips
        reply = yield from _reply()
        if reply is None:
            return False
        if reply != NAK:
            return True
        refused += 1
    return False


def _spoiled(frame: bytes, slips: frozenset[str]) -> bytes:
    """A wrong checksum, or one bit of the text flipped on the wire."""
    if "nak_once" not in slips:
        return frame[:-4] + (b"00" if frame[-4:-2] != b"00" else b"01") + frame[-2:]
    return frame[:5] + bytes((frame[5] ^ 0x01,)) + frame[6:]


def _reply() -> Generator[Say | Wait, Order | bytes | None, bytes | None]:
    """The host's next ACK, NAK, EOT or ENQ; None after 15 s."""
    while True:
        got = yield Wait(REPLY_SECONDS, data=True)
        if not isinstance(got, bytes):
            return None
        if got[-1:] in (ACK, NAK, EOT, ENQ):
            return got[-1:]
