"""The strip beside the face that exists only in the demo: who comes to the kiosk, and what goes wrong.

It stands outside the face, because nobody at a real station must ever see it. Where it is not high enough for
all its keys, they go on in a second column.
"""

from kivy.properties import StringProperty

from kiosk.room import Strip
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import Words

_WIDE, _HIGH, _APART, _EDGE = 56.0, 20.0, 4.0, 4.0


class StripKey(WordKey):
    """A narrow key of the strip, said by ``screen.strip.<name>`` where the catalogue has it."""


class StripTitle(Words):
    """A heading of the strip; ``key`` is its sentence."""

    key = StringProperty("screen.demo")


class DemoStrip(Panel):
    """Dispatches ``on_persona(name)`` and ``on_fault(name)``. Its keys are made once per list of names."""

    __events__ = ("on_persona", "on_fault")

    def __init__(self, high: float, **kwargs: object) -> None:
        """``high`` in mm."""
        super().__init__(**kwargs)
        self._high = high
        self._strip: Strip | None = None
        self._keys: list[StripKey] = []

    def show(self, strip: Strip) -> None:
        """Draw ``strip``; nothing happens when it is the one already shown."""
        before, self._strip = self._strip, strip
        if before is None or (before.personas, before.faults) != (strip.personas, strip.faults):
            self._build(strip)
        for key in self._keys:
            chosen = key.detail == strip.persona if key.choice == "persona" else key.detail in strip.active
            key.kind = "primary" if chosen else "secondary"

    def on_persona(self, name: str) -> None:
        """Another person was picked; bound by the app."""

    def on_fault(self, name: str) -> None:
        """A fault was toggled; bound by the app."""

    def _build(self, strip: Strip) -> None:
        self.clear_widgets()
        self._keys = []
        x, y = self._titled("screen.strip.people", _EDGE, 12.0)
        for name in strip.personas:
            x, y = self._add("persona", name, x, y)
        x, y = self._titled("screen.strip.faults", x, y + 6.0)
        for name in strip.faults:
            x, y = self._add("fault", name, x, y)

    def _titled(self, key: str, x: float, y: float) -> tuple[float, float]:
        x, y = self._room(x, y, 14.0 + _HIGH)
        self.add_widget(StripTitle(key=key, at=[x, y, _WIDE, 12.0]))
        return x, y + 14.0

    def _add(self, kind: str, name: str, x: float, y: float) -> tuple[float, float]:
        x, y = self._room(x, y, _HIGH)
        key = StripKey(choice=kind, detail=name, at=[x, y, _WIDE, _HIGH])
        key.bind(on_release=self._pressed)
        self._keys.append(key)
        self.add_widget(key)
        return x, y + _HIGH + _APART

    def _room(self, x: float, y: float, high: float) -> tuple[float, float]:
        """The same place, or the top of the next column."""
        return (x, y) if y + high <= self._high else (x + _WIDE + _APART, 12.0)

    def _pressed(self, key: Key) -> None:
        self.dispatch("on_persona" if key.choice == "persona" else "on_fault", key.detail)
