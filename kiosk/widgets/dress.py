"""What every widget wears: the language, the colours and the size of the letters of the person at the kiosk.

Two dispatchers stand under the names ``tr`` and ``dress`` in the rules of all .kv files, so that a change of
language or theme reaches every word and colour at once and no widget is built anew. Whoever shows a window
makes one ``Wardrobe`` and puts it up before the first widget is made.
"""

from kivy.event import EventDispatcher
from kivy.lang.parser import global_idmap
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from health.words import Words, following, words_of
from kiosk.theme import FIRST_SCREEN, Look
from kiosk.views import Theme

_UNSAID = ("app", "cm", "dp", "inch", "pt", "rgba", "sp")
"""Names of Kivy for rules that reach for the app or measure in anything but mm."""


class Tongue(EventDispatcher):
    """Says a key: ``tr._('screen.idle.title')``. A new language is a new function in ``_``, and ``words``.

    ``following`` is what the language calls itself that the key changes to.
    """

    _ = ObjectProperty(None, rebind=True)
    words = ObjectProperty(None, rebind=True)
    following = StringProperty("")


class Dress(EventDispatcher):
    """Colours ``c`` (``theme.Colours``), palette of the drawings and the one that follows, growth of the
    letters, pixels of 1 mm, and whether the controls lie for the left hand.

    ``lay`` (``theme.FaceSizes``) says where things lie on this screen, ``unit`` how many mm of the panel one
    mm of the face is; ``slop`` and ``drift`` are those of a key, in mm of the face.
    """

    c = ObjectProperty(None, rebind=True)
    palette = StringProperty(Theme.LIGHT.value)
    following = StringProperty(Theme.LIGHT.following.value)
    large = NumericProperty(1.0)
    mm = NumericProperty(1.0)
    mirrored = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    lay = ObjectProperty(None, rebind=True)
    unit = NumericProperty(1.0)
    slop = NumericProperty(3.5)
    drift = NumericProperty(12.0)


class Wardrobe:
    """The one language and dress of a window."""

    def __init__(
        self, look: Look, language: str, screen: str = FIRST_SCREEN, *, left_handed: bool = False
    ) -> None:
        self._look = look
        self.panel = look.screen_named(screen)
        self.tongue = Tongue()
        face, unit = self.panel.face, self.panel.unit
        self.dress = Dress(c=look.color.light, mirrored=left_handed)
        self.dress.lay, self.dress.unit = face, unit
        self.dress.slop = min(look.size.slop / unit, look.size.slop_most)
        self.dress.drift = look.size.drift / unit
        self.speak(language)

    def put_up(self) -> None:
        """Make both known to the rules of the .kv files. A later wardrobe takes the place of an earlier.

        Kivy copies all names into each bound expression: what no rule of ours says is taken away.
        """
        for name in _UNSAID:
            global_idmap.pop(name, None)
        global_idmap["tr"] = self.tongue
        global_idmap["dress"] = self.dress

    @property
    def words(self) -> Words:
        """The words spoken at present."""
        return words_of(self._language)

    @property
    def spoken(self) -> str:
        """The language spoken at present."""
        return self._language

    def speak(self, language: str) -> None:
        """Say everything in ``language`` from the next frame on."""
        self._language = language
        self.tongue.words = words_of(language)
        self.tongue.following = words_of(following(language)).text("button.language")
        self.tongue._ = self.tongue.words.text

    def wear(self, theme: Theme, *, large: bool) -> None:
        """Change colours and size of letters."""
        sets = self._look.color
        self.dress.c = {Theme.LIGHT: sets.light, Theme.DARK: sets.dark, Theme.CONTRAST: sets.contrast}[theme]
        self.dress.palette, self.dress.following = theme.value, theme.following.value
        self.dress.large = self.panel.face.large if large else 1.0
