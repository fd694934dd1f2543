"""Answers of a scale become its total and band; an item not answered leaves the whole without a total.

No answer is guessed and no mean is put in its place. This module must not know a screen or a visit.
"""

from collections.abc import Mapping

import msgspec

from health.assessment import Level, Phrase
from health.scales.scale import Item, Scale, ScaleBand, ScaleError


class Total(msgspec.Struct, frozen=True):
    """What a scale came to. ``alone`` are items that speak for themselves, whatever the total says."""

    scale: str
    points: int
    band: str
    level: Level
    phrase: Phrase
    alone: tuple[str, ...] = ()


class Unanswered(msgspec.Struct, frozen=True):
    """No total: these items have no answer, or were answered with "don't know"."""

    scale: str
    items: tuple[str, ...]


def score(scale: Scale, answers: Mapping[str, str | None]) -> Total | Unanswered:
    """The total of ``answers`` (item to answer; None: don't know). ``ScaleError`` for what is not its own."""
    if scale.terms != "shown":
        raise ScaleError(f"{scale.title} may not be asked here; keep only a total that was taken elsewhere.")
    foreign = set(answers) - {item.item for item in scale.items}
    if foreign:
        raise ScaleError(f"{scale.title} does not ask {', '.join(sorted(foreign))}; leave it out.")
    open_items = tuple(item.item for item in scale.items if answers.get(item.item) is None)
    if open_items:
        return Unanswered(scale.scale, open_items)
    points = {item: _points(scale, item, answers[item.item] or "") for item in scale.items}
    alone = tuple(i.item for i, n in points.items() if i.alone_from is not None and n >= i.alone_from)
    return _total(scale, sum(points.values()), alone)


def taken_elsewhere(scale: Scale, points: int) -> Total:
    """A total that was taken on paper or by somebody else. Raises ``ScaleError`` where it cannot be one."""
    if not 0 <= points <= scale.highest:
        raise ScaleError(f"{scale.title} goes from 0 to {scale.highest}; look at the total again.")
    return _total(scale, points, ())


def band_of(scale: Scale, points: int) -> ScaleBand:
    """The band ``points`` lie in."""
    return next(band for band in scale.bands if band.upto is None or points <= band.upto)


def _points(scale: Scale, item: Item, answer: str) -> int:
    for choice in scale.choices_of(item):
        if choice.answer == answer:
            return choice.points
    raise ScaleError(f"{answer!r} is no answer to {item.item} of {scale.title}; choose one that is.")


def _total(scale: Scale, points: int, alone: tuple[str, ...]) -> Total:
    band = band_of(scale, points)
    # An answer that speaks for itself sends to the doctor today, however low the total is.
    level = max(band.level, Level.DOCTOR) if alone else band.level
    key = f"scale.{scale.scale}.alone" if alone else f"scale.band.{band.level}"
    phrase = Phrase(key, (("name", f"@scale.{scale.scale}"), ("points", str(points))))
    return Total(scale.scale, points, band.band, level, phrase, alone)
