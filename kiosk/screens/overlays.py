"""The panels above a step: staff are coming, are you still there, can you hear me. The step stays."""

from collections.abc import Mapping
from types import MappingProxyType

from kivy.input import MotionEvent
from kivy.metrics import mm
from kivy.properties import NumericProperty, ObjectProperty

from kiosk.views import Overlay, View
from kiosk.voice.hearing import Loudness, Pace
from kiosk.widgets.key import Key
from kiosk.widgets.plan import Plan

SHADED, COVERED = 0.74, 1.0
"""How dark the step is below a panel, and where nobody may read what stands there."""


class OverPanel(Plan):
    """A panel above the step, dark round it down to the foot, which stays bright and can be pressed."""

    __events__ = ("on_choice",)

    dark = NumericProperty(SHADED)
    view = ObjectProperty(None, rebind=True)
    foot_top = NumericProperty(0.0)  # mm

    def show(self, view: View) -> None:
        """Draw what changed."""
        self.view = view

    def press(self, key: Key) -> None:
        """A key of the panel was pressed."""
        self.dispatch("on_choice", key.choice, key.detail)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Let nothing through to the step, only to the foot."""
        heard = bool(super().on_touch_down(touch))
        return heard or touch.y > self.top - mm(self.foot_top)

    def on_choice(self, choice: str, detail: str) -> None:
        """A choice was made; bound by the face."""


class HelpPanel(OverPanel):
    """Staff were called."""


class CoveringPanel(OverPanel):
    """Somebody else than she may stand here: what is personal is covered whole."""

    def on_view(self, _panel: OverPanel, view: View) -> None:
        """Cover as much as this step asks for."""
        self.dark = COVERED if view.personal else SHADED


class StillTherePanel(CoveringPanel):
    """Nobody moved for a while; counts down in whole seconds."""

    def part_left(self, seconds: int | None) -> float:
        """Share of the last ``ASKING`` seconds that is left, 0..1."""
        return min(1.0, max(0.0, (seconds or 0) / ASKING_S))


class OtherCardPanel(CoveringPanel):
    """Somebody else's card lies there: who goes on?"""


class OutcomePanel(CoveringPanel):
    """Staff answered a call for somebody else, or an earlier one: what came of it?"""


class VoicePanel(OverPanel):
    """Louder, slower, silent. It lies low, and the step shows through: she sees what is being read."""

    def loudest(self, view: View | None) -> bool:
        """Whether it gets no louder, and the key leads back to the usual."""
        return view is not None and view.hearing.loudness is max(Loudness)

    def slowest(self, view: View | None) -> bool:
        """Whether it gets no slower, and the key leads back to the usual."""
        return view is not None and view.hearing.pace is max(Pace)


ASKING_S = 30.0
"""How long the question stands (reference of the interface §2.3)."""
PANELS: Mapping[Overlay, type[OverPanel]] = MappingProxyType(
    {
        Overlay.HELP: HelpPanel,
        Overlay.STILL_THERE: StillTherePanel,
        Overlay.OTHER_CARD: OtherCardPanel,
        Overlay.OUTCOME: OutcomePanel,
        Overlay.VOICE: VoicePanel,
    }
)
