"""What does not belong on a screen: what moves under a finger, letters and touch areas of another make.

The house has one kind of letters (``Letters``, which draw every character), one key (``Key``, which forgives
an old hand), and pictures of a few kinds. Everything else is a stranger, whatever it is called.
"""

from collections.abc import Iterator

from kivy.graphics import Canvas, VertexInstruction
from kivy.graphics.instructions import InstructionGroup
from kivy.uix.accordion import Accordion
from kivy.uix.behaviors import ButtonBehavior, DragBehavior
from kivy.uix.carousel import Carousel
from kivy.uix.image import Image
from kivy.uix.label import Label
from kivy.uix.pagelayout import PageLayout
from kivy.uix.scatter import Scatter
from kivy.uix.screenmanager import ScreenManager
from kivy.uix.scrollview import ScrollView
from kivy.uix.slider import Slider
from kivy.uix.splitter import Splitter
from kivy.uix.stencilview import StencilView
from kivy.uix.switch import Switch
from kivy.uix.tabbedpanel import TabbedPanel
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from kiosk.screens.overlays import OverPanel
from kiosk.staff.touch import TouchScreen
from kiosk.widgets.held_place import HeldPlace
from kiosk.widgets.icon import Icon
from kiosk.widgets.key import Key
from kiosk.widgets.letters import Letters
from kiosk.widgets.one_finger import OneFinger
from kiosk.widgets.qr import QrCode
from kiosk.widgets.signs import MeasuredWord
from kiosk.widgets.sketch import Sketch

_MOVES = (
    *(ScrollView, Carousel, Slider, Switch, Scatter, PageLayout, StencilView, Splitter, TabbedPanel),
    *(Accordion, ScreenManager, TextInput, ButtonBehavior, DragBehavior, Image),
)
_HEARS = (Key, OneFinger, OverPanel, HeldPlace, TouchScreen)
"""Besides the keys: what sorts fingers, holds them off, or measures where they come down."""
_PICTURES = (Letters, MeasuredWord, Icon, Sketch, QrCode)
"""What may lay a texture of its own on the screen."""
_TOUCHES = ("on_touch_down", "on_touch_move", "on_touch_up")
_DEAF = {getattr(kind, name) for kind in (Widget, Label) for name in _TOUCHES}
_BLANK = 2
"""Pixels of a texture that is one plain colour."""


def foreign(face: Widget) -> Iterator[str]:
    """Things that scroll, slide, turn or are typed into; letters, pictures, touch areas that are not ours."""
    for each in face.walk(restrict=True):
        name = type(each).__name__
        if isinstance(each, _MOVES) or _writes(each):
            yield f"a {name} does not belong on a screen"
        elif _hears(each):
            yield f"a {name} hears touches and is no key"
        elif not isinstance(each, _PICTURES) and any(map(_is_picture, _painted_by(each.canvas))):
            yield f"a {name} paints letters or a picture of its own"


def _writes(each: Widget) -> bool:
    """Whether it is a label of another make; the one that only measures a word must not be seen."""
    if isinstance(each, MeasuredWord):
        return bool(each.opacity > 0)
    return isinstance(each, Label) and not isinstance(each, Letters)


def _hears(each: Widget) -> bool:
    """Whether it has a way with touches of its own, or somebody bound one to it."""
    own = any(getattr(type(each), name) not in _DEAF for name in _TOUCHES)
    bound = any(each.get_property_observers(name) for name in _TOUCHES)
    return bound or (own and not isinstance(each, _HEARS))


def _painted_by(canvas: InstructionGroup) -> Iterator[VertexInstruction]:
    """What a widget itself draws, before, in and after its canvas; not what its children draw."""
    for each in canvas.children:
        if isinstance(each, VertexInstruction):
            yield each
        elif isinstance(each, InstructionGroup) and not isinstance(each, Canvas):
            yield from _painted_by(each)


def _is_picture(drawn: VertexInstruction) -> bool:
    """Whether it has a texture larger than a blank; a sheet of shapes and the plate of a panel have none."""
    plain = type(drawn).__name__ in {"BorderImage", "Mesh"}
    return not plain and drawn.texture is not None and max(drawn.texture.size) > _BLANK
