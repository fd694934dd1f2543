"""The whole face: the screen of the step, its head and foot, the panels above it, and one finger.

It shows one ``View`` after another and hands on one choice after another. Screens are made ahead or when
first needed, and kept (``wings``). After every change no finger is heard for the guard time, nor before all
fingers are up; a second finger is never heard.
"""

from kivy.input import MotionEvent

from kiosk.flow.steps import Choice, Step
from kiosk.screens.all_screens import screen_for
from kiosk.screens.overlays import PANELS, OverPanel
from kiosk.screens.screen import StepScreen
from kiosk.screens.wings import Wings
from kiosk.theme import Look
from kiosk.views import Theme, View
from kiosk.widgets.album import album
from kiosk.widgets.drawing import Drawing
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.foot import Foot
from kiosk.widgets.ground import Ground
from kiosk.widgets.header import Head
from kiosk.widgets.one_finger import OneFinger
from kiosk.widgets.page_keys import PageKeys
from kiosk.widgets.stamp import DemoStamp
from kiosk.widgets.words import forget_widths

HEAD = 44.0


class Face(OneFinger):
    """Shows views; dispatches ``on_choice(choice, detail)``, and ``on_crowded`` when to sweep memory.

    ``on_presence`` says that it was touched, on a key or beside every one.
    """

    __events__ = ("on_choice", "on_crowded", "on_presence")

    def __init__(self, look: Look, wardrobe: Wardrobe, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._wardrobe = wardrobe
        self.looks_ahead = True
        self._wings = Wings(self._make, self._put_away, self._fetch)
        self._screen: StepScreen | None = None
        self._view: View | None = None
        self._worn: tuple[Theme, bool] | None = None
        self._turn: tuple[object, ...] = ()
        self.guard_ms = look.timing.guard
        size = wardrobe.panel.face
        self._whole = [0, 0, size.width, size.height]
        self._ground = Ground(at=self._whole)
        self._head = Head(at=[0, 0, size.width, HEAD])
        self._foot = Foot(at=[0, size.foot_top, size.width, size.height - size.foot_top])
        self._foot.bind(on_choice=self._hand_on)
        self._stamp = DemoStamp()
        self._pages = PageKeys(at=self._foot.at)
        self._pages.bind(on_choice=self._hand_on)
        self._panel: OverPanel | None = None

    def show(self, view: View) -> None:
        """Draw ``view``; nothing happens when it is the one already shown."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._wear(before, view)
        screen = self._wings.screen(view)
        screen.show(view)
        self._furnish(view, screen)
        if screen is not self._screen or before is None or before.overlay is not view.overlay:
            self._stack(screen, view)
        elif self._panel is not None:
            self._panel.show(view)
        if view.step is Step.IDLE and before is not None and before.step is not Step.IDLE:
            self._forget()
        turn = (view.step, view.overlay, screen.turn)
        if turn != self._turn:
            self._turn = turn
            self.guard()
            if self.looks_ahead:
                self._wings.look_ahead(view)
            if self._wings.crowded:
                self.dispatch("on_crowded")

    @property
    def step(self) -> Step | None:
        """The step shown; None before the first view."""
        return None if self._view is None else self._view.step

    @property
    def seen(self) -> View | None:
        """The view shown; None before the first."""
        return self._view

    def went(self) -> bool:
        """Whether screens went since this was asked last."""
        return self._wings.went()

    def rest(self) -> None:
        """Something else is shown meanwhile: the next view is drawn from the beginning."""
        self._view, self._worn = None, None

    def on_choice(self, choice: Choice, detail: str) -> None:
        """A choice was made; bound by the app."""

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Whoever touches it is there, also where no key lies and while no finger is heard."""
        if self.collide_point(*touch.pos):
            self.dispatch("on_presence")
        return super().on_touch_down(touch)

    def on_presence(self) -> None:
        """Somebody touched it; bound by the app."""

    def on_crowded(self) -> None:
        """Screens went faster than they are swept. No finger is heard just now, so it takes nobody's time."""

    def _wear(self, before: View | None, view: View) -> None:
        if before is None or before.language != view.language:
            self._wardrobe.speak(view.language)
        wanted = (view.theme, view.large and view.step is not Step.IDLE)
        if wanted != self._worn:
            self._worn = wanted
            self._wardrobe.wear(view.theme, large=wanted[1])

    def _make(self, view: View) -> StepScreen:
        screen = screen_for(view.step)(
            view=view, body=view.body, at=self._whole, pos=self.pos, size=self.size
        )
        screen.bind(on_choice=self._hand_on)
        return screen

    def _furnish(self, view: View, screen: StepScreen) -> None:
        self._ground.fill = screen.fill
        self._head.shown = screen.head != "none"
        self._head.road, self._head.clock = view.road, screen.clock
        self._foot.right_slot = None if screen.pages_in_foot else view.right
        self._foot.called = view.help_called
        self._foot.idle, self._foot.reads_aloud = screen.idle, screen.reads_aloud
        self._foot.speaks, self._foot.muted = view.speaks, view.hearing.muted
        self._stamp.shown, self._stamp.raised = view.demo, screen.pages_in_foot
        self._pages.body = view.body if screen.pages_in_foot else None
        self._pages.aside = view.right

    def _stack(self, screen: StepScreen, view: View) -> None:
        self.clear_widgets()
        if self._screen is not None and self._screen is not screen:
            self._put_away(self._screen)
        self._screen, self._panel = screen, None
        for part in (self._ground, screen, self._head, self._foot):
            self.add_widget(part)
        self._take_out(screen)
        if screen.pages_in_foot and view.overlay is None:
            self.add_widget(self._pages)
        if view.overlay is not None:
            self._panel = PANELS[view.overlay](view=view, at=self._whole)
            self._panel.bind(on_choice=self._hand_on)
            self.add_widget(self._panel)
        self.add_widget(self._stamp)

    def _forget(self) -> None:
        """She went: every screen but this goes with what it showed of her, and is made anew for the next."""
        self._wings.forget()
        album().forget()
        forget_widths()

    def _take_out(self, screen: StepScreen) -> None:
        for widget in screen.walk(restrict=True):
            if isinstance(widget, Drawing):
                widget.take_out()

    def _put_away(self, screen: StepScreen) -> None:
        """Nobody looks at it any more: its drawings let go of their textures until it is shown again."""
        for widget in screen.walk(restrict=True):
            if isinstance(widget, Drawing):
                widget.put_away()

    def _fetch(self, screen: StepScreen) -> bool:
        """It may be put up next: its drawings have their textures ready. Returns whether there are any."""
        fetched = [each.fetch() for each in screen.walk(restrict=True) if isinstance(each, Drawing)]
        return any(fetched)

    def _hand_on(self, _: object, choice: str, detail: str) -> None:
        self.dispatch("on_choice", Choice(choice), detail)
