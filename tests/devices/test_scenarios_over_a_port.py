"""Every scenario of every simulator over a pseudo-terminal: real bytes, real ports, the plug pulled."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from devices.events import Found, Lost
from devices.session import Body, Start
from devices.simulators.samples import samples
from tests.devices.played import Played, until
from tests.devices.promises import PROMISES
from tests.whole import WHOLE, quick_of

pytestmark = pytest.mark.long

BODY = Body(male=False, age=86, height=Decimal("152.4"))
SLOW = {
    ("astm-lis", "cut_frame"),
    ("astm-lis", "unplug"),
    ("astm-lis", "silent"),
    ("astm-lis", "host_refused_once"),
    ("astm-lis", "six_refusals"),
    ("pelstar-esc", "hold"),
    ("and-tm2655", "cut_frame"),
    ("tanita-pc", "underload"),
}
"""A protocol's time-outs against an instrument fifty times too fast: played on a jumping clock in memory."""

SPOKEN_WHILE_AWAY = {("grip-line", "unplug"), ("and-tm2655", "unplug")}
"""A plug pulled for a second takes with it whatever an instrument says in that second."""

AT_ONCE = 80
"""Scenarios played together: each has some ten files open, and ``select`` counts to 1024."""

ACT_SECONDS = 3.6
"""From one act to the next: the plug is out for a second, a silence is told after three."""

LATE_SECONDS = 0.5
"""How long is waited for what was not promised."""

EVERY = [(slug, name) for slug, promised in PROMISES.items() for name in promised if (slug, name) not in SLOW]
QUICK = frozenset(
    (slug, name)
    for number, (slug, promised) in enumerate(PROMISES.items())
    for name in ("default", [*promised][number % len(promised)])
)
"""Over a port every run plays what always goes well, and one fault a model; in memory all of them."""

PLAYED = [key for key in EVERY if WHOLE or key in QUICK]


def _expected(slug: str, scenario: str) -> tuple[str, ...]:
    return () if (slug, scenario) in SPOKEN_WHILE_AWAY else PROMISES[slug][scenario].values


def _ordered(played: Played, key: tuple[str, str], place: int) -> None:
    slug, scenario = key
    if place == 0 and played.model.can.start and PROMISES[slug][scenario].ordered:
        assert played.line.order(Start(BODY))


class Bench:
    """Many scenarios played at once, so that their waiting is waited for once.

    No more than fit under the 1024 file descriptors that ``select`` can watch.
    """

    def __init__(self) -> None:
        self._place = -1
        self._played: dict[tuple[str, str], Played] = {}

    def played(self, key: tuple[str, str]) -> Played:
        place = PLAYED.index(key) // AT_ONCE
        if place != self._place:
            self.close()
            self._place = place
            self._play(PLAYED[place * AT_ONCE : (place + 1) * AT_ONCE])
        return self._played[key]

    def close(self) -> None:
        with ThreadPoolExecutor(16) as closing:
            list(closing.map(Played.close, self._played.values()))
        self._played = {}

    def _play(self, keys: list[tuple[str, str]]) -> None:
        self._played = {key: Played(*key) for key in keys}
        until(lambda: all(one.count(Found) for one in self._played.values()), 30)
        for place in (0, 1):
            for key, one in self._played.items():
                acts = samples(one.model.role)
                if place < len(acts):
                    one.instrument.act(acts[place][0])
                    _ordered(one, key, place)
            time.sleep(ACT_SECONDS)
        patience = time.monotonic() + 15
        while time.monotonic() < patience and not all(_done(key, one) for key, one in self._played.items()):
            time.sleep(0.1)
        time.sleep(LATE_SECONDS)


def _done(key: tuple[str, str], played: Played) -> bool:
    """Whether all has come that was promised; the tests see whether anything else did."""
    if key[1] == "unplug":
        return played.count(Found) > 1 and len(played.values()) >= len(_expected(*key))
    return len(played.values()) >= len(_expected(*key)) and _noises(played.refusals()) >= _noises(
        PROMISES[key[0]][key[1]].refused
    )


def _noises(refused: frozenset[str]) -> frozenset[str]:
    """Silence cuts a half frame off, or what follows, as the machine is quick; in memory it is exact."""
    return frozenset("junk" if reason == "cut" else reason for reason in refused)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    bench = Bench()
    try:
        yield bench
    finally:
        bench.close()


@pytest.mark.parametrize(("slug", "scenario"), quick_of(EVERY, QUICK))
def test_a_scenario_over_a_port_gives_what_it_promises(bench: Bench, slug: str, scenario: str) -> None:
    played = bench.played((slug, scenario))
    assert played.values() == _expected(slug, scenario)
    if scenario == "unplug":
        assert [type(event) for event in played.events if isinstance(event, Found | Lost)][:3] == [
            Found,
            Lost,
            Found,
        ]
    else:
        assert _noises(played.refusals()) == _noises(PROMISES[slug][scenario].refused)
        assert played.count(Lost) == 0
