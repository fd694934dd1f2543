"""Scales that repeat themselves without a checksum: what a damaged line says is never said three times."""

import pytest

from devices.catalogue import CATALOGUE, model_of
from devices.drivers.weighing import REPEATED
from devices.model import Model
from devices.reading import Reading
from devices.session import Session, Tell, Told, Working
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.samples import samples
from tests.devices.pair import Pair

REPEATING = [model for model in CATALOGUE if model.weighs.repeats]
AFTER = 8.0
"""Seconds after stepping on: the weight is settled and was said a few times."""
LONG = 20
"""Bytes from which on only some of a frame's bits are flipped."""


def taken(told: list[Told]) -> list[str]:
    """The weights that a listener takes who waits until they were repeated."""
    last, found = "", []
    for what in told:
        if isinstance(what, Reading) and what.stable is not False:
            last = str(what.value)
        elif what == Working(REPEATED):
            found.append(last)
    return found


def heard(model: Model, pieces: list[bytes], every: float = 0.25) -> list[Told]:
    """What is told of these pieces, ``every`` so many seconds."""
    session = Session(model.driver, model.framer)
    steps = list(session.start(0.0))
    for number, piece in enumerate(pieces, start=1):
        steps += session.receive(piece, number * every)
    return [step.what for step in steps if isinstance(step, Tell)]


def said(model: Model) -> list[bytes]:
    """What it says of one person, piece by piece, as far as ``AFTER``."""
    pair = Pair(model)
    pair.act(next(act for act, _ in samples(model.role) if isinstance(act, StepOn)))
    pair.run(AFTER)
    return list(pair.wire)


@pytest.mark.parametrize("model", REPEATING, ids=lambda model: model.slug)
def test_a_settled_weight_is_told_to_be_repeated_once_while_she_stands(model: Model) -> None:
    pair = Pair(model)
    for act, seconds in samples(model.role):
        if isinstance(act, StepOn | StepOff):
            pair.act(act)
            pair.run(max(seconds, AFTER))
    assert len(set(taken(list(pair.whats())))) == 1


@pytest.mark.parametrize("model", REPEATING, ids=lambda model: model.slug)
def test_no_flipped_bit_anywhere_makes_another_weight_that_is_repeated(model: Model) -> None:
    pieces = said(model)
    true = set(taken(heard(model, pieces)))
    assert len(true) == 1
    last = len(pieces) - 1
    for number in {last, last - 1, last - 2, last - 3, 0}:
        for bit in range(len(pieces[number]) * 8):
            piece = bytearray(pieces[number])
            piece[bit // 8] ^= 1 << bit % 8
            flipped = [*pieces[:number], bytes(piece), *pieces[number + 1 :]]
            assert set(taken(heard(model, flipped))) <= true


def test_a_line_printed_by_the_key_counts_because_there_is_nothing_to_compare_it_with() -> None:
    session = Session(model_of("and-scale").driver, model_of("and-scale").framer)
    steps = [*session.start(0.0), *session.receive(b"ST,+0051.30 kg\r\n", 1.0), *session.tick(4.0)]
    assert taken([step.what for step in steps if isinstance(step, Tell)]) == ["51.30"]


def settled(told: list[Told]) -> list[tuple[str, str, str]]:
    """What is told as settled, or without a word on it."""
    readings = [what for what in told if isinstance(what, Reading) and what.stable is not False]
    return [(one.kind.value, str(one.value), one.unit) for one in readings]


@pytest.mark.parametrize("slug", ["pelstar-live", "pelstar-binary", "nonin-8"])
def test_one_damaged_frame_of_a_stream_is_never_told_as_settled(slug: str) -> None:
    model = model_of(slug)
    pair = Pair(model)
    pair.act(samples(model.role)[0][0])
    pair.run(12.0)
    pieces = list(pair.wire)
    true = set(settled(heard(model, pieces, every=1.0)))
    assert true
    for number, piece in enumerate(pieces):
        for bit in range(0, len(piece) * 8, 1 if len(piece) < LONG else 7):
            flipped = bytearray(piece)
            flipped[bit // 8] ^= 1 << bit % 8
            damaged = [*pieces[:number], bytes(flipped), *pieces[number + 1 :]]
            assert set(settled(heard(model, damaged, every=1.0))) <= true
