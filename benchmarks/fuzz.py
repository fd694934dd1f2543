"""A million damaged frames for each family of framers: no exception, no growing memory, and in step again.

The frames are those that the simulators say in their scenarios, with bits flipped, heads and tails lost, runs
of NUL and junk in them, doubled, or random altogether; cut into any pieces, with silences and commands in
between. They go through framer and driver as on a port, on a clock that jumps. What must never happen ends
the run.
"""

import os
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.measure import Figure
from benchmarks.spoken import BODY, Conversation, spoken
from devices.catalogue import model_of
from devices.framing import NOISE_PIECE, Frame
from devices.model import Model
from devices.reading import Card, Code, Reading
from devices.session import Session, Start, Zero
from devices.simulators.acts import InsertSample
from devices.simulators.samples import samples

FRAMES = int(os.environ.get("KANGYI_FUZZ_FRAMES", "1000000"))
"""Of each family; a smaller number while something is tried."""

FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("text of fixed width", ("shanghe-sh",)),
    ("ESC packets", ("pelstar-esc", "pelstar-live")),
    ("binary packets", ("pelstar-binary",)),
    (
        "lines",
        ("omron-hbp9030", "omron-hbp9020", "grip-line", "sma", "mt-sics", "and-scale", "qr-serial"),
    ),
    ("lines in braces", ("tanita", "tanita-pc")),
    ("label lines", ("cardiochek",)),
    ("STX, ETX, checksum", ("terumo",)),
    ("STX, RS, ETX", ("and-tm2655",)),
    ("ASTM E1381", ("astm-lis",)),
    ("head and length", ("bcm-h10",)),
    ("head, long length", ("sam-idcard",)),
    ("length and its sum", ("pn532",)),
    ("begin, length, end", ("curo-l7", "codefree")),
    ("eight bytes", ("taidoc",)),
    ("five bytes", ("nonin-7",)),
    ("four bytes", ("nonin-8",)),
)
HOLDS = {"astm-lis": 64_000, "sam-idcard": 4096}
"""Most bytes a family holds by its own document; of all others under a line of 2048 and a piece of noise."""

_USUAL = 2048 + NOISE_PIECE
_BATCH = 64
_STEP = 3200
"""Frames from one time that it must be in step to the next."""


@dataclass(slots=True)
class Outcome:
    """What a run saw. ``held``: the most bytes that were pending at once."""

    frames: int = 0
    told: int = 0
    held: int = 0
    resynchronised: int = 0


def run() -> Iterator[Figure]:
    """One figure a family; raises SystemExit where a promise is broken."""
    for place, (family, slugs) in enumerate(FAMILIES):
        seen = Outcome()
        begun = time.perf_counter()
        before = None
        for slug in slugs:
            fuzz(model_of(slug), max(1, FRAMES // 20 // len(slugs)), place, seen)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for slug in slugs:
            fuzz(model_of(slug), -(-FRAMES // len(slugs)), place + 100, seen)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        limit = max(HOLDS.get(slug, _USUAL) for slug in slugs)
        if grown > 16_384:
            raise SystemExit(f"{family}: memory grew by {grown} kB; there is no figure.")
        rate = seen.frames / (time.perf_counter() - begun)
        yield Figure(
            f"fuzz {family}",
            f"{seen.frames:,} frames, {rate:,.0f}/s, held {seen.held} bytes, memory +{grown} kB, "
            f"in step again {seen.resynchronised} of {seen.resynchronised}",
            f"its limit, {limit:,} bytes held",
            limit / max(1, seen.held),
        )


def fuzz(model: Model, frames: int, seed: int, seen: Outcome) -> None:
    """So many damaged frames to one driver. Raises SystemExit where it is not what was promised."""
    rng = random.Random(seed)  # noqa: S311 - the same damage in every run
    pool = [(data, _frames(model, data)) for name in model.scenarios for data in spoken(model, name)]
    session = Session(model.driver, model.framer)
    now = 0.0
    session.start(now)
    look = 0
    end = seen.frames + frames
    while seen.frames < end:
        drawn = rng.choices(pool, k=_BATCH)
        seen.frames += sum(count for _, count in drawn)
        spoilt = b"".join(damaged(rng, data) for data, _ in drawn)
        for piece in _pieces(rng, spoilt):
            now += rng.random() / 10
            seen.told += len(session.receive(piece, now))
            seen.held = max(seen.held, session.holding)
        if session.holding > HOLDS.get(model.slug, _USUAL):
            raise SystemExit(f"{model.slug} holds {session.holding} bytes; there is no figure.")
        if rng.random() < 0.1:
            session.command(Start(BODY) if model.can.start else Zero(), now)
            now = _silence(session, now, rng.random() * 60)
        if seen.frames >= look:
            look = seen.frames + _STEP
            now = _silence(session, now, 400.0)
            now = _in_step(model, session, now, seen.resynchronised)
            seen.resynchronised += 1


def _frames(model: Model, data: bytes) -> int:
    """How many frames an instrument says at once; one where the bytes are only a part of one."""
    framer = model.framer()
    return max(1, sum(isinstance(heard, Frame) for heard in (*framer.feed(data), *framer.feed(b"\r\n"))))


def damaged(rng: random.Random, data: bytes) -> bytes:
    """The bytes with one damage of the nine, the first of which is none."""
    place = rng.randrange(len(data))
    match rng.randrange(9):
        case 0:
            return data
        case 1:
            return data[:place] + bytes((data[place] ^ (1 << rng.randrange(8)),)) + data[place + 1 :]
        case 2:
            return data[:place]
        case 3:
            return data[place:]
        case 4:
            return data + data
        case 5:
            return data[:place] + rng.randbytes(rng.randrange(1, 12)) + data[place:]
        case 6:
            return data[:place] + bytes(rng.randrange(1, 40)) + data[place:]
        case 7:
            return data[:place] + data[place + 1 :]
    return rng.randbytes(rng.randrange(1, 64))


def _pieces(rng: random.Random, data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        size = rng.choice((1, 3, 16, 64, 255, 4096))
        yield data[start : start + size]
        start += size


def _silence(session: Session, now: float, seconds: float) -> float:
    """Lets time pass, with every deadline in it."""
    until = now + seconds
    for _ in range(4000):
        due = session.deadline
        if due is None or due > until:
            break
        now = max(now, due)
        session.tick(now)
    return until


def _in_step(model: Model, session: Session, now: float, turn: int) -> float:
    """Behind all that damage and a silence, a sound instrument is heard."""
    wire = Conversation(model, session, now)
    act = samples(model.role)[0][0]
    if isinstance(act, InsertSample):  # no two alike, or a meter would take the second for a record it knows
        lipid, glucose = 1 + Decimal(turn % 250) / 50, 1 + Decimal(turn % 250) / 16
        tests = ((act.tc, lipid), (act.hdl, lipid), (act.tg, lipid), (act.ldl, lipid), (act.glucose, glucose))
        act = InsertSample(act.specimen, *(None if was is None else now_is for was, now_is in tests))
    wire.play(act)
    if not any(isinstance(what, Reading | Card | Code) for what in wire.told):
        raise SystemExit(
            f"{model.slug} does not hear a sound instrument behind damaged frames; there is no figure."
        )
    return wire.now
