"""What stands in the window before the station is open: the face of an earlier start, and ears for a finger.

A key that is pressed looks pressed at once and stays so: it was heard, and what it means is done as soon as
the station is open. It knows no word, no rule and no screen, so that it costs nothing to show.
"""

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.input import MotionEvent
from kivy.uix.widget import Widget

from kiosk.kept_face import Band, KeptFace, KeptKey, pixels_of


class Doorstep(Widget):
    """``heard`` are the keys that were pressed, in their order, each once."""

    def __init__(self, kept: KeptFace) -> None:
        super().__init__()
        self._kept = kept
        self._finger: MotionEvent | None = None
        self._under: KeptKey | None = None
        self._pressed: dict[KeptKey, Rectangle] = {}
        self.heard: list[KeptKey] = []
        with self.canvas:
            Color(1, 1, 1, 1)
        self._lay(kept.picture)

    @property
    def keys(self) -> tuple[KeptKey, ...]:
        """The keys there are, topmost first."""
        return self._kept.keys

    @property
    def touched(self) -> bool:
        """Whether a finger is on a key and may still mean it."""
        return self._under is not None

    def ask_for_a_moment(self) -> None:
        """Say that it takes a moment."""
        if self._kept.moment is not None:
            self._lay(self._kept.moment)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """The first finger on a key presses it; a key that was heard is not pressed again."""
        if self._finger is None and not touch.is_mouse_scrolling:
            self._finger = touch
            key = next((each for each in self._kept.keys if each.meant(touch.x, touch.y)), None)
            if key is not None and key not in self.heard:
                self._under = key
                self._show_pressed(key)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """A finger that slid too far means nothing."""
        if touch is self._finger and self._under is not None and self._slid(touch):
            self._let_go(self._under)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """A finger that lifts where it came down is heard."""
        if touch is self._finger:
            self._finger = None
            if self._under is not None:
                self.heard.append(self._under)
                self._under = None
        return True

    def _let_go(self, key: KeptKey) -> None:
        self._under = None
        shown = self._pressed.pop(key, None)
        if shown is not None:
            self.canvas.remove(shown)

    def _show_pressed(self, key: KeptKey) -> None:
        if key.pressed is not None:
            self._pressed[key] = self._lay(key.pressed)

    def _lay(self, band: Band) -> Rectangle:
        """Lay ``band`` on the face."""
        texture = Texture.create(size=band.size, colorfmt="rgba")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(pixels_of(band), colorfmt="rgba")
        place = (self._kept.at[0] + band.at[0], self._kept.at[1] + band.at[1])
        with self.canvas:
            return Rectangle(texture=texture, pos=place, size=band.size)

    def _slid(self, touch: MotionEvent) -> bool:
        moved = (touch.x - touch.ox) ** 2 + (touch.y - touch.oy) ** 2
        return bool(moved > self._kept.drift**2)
