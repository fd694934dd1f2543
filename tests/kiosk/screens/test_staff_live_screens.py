"""The staff area of a real station, screen by screen, laid out in both languages: what is said there fits."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from devices.model import Role
from devices.simulators.acts import InsertSample
from health.words import languages
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import ListView, StaffView
from kiosk.theme import Look
from kiosk.widgets.key import Key
from tests.kiosk.backroom.hand import Hand, at_station
from tests.kiosk.screens.desks import desk_on
from tests.kiosk.screens.lint import keys_wrong, seen, texts_wrong
from tests.kiosk.walk import until, walk

P = Press
WAYS: tuple[tuple[tuple[Press, str], ...], ...] = (
    (),
    ((P.OPEN, "scale"),),
    ((P.OPEN, "scale"), (P.SELF_TEST, "")),
    ((P.OPEN, "scale"), (P.FRAMES, "")),
    ((P.OPEN, "scale"), (P.CALIBRATE, "body_weight")),
    ((P.OPEN, "scale"), (P.CALIBRATE, "body_height")),
    ((P.OPEN, "scale"), (P.CALIBRATE, "body_weight"), (P.BEGIN, "")),
    ((P.OPEN, "scale"), (P.CHECK, "body_weight")),
    ((P.OPEN, "scale"), (P.CHECK, "body_height")),
    ((P.OPEN, "analyser"),),
    ((P.OPEN, "analyser"), (P.FRAMES, "")),
    ((P.OPEN, "analyser"), (P.CHART, "")),
    ((P.OPEN, "reader"),),
    ((P.OPEN, "cuff"),),
    ((P.OPEN, "handle"),),
    ((P.CONTROL, ""),),
    ((P.CONTROL, ""), (P.CONFIRM, "")),
    ((P.DELIVERY, ""),),
    ((P.VISITS, ""),),
    ((P.OPEN, "strays"),),
    ((P.OPEN, "strays"), (P.DISCARD, "")),
    ((P.MORE, ""),),
    ((P.MORE, ""), (P.INSTRUMENTS, "")),
    ((P.MORE, ""), (P.STRAYS, "")),
    ((P.MORE, ""), (P.LOTS, "")),
    ((P.MORE, ""), (P.LOTS, ""), (P.NEW, "")),
    ((P.MORE, ""), (P.TOUCH, "")),
    ((P.MORE, ""), (P.SOUND, "")),
    ((P.MORE, ""), (P.STATION, "")),
    ((P.MORE, ""), (P.ACCOUNTS, "")),
    ((P.MORE, ""), (P.ACCOUNTS, ""), (P.OPEN, "demo")),
    ((P.MORE, ""), (P.ACCOUNTS, ""), (P.NEW, "")),
)
"""Every way from home to a screen that a morning at the demonstration has."""


def rest(hand: Hand) -> None:
    """Until the desk has answered what this screen asked."""
    shift = hand.running.staff._backroom
    assert shift is not None
    until(hand.running, lambda: not shift._shift.waits)


def home(hand: Hand) -> None:
    while hand.step is not StaffStep.HOME:
        hand.press(P.BACK)
    rest(hand)


@pytest.mark.parametrize("language", languages())
def test_every_screen_of_a_real_morning_fits_on_every_panel(
    settle: Callable[[], None], look: Look, tmp_path: Path, language: str
) -> None:
    views = _morning(tmp_path, language)
    wrong: list[str] = []
    for screen in look.screen:
        with desk_on(screen, look) as desk:
            for way, view in views:
                desk.face.show(view)
                settle()
                faults = keys_wrong(seen(desk.face, Key), look, set(Press), desk.wardrobe.panel.unit)
                found = (*faults, *texts_wrong(desk.face, look))
                wrong += [f"{screen} {view.step} {way}: {line}" for line in found]
    assert wrong == [], "\n".join(wrong)


def _morning(folder: Path, language: str) -> list[tuple[object, StaffView]]:
    """What is shown on every way of a morning."""
    views: list[tuple[object, StaffView]] = []
    with at_station(folder) as hand:
        walk(hand.running, "lin")
        hand.running.send_away()
        analyser = hand.running.bench.simulated(Role.BLOOD)
        assert analyser is not None
        analyser.act(InsertSample("9999", glucose=Decimal("5.4")))
        hand.come_in()
        hand.running.demo.colleague.away = True
        hand.press(P.MORE)
        while hand.view.language != language:
            hand.press(P.LANGUAGE)
        for way in WAYS:
            home(hand)
            for press, detail in way:
                hand.press(press, detail)
                rest(hand)
            views.append((way, hand.view))
        views += _visit(hand)
    return views


def _visit(hand: Hand) -> list[tuple[object, StaffView]]:
    """The one visit of today, and what can be done with it."""
    home(hand)
    hand.press(P.VISITS)
    rest(hand)
    hand.press(P.OPEN, hand.body(ListView).rows[0].id)
    views: list[tuple[object, StaffView]] = [("visit", hand.view)]
    for press in (P.VOID, P.MOVE):
        hand.press(press)
        views.append((press, hand.view))
        hand.press(P.BACK)
    return views
