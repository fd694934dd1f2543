"""Sweeps what screens went, as behind a visit, before a test changes how every screen looks."""

import gc


def sweep() -> None:
    """A screen that went holds itself in circles; until it is swept, each change dresses it anew too."""
    gc.collect()
