"""The screens that were made, and those that wait: the next ones are made while the one before is read.

Making a screen takes as long as drawing it. While she looks at a step, the screens that the table of the
flow leads to are made one at a time, with a body of nobody (``blanks``), and show their view when their
turn comes. When she went, every screen that showed her anything goes; what only waited has nothing of her.
"""

from collections.abc import Callable

from kivy.clock import Clock
from msgspec.structs import replace

from kiosk.flow.steps import Happening, Step
from kiosk.flow.table import TABLE
from kiosk.screens.blanks import BLANKS
from kiosk.screens.screen import StepScreen
from kiosk.views import View

AHEAD = 4
"""Screens that wait at once: each is a few hundred kilobytes of letters."""
AT_HAND = 1
"""Of those, the nearest so many with drawings have theirs unpacked: the album holds no more."""
MOST_GONE = 3
"""Screens that went and wait for a sweep: what many of them held would leave memory in pieces."""
CALM_S, APART_S = 0.2, 0.05
"""After a change of screen, and after each screen made ahead, so long nothing is made: fingers come first.

No finger is heard in the first 0.4 s of a screen, so most of it is done by then.
"""
_SELDOM = frozenset({Happening.GONE, Happening.BACK, Happening.NOT_ME, Happening.REFUSED})
_RARE = frozenset({Step.NOT_TODAY, Step.URGENT, Step.ANSWERED})
"""What nobody expects is made when it comes."""


class Wings:
    """``make`` makes the screen of a view, at its place and with its choices heard.

    ``rest`` lets a screen that nobody sees let go of its pictures, ``fetch`` has them ready for it and says
    whether it has any.
    """

    def __init__(
        self,
        make: Callable[[View], StepScreen],
        rest: Callable[[StepScreen], None],
        fetch: Callable[[StepScreen], bool],
    ) -> None:
        self._make, self._rest, self._fetch = make, rest, fetch
        self._fetched: set[Step] = set()
        self._at_hand: set[Step] = set()
        self._gone = 0
        self._shown: dict[Step, StepScreen] = {}
        self._waiting: dict[Step, StepScreen] = {}
        self._view: View | None = None
        self._work = Clock.create_trigger(self._make_one, APART_S)
        self._later = Clock.create_trigger(lambda _: self._work(), CALM_S)

    def screen(self, view: View) -> StepScreen:
        """The screen of the step of ``view``, which it does not show yet."""
        if view.step in self._waiting:
            self._shown[view.step] = self._waiting.pop(view.step)
        if view.step not in self._shown:
            self._shown[view.step] = self._make(view)
        return self._shown[view.step]

    def look_ahead(self, view: View) -> None:
        """``view`` is shown from now on: make what may follow, once it is calm."""
        before, self._view = self._view, view
        self._keep(Step.IDLE, view.step, view.step if before is None else before.step)
        self._fetched.clear()
        self._at_hand.clear()
        self._work.cancel()
        self._later.cancel()
        self._later()

    def forget(self) -> None:
        """She went: what showed her anything goes, but for the idle screen, and is made anew."""
        self._keep(Step.IDLE)

    @property
    def crowded(self) -> bool:
        """Whether more screens went since ``went`` was asked than may wait to be swept."""
        return self._gone >= MOST_GONE

    def went(self) -> bool:
        """Whether screens went since this was asked last; each holds itself in circles until it is swept."""
        went, self._gone = self._gone > 0, 0
        return went

    def prepare(self, step: Step, view: View) -> None:
        """Make the screen of ``step``, with nothing of the person of ``view``; it waits for its turn."""
        self._waiting[step] = self._make(_of_nobody(view, step))
        self._rest(self._waiting[step])

    @property
    def waiting(self) -> tuple[Step, ...]:
        """The steps whose screens wait."""
        return tuple(self._waiting)

    def _keep(self, *steps: Step) -> None:
        """Of the screens that were shown, these stay."""
        stay = {step: screen for step, screen in self._shown.items() if step in steps}
        self._gone += len(self._shown) - len(stay)
        self._shown = stay

    def _make_one(self, _: float) -> None:
        view = self._view
        if view is None:
            return
        wanted = [step for step in following(view.step) if step not in self._shown][:AHEAD]
        for step in [step for step in self._waiting if step not in wanted]:
            del self._waiting[step]
            self._gone += 1
        for step in wanted:
            if step not in self._waiting:
                self.prepare(step, view)
                self._work()
                return
            if step not in self._fetched and len(self._at_hand) < AT_HAND:
                self._fetched.add(step)
                if self._fetch(self._waiting[step]):
                    self._at_hand.add(step)
                    self._work()
                    return


def following(step: Step) -> tuple[Step, ...]:
    """The steps after ``step`` in the order in which they may be expected, nearest first."""
    found = [step]
    for each in found:
        leads = TABLE[each].leads.items()
        expected = [to for happening, to in leads if happening not in _SELDOM and to not in _RARE]
        found += [to for to in dict.fromkeys(expected) if to not in found]
    return tuple(found[1:])


def _of_nobody(view: View, step: Step) -> View:
    """A view of ``step`` in the language and the size of ``view``, with nothing of anybody."""
    return replace(
        view, step=step, body=BLANKS[step], road=None, right=None, overlay=None, whom=None, other=None
    )
