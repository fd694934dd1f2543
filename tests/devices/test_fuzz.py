"""Damage of every kind to every family: a few hundred of the million frames of ``./run bench fuzz``."""

import pytest

from benchmarks.fuzz import FAMILIES, Outcome, fuzz
from devices.catalogue import CATALOGUE, model_of

FRAMES = 400


def test_every_model_is_in_one_family() -> None:
    assert sorted(slug for _, slugs in FAMILIES for slug in slugs) == sorted(m.slug for m in CATALOGUE)


@pytest.mark.parametrize("slug", [model.slug for model in CATALOGUE])
def test_damaged_frames_raise_nothing_gather_nothing_and_leave_the_driver_in_step(slug: str) -> None:
    seen = Outcome()
    fuzz(model_of(slug), FRAMES, 7, seen)
    assert seen.frames >= FRAMES
    assert seen.resynchronised
    assert seen.told
