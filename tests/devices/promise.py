"""A promise: what one scenario of one simulator gives.

``values`` are the stable or final ones; live values are for the eye and left out. ``patience`` is how long
the longest protocol time-out of a scenario makes it take, at the instrument's own speed. ``ordered``: a model
that the host can start is started by it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    values: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    patience: float = 60.0
    ordered: bool = True


def promise(*values: str, refused: str = "", patience: float = 60.0, ordered: bool = True) -> Promise:
    return Promise(values, frozenset(refused.split()), patience, ordered)
