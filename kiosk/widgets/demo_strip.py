"""The strip beside the face that exists only in the demo: who comes to the kiosk, and what goes wrong.

It stands outside the face, because nobody at a real station must ever see it.
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

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
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
        y = self._titled("screen.strip.people", 12.0)
        for name in strip.personas:
            y = self._add("persona", name, y)
        y = self._titled("screen.strip.faults", y + 6.0)
        for name in strip.faults:
            y = self._add("fault", name, y)

    def _titled(self, key: str, y: float) -> float:
        self.add_widget(StripTitle(key=key, at=[_EDGE, y, _WIDE, 12.0]))
        return y + 14.0

    def _add(self, kind: str, name: str, y: float) -> float:
        key = StripKey(choice=kind, detail=name, at=[_EDGE, y, _WIDE, _HIGH])
        key.bind(on_release=self._pressed)
        self._keys.append(key)
        self.add_widget(key)
        return y + _HIGH + _APART

    def _pressed(self, key: Key) -> None:
        self.dispatch("on_persona" if key.choice == "persona" else "on_fault", key.detail)
