"""The face of the staff area: a dark head with who is here and how long, the screen, and the foot.

It shows one ``StaffView`` after another and hands on one press after another. It stands in the window instead
of the residents' face, never above it, so that nothing of a visit can be seen or touched through it.
"""

from kivy.properties import ObjectProperty, StringProperty

from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import HomeView, StaffView
from kiosk.staff.all_screens import staff_screen_for
from kiosk.staff.screen import StaffScreen
from kiosk.theme import Look
from kiosk.views import Theme
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import Key
from kiosk.widgets.one_finger import OneFinger
from kiosk.widgets.panel import Panel
from kiosk.widgets.plan import Plan
from kiosk.widgets.stamp import DemoStamp


class StaffHead(Plan):
    """Whose turn it is, where, and when it lets itself out. Nothing in it can be pressed.

    ``day`` stands here where home has no line of its own for it.
    """

    heading = StringProperty("")
    day = StringProperty("")
    leaves_in = StringProperty("")


class StaffFoot(Panel):
    """Help at its place, one more key beside it where the screen has one, and the way back at the right."""

    __events__ = ("on_press",)

    view = ObjectProperty(None, allownone=True, rebind=True)

    def press(self, key: Key) -> None:
        """A key of the foot was pressed."""
        self.dispatch("on_press", key.choice, key.detail)

    def on_press(self, press: str, detail: str) -> None:
        """Something was pressed; bound by the face."""


class StaffFace(OneFinger):
    """Shows views of the staff area and dispatches ``on_press(press, detail)``."""

    __events__ = ("on_press",)

    def __init__(self, look: Look, wardrobe: Wardrobe, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._wardrobe = wardrobe
        self.guard_ms = look.timing.guard
        size = wardrobe.panel.face
        foot = size.staff.foot
        self._whole = [0, 0, size.width, size.height]
        self._head = StaffHead(at=[0, 0, size.width, size.staff.strip])
        self._foot = StaffFoot(at=[0, foot, size.width, size.height - foot])
        self._foot.bind(on_press=self._hand_on)
        self._stamp = DemoStamp()
        self._screens: dict[type[StaffScreen], StaffScreen] = {}
        self._screen: StaffScreen | None = None
        self._view: StaffView | None = None

    def show(self, view: StaffView) -> None:
        """Draw ``view``; nothing happens when it is the one already shown."""
        if view == self._view:
            return
        before, self._view = self._view, view
        if before is None or before.language != view.language:
            self._wardrobe.speak(view.language)
        self._wardrobe.wear(Theme.LIGHT, large=False)
        screen = self._screen_of(view)
        screen.show(view)
        self._head.heading, self._head.leaves_in = view.heading, view.leaves_in
        self._head.day = view.body.day if isinstance(view.body, HomeView) else ""
        self._foot.view = view
        self._stamp.shown = view.demo
        if screen is not self._screen:
            self._stack(screen)
        if before is None or before.step is not view.step:
            self.guard()

    def rest(self) -> None:
        """The area was left: the next view is drawn from the beginning, and nothing of the last is kept."""
        self._view = None
        self._screens.clear()
        self._screen = None
        self._foot.view = None
        self.clear_widgets()

    @property
    def step(self) -> StaffStep | None:
        """The step shown; None while the area is not open."""
        return None if self._view is None else self._view.step

    def on_press(self, press: Press, detail: str) -> None:
        """Something was pressed; bound by the app."""

    def _screen_of(self, view: StaffView) -> StaffScreen:
        kind = staff_screen_for(view.step)
        if kind not in self._screens:
            screen = kind(view=view, body=view.body, at=self._whole)
            screen.bind(on_press=self._hand_on)
            self._screens[kind] = screen
        return self._screens[kind]

    def _stack(self, screen: StaffScreen) -> None:
        self.clear_widgets()
        self._screen = screen
        for part in (screen, self._head, self._foot, self._stamp):
            self.add_widget(part)

    def _hand_on(self, _: object, press: str, detail: str) -> None:
        self.dispatch("on_press", Press(press), detail)
