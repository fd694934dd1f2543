"""Whatever is done to clock and power, two tries of a PIN are as far apart as they must be."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kiosk.upkeep.patience import MOST_TRIES, Tries, wait_after

WAITS = st.tuples(st.just("wait"), st.integers(0, 5000))
CUTS = st.tuples(st.just("cut"), st.integers(0, 4000))


@given(st.lists(st.one_of(WAITS, CUTS), max_size=80))
def test_two_tries_are_never_closer_than_the_wait_in_time_the_machine_was_up(
    acts: list[tuple[str, int]],
) -> None:
    """``wait`` lets seconds go by; ``cut`` restarts the machine, which comes up after some seconds."""
    tries, boot, uptime, awake = Tries(), 1, 600_000, 0
    last_try = None
    for act, seconds in acts:
        if act == "cut":
            boot, uptime = boot + 1, 0
        uptime, awake = uptime + seconds * 1000, awake + seconds
        if tries.used_up or tries.wait_s(UUID(int=boot), uptime):
            continue
        if last_try is not None:
            assert awake - last_try >= wait_after(tries.count)
        tries, last_try = tries.with_try(UUID(int=boot), uptime), awake
    assert tries.count <= MOST_TRIES
    assert tries.left == MOST_TRIES - tries.count


@given(st.integers(0, 20), st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_the_wait_that_is_said_is_exactly_long_enough(count: int, tried: int, later: int) -> None:
    boot = UUID(int=1)
    tries = Tries(count, boot, tried)
    left = tries.wait_s(boot, tried + later)
    assert tries.wait_s(boot, tried + later + left * 1000) == 0
    assert not left or tries.wait_s(boot, tried + later + left * 1000 - 1000) > 0
