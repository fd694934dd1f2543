"""Whether she is still there, and what lies above the step: the panels, and how she wants the screen to look.

Nothing here moves a visit but time: a form left alone, or a scale left while it asks about her weight, asks
whether more time is needed, and ends the visit when nobody answers. A touch, or a value of the instrument of
the step, says that she is there.
"""

from collections.abc import Mapping
from types import MappingProxyType

from devices.model import Role
from health.words import DEFAULT, following
from kiosk.attendance import Attendance
from kiosk.calling.calls import UNANSWERED_S, Reason
from kiosk.care.hearing import CHOICES, Hears
from kiosk.care.other_card import NOT_AT, OtherCard
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import FORM_IDLE, RESULT_IDLE, TABLE, WARNING
from kiosk.views import Overlay, Theme

LOOK = frozenset({Choice.LANGUAGE, Choice.CONTRAST, Choice.LARGE})
"""Choices that change how the screen looks and nothing else."""
AT_WORK: Mapping[Step, Role] = MappingProxyType(
    {
        Step.STAND: Role.STAND,
        Step.REST: Role.OXYGEN,
        Step.PRESSURE: Role.PRESSURE,
        Step.GRIP: Role.GRIP,
    }
)
"""Whose values say that she is there; whatever lies on a scale at another step says nothing of her."""


class Presence:
    """What is the same at every step."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._hears = Hears(at)
        self.other = OtherCard(at)

    def choose(self, choice: Choice) -> bool:
        """Act on what was pressed; False where it belongs to the step."""
        sitting = self._at.sitting
        self._is_here()
        if choice is Choice.STOP:
            return False
        if choice in CHOICES:
            self._hears.choose(choice)
            self._ask_anew()
        elif self._hears.closed(choice):
            return True
        elif choice is Choice.HELP:
            self._call_help()
        elif sitting.overlay is Overlay.HELP and choice in LOOK:
            self._change_look(choice)
        elif sitting.overlay is Overlay.OUTCOME:
            return choice is not Choice.OUTCOME
        elif sitting.overlay is not None:
            self._answer(choice)
        elif choice in LOOK:
            self._change_look(choice)
        else:
            return False
        return True

    def touched(self) -> None:
        """The screen was touched, be it beside every key: what is asked stands as long as at first.

        Nothing else comes of it: a finger that missed has answered nothing.
        """
        self._is_here()
        self._ask_anew()

    def begin(self) -> None:
        """A step was arrived at: no panel lies above it but who goes on, and what came of a call."""
        sitting = self._at.sitting
        asks = sitting.overlay is Overlay.OTHER_CARD and self._at.step not in NOT_AT
        answers = sitting.overlay is Overlay.OUTCOME and self._at.step is not Step.IDLE
        if not (asks or answers):
            sitting.overlay, sitting.other_card = None, None

    def heard(self, role: Role | None) -> None:
        """The instrument of ``role`` said a value: at its own step she is there, and is waited for anew."""
        sitting = self._at.sitting
        if role is not None and AT_WORK.get(self._at.step) is role:
            sitting.touched = self._at.clock.monotonic()
            if sitting.overlay is Overlay.STILL_THERE:
                sitting.overlay, sitting.patience = None, 0

    def tick(self) -> None:
        """Ask whether she needs more time, and end the visit when nobody says so."""
        self._hears.tick()
        self.other.tick()
        sitting, limit = self._at.sitting, TABLE[self._at.step].idle
        if sitting.overlay is Overlay.STILL_THERE:
            if self._at.clock.read_over(sitting.overlay_since, WARNING):
                self._at.go(Happening.GONE)
        elif sitting.overlay is Overlay.HELP:
            self._watch_help(limit)
        elif sitting.overlay is None and (self._untouched(limit) or self._left()):
            self._at.cover(Overlay.STILL_THERE)
        elif self._at.step is Step.IDLE and self._untouched(FORM_IDLE):
            self._usual_look()

    def colleague(self) -> None:
        """Somebody came: the panel that said so goes."""
        if self._at.sitting.overlay is Overlay.HELP:
            self._at.sitting.overlay = None

    def _is_here(self) -> None:
        sitting = self._at.sitting
        sitting.touched, sitting.left_since = self._at.clock.monotonic(), None

    def _untouched(self, limit: int | None) -> bool:
        """Whether a form was left alone for its ``limit``."""
        return limit is not None and self._at.clock.read_over(self._at.sitting.touched, limit)

    def _left(self) -> bool:
        """Whether she stepped off the scale and touched nothing since."""
        since, limit = self._at.sitting.left_since, TABLE[self._at.step].left
        return limit is not None and since is not None and self._at.clock.read_over(since, limit)

    def _watch_help(self, limit: int | None) -> None:
        """A panel that nobody came to and nobody touches gives way; the call goes on without it."""
        since = self._at.sitting.overlay_since
        waited = self._at.clock.monotonic() - since > UNANSWERED_S
        alone = self._at.clock.read_since(max(since, self._at.sitting.touched))
        if not waited or alone <= UNANSWERED_S + RESULT_IDLE:
            return
        self._at.sitting.overlay = None
        if limit is not None:
            self._at.cover(Overlay.STILL_THERE)
        elif self._at.step is Step.IDLE:
            self._at.calls.left()

    def _call_help(self) -> None:
        """Above whatever lies on the step: who asks for help answers no other question."""
        if self._at.sitting.overlay is Overlay.OTHER_CARD:
            self.other.answer(Choice.HELP)
        self._at.call(Reason.HELP)
        self._at.cover(Overlay.HELP)

    def _ask_anew(self) -> None:
        """Who wants to hear the question again, or missed its key, has as long for it as at first."""
        if self._at.sitting.overlay in (Overlay.STILL_THERE, Overlay.OTHER_CARD, Overlay.VOICE):
            self._at.sitting.overlay_since = self._at.clock.monotonic()

    def _answer(self, choice: Choice) -> None:
        sitting = self._at.sitting
        overlay, sitting.overlay = sitting.overlay, None
        if overlay is Overlay.HELP and choice is Choice.CLOSE:
            self._at.calls.hush()
        if overlay is Overlay.OTHER_CARD:
            self.other.answer(choice)
        if overlay is Overlay.STILL_THERE and choice is Choice.LEAVE:
            self._at.go(Happening.GONE)

    def _usual_look(self) -> None:
        """Whoever changed the look of the idle screen went: the next one finds it as everybody does."""
        sitting = self._at.sitting
        sitting.language, sitting.theme, sitting.large = DEFAULT, Theme.LIGHT, False

    def _change_look(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice is Choice.LANGUAGE:
            sitting.language = following(sitting.language)
        elif choice is Choice.CONTRAST:
            sitting.theme = sitting.theme.following
        else:
            sitting.large = not sitting.large
