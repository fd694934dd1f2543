"""Westgard's multirules: what every control run of a series says about the instrument.

Pure and exact: z-scores are fractions, so a value that lies on a limit lies on it. It must not decide
whether the instrument may be used; that is ``devices.control_state``.

A rule is broken at the run that completes it, which is the first moment anybody can know it; the published
tables mark the run a stretch begins with. A value on a limit counts (z of exactly 2 counts for 2_2s, as the
published answers have it); only R_4s needs more than 4 s. Only results after
the latest mending are looked at.
Source: westgard.com "Westgard rules" and "Break all the rules" with its answers (August 2015), read.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from uuid import UUID

import msgspec

from devices.control import Result, Series
from devices.reading import Quantity


class Rule(StrEnum):
    """A control rule by its usual name. ``OFF_SCALE``: the material lay beyond what the instrument reads."""

    W1_2S = "1_2s"
    W1_3S = "1_3s"
    W2_2S = "2_2s"
    R_4S = "r_4s"
    W4_1S = "4_1s"
    W8_X = "8_x"
    W10_X = "10_x"
    OFF_SCALE = "off_scale"


REJECTING = frozenset(Rule) - {Rule.W1_2S}
"""The rules that reject a run; 1_2s only warns. A station may ask fewer of them."""


class Verdict(StrEnum):
    """What a run says: go on, look closer, or stop."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"


class Broken(msgspec.Struct, frozen=True):
    """One rule one run broke. ``material`` is None when several levels of the run break it together."""

    rule: Rule
    material: str | None = None


class Judgement(msgspec.Struct, frozen=True):
    """What one run says about one quantity. ``missing`` names the levels of the lot that were not run."""

    run: UUID
    verdict: Verdict
    broken: tuple[Broken, ...] = ()
    missing: tuple[str, ...] = ()


def z_score(series: Series, result: Result) -> Fraction | None:
    """Return how many SDs ``result`` lies above its mean, exactly; None for an off-scale result."""
    if result.comparator is not None:
        return None
    target = series.lot.target(result.material, result.quantity)
    return (Fraction(result.value) - Fraction(target.mean)) / Fraction(target.sd)


@lru_cache(maxsize=32)  # a lot of half a year is judged anew by every look at it, and seldom changes
def judge(series: Series, quantity: Quantity, rules: frozenset[Rule] = REJECTING) -> tuple[Judgement, ...]:
    """Judge every run of ``series`` for ``quantity``, in order, each by itself and the runs before it.

    ``rules`` are those that reject; a run that breaks none of them but has a value at 2 s or beyond warns.
    A run without that quantity is accepted with every level missing, which is not the same as in control.
    """
    past: dict[str, list[Fraction | None]] = {}
    judged = []
    for run in series.runs:
        if run.action is not None:
            past = {}
        results = [result for result in run.results if result.quantity is quantity]
        for result in results:
            past.setdefault(result.material, []).append(z_score(series, result))
        here = [result.material for result in results]
        broken = tuple(_broken({material: past[material] for material in here}, rules | {Rule.W1_2S}))
        missing = tuple(each for each in series.lot.materials(quantity) if each not in here)
        judged.append(Judgement(run.id, verdict_of(broken), broken, missing))
    return tuple(judged)


def verdict_of(broken: Sequence[Broken]) -> Verdict:
    """Return what the broken rules amount to: 1_2s alone warns, every other rejects."""
    if not broken:
        return Verdict.ACCEPT
    return Verdict.WARN if all(each.rule is Rule.W1_2S for each in broken) else Verdict.REJECT


def _broken(past: dict[str, list[Fraction | None]], rules: frozenset[Rule]) -> Iterator[Broken]:
    for material, scores in past.items():
        for rule in Rule:
            if rule in rules and rule in _WITHIN and _WITHIN[rule](scores):
                yield Broken(rule, material)
    now = [scores[-1] for scores in past.values()]
    known = [z for z in now if z is not None]
    pairs = list(combinations(known, 2))
    if Rule.W2_2S in rules and any(_same_side(pair, 2) for pair in pairs):
        yield Broken(Rule.W2_2S)
    if Rule.R_4S in rules and any(abs(one - other) > 4 for one, other in pairs):
        yield Broken(Rule.R_4S)


def _same_side(scores: Sequence[Fraction], far: int) -> bool:
    return all(z >= far for z in scores) or all(z <= -far for z in scores)


def _last(count: int, far: int) -> Callable[[Sequence[Fraction | None]], bool]:
    """Whether the last ``count`` results of a level lie ``far`` SDs out on one side; 0 means off the mean."""

    def broken(scores: Sequence[Fraction | None]) -> bool:
        known = [z for z in scores[-count:] if z is not None]
        if len(known) < count:
            return False
        return _same_side(known, far) if far else all(z > 0 for z in known) or all(z < 0 for z in known)

    return broken


def _off_scale(scores: Sequence[Fraction | None]) -> bool:
    return scores[-1] is None


_WITHIN: dict[Rule, Callable[[Sequence[Fraction | None]], bool]] = {
    Rule.W1_2S: _last(1, 2),
    Rule.W1_3S: _last(1, 3),
    Rule.W2_2S: _last(2, 2),
    Rule.W4_1S: _last(4, 1),
    Rule.W8_X: _last(8, 0),
    Rule.W10_X: _last(10, 0),
    Rule.OFF_SCALE: _off_scale,
}
