"""The linter of the screens names what scrolls, hears fingers, or draws letters in a way that is not ours."""

import pytest
from kivy.core.text import Label as CoreLabel
from kivy.graphics import Rectangle
from kivy.uix.label import Label
from kivy.uix.pagelayout import PageLayout
from kivy.uix.scatter import Scatter
from kivy.uix.scrollview import ScrollView
from kivy.uix.stencilview import StencilView
from kivy.uix.switch import Switch
from kivy.uix.widget import Widget

from tests.kiosk.screens.broken import Showing


def test_something_that_scrolls(screen: Showing) -> None:
    broken = screen("welcome")
    broken.add(ScrollView())
    assert broken.faults() == ["a ScrollView does not belong on a screen"]


@pytest.mark.parametrize("kind", [Switch, Scatter, PageLayout, StencilView, Label])
def test_what_slides_is_turned_or_writes_letters_of_its_own(screen: Showing, kind: type[Widget]) -> None:
    broken = screen("welcome")
    broken.add(kind())
    assert f"a {kind.__name__} does not belong on a screen" in broken.faults()


def test_something_that_hears_touches_and_is_no_key(screen: Showing) -> None:
    hotspot = type("Hotspot", (Widget,), {"on_touch_down": lambda *_: True})
    broken = screen("welcome")
    broken.add(hotspot())
    assert broken.faults() == ["a Hotspot hears touches and is no key"]


def test_letters_drawn_without_a_label(screen: Showing) -> None:
    drawn, scribble = CoreLabel(text="请按这里", font_size=40), type("Scribble", (Widget,), {})()
    drawn.refresh()
    with scribble.canvas.after:
        Rectangle(texture=drawn.texture, size=drawn.texture.size)
    broken = screen("welcome")
    broken.add(scribble)
    assert broken.faults() == ["a Scribble paints letters or a picture of its own"]


def test_touches_bound_from_outside(screen: Showing) -> None:
    broken = screen("welcome")
    broken.sentence().bind(on_touch_up=lambda *_: True)
    assert broken.faults() == ["a Words hears touches and is no key"]
