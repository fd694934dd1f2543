"""A lipid analyser as an E1381 sender: runs the sample, then ENQ, frames, EOT, with the standard's retries.

``speed`` divides the run, never a protocol time.
Source: LIS01-A2 6.3-6.6; the message is LIS02-A2.
"""

from collections.abc import Callable, Generator
from datetime import datetime
from decimal import Decimal

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, TEXT_BYTES, Block, blocks, build
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Order, Simulator, Wait, order

RUN_SECONDS = 110.0
REPLY_SECONDS = 15.0
BUSY_SECONDS = 10.0
CONTENTION_SECONDS = 1.0
TRIES = 6
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
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_SPLIT_TEXT = 20
_LARGEST_FIELD = Decimal("0.01")

Sending = Generator[Say | Wait, Order | bytes | None, bool]


def analyser(run_seconds: float = RUN_SECONDS) -> Callable[[float], Simulator]:
    """An analyser whose run takes so long at speed 1."""

    def simulator(speed: float) -> Simulator:
        while True:
            got = yield from order()
            if not isinstance(got.act, InsertSample):
                continue
            yield Wait(run_seconds / speed)
            records = message(got.act, got.faults, datetime.now())  # noqa: DTZ005 - the instrument's civil time
            while not (yield from _send(records, got.faults)):
                yield Wait(AGAIN_SECONDS)

    return simulator


simulator = analyser()
"""The analyser with its usual run of 110 s."""


def message(act: InsertSample, faults: frozenset[str], done: datetime) -> tuple[bytes, ...]:
    """The records of one sample, each ended by CR."""
    stamp = f"{done:%Y%m%d%H%M%S}"
    processing = "Q" if "qc_sample" in faults else "P"
    lines = [
        f"H|\\^&|||LIPID-SIM^SN0001^1.0|||||KIOSK||{processing}|LIS2-A2|{stamp}",
        "P|1",
        f"O|1|{act.specimen}||^^^LIPID|R|{stamp}|||||||||S",
    ]
    for place, (code, value) in enumerate(_results(act, faults), start=1):
        unit = "mg/dL" if "wrong_unit" in faults else "mmol/L"
        status = "P" if "preliminary" in faults else "F"
        lines.append(f"R|{place}|^^^{code}|{value}|{unit}||N||{status}|||{stamp}|{stamp}|SN0001")
    lines.append("L|1|N")
    return tuple(f"{line}\r".encode("latin-1") for line in lines)


def _results(act: InsertSample, faults: frozenset[str]) -> list[tuple[str, str]]:
    measured = (("TC", act.tc), ("TG", act.tg), ("HDL", act.hdl), ("LDL", act.ldl), ("GLU", act.glucose))
    said = [
        (code, str(value.quantize(_LARGEST_FIELD, rounding="ROUND_HALF_UP")))
        for code, value in measured
        if value is not None
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
    """Faults that the third frame meets, once."""
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
    slipped = bool(slips & {"bad_checksum", "nak_once"})
    if "duplicate_frame" in slips:
        yield Say(frame)
        yield from _reply()
    while refused < TRIES:
        yield Say(_spoiled(frame, slips) if slipped else frame)
        slipped = False
        reply = yield from _reply()
        if reply is None:
            return False
        if reply != NAK:
            return True
        refused += 1
    return False


def _spoiled(frame: bytes, slips: frozenset[str]) -> bytes:
    """A wrong checksum, or one bit of the text flipped on the wire."""
    if "bad_checksum" in slips:
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
