"""The machine itself: how true the touch is, how loud and bright it is, and what the doctor finds.

The touch test measures how far a finger came down beside each of twenty targets, in mm; the lean of all of
them tells a panel that is out of true from a hand that trembles.
"""

from math import hypot
from random import Random

from kiosk.backroom.icons import CHECK_ICONS
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import Action, ListView, Pill, RowView, SoundView, StaffBody, State, TouchView
from kiosk.doctor import Check
from kiosk.upkeep.reading_trail import Note
from kiosk.upkeep.staff import Act

STEPS = frozenset({StaffStep.TOUCH, StaffStep.TOUCHED, StaffStep.SOUND, StaffStep.STATION})
TARGETS = 20
TARGET_AREA = (26.0, 241.0), (106.0, 414.0)
"""Where targets lie, across and down, in mm from the top left corner of the tall face.

On another face a target lies at the same part of what lies between its head and foot.
"""
_LEAN = 1.0
"""A lean of less is a hand's own; in mm (judgement)."""


class Machine:
    """Touch, sound, light, and the doctor's lines."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._targets: list[tuple[float, float]] = []
        self._missed: list[tuple[float, float]] = []
        self._checks: tuple[Check, ...] | None = None

    def begin(self) -> None:
        """Lay out new targets, or let the doctor look."""
        step = self._shift.step
        if step is StaffStep.TOUCH:
            across, down = TARGET_AREA
            places = Random(0)  # noqa: S311 - places of targets, the same every time, so tests compare
            self._targets = [(places.uniform(*across), places.uniform(*down)) for _ in range(TARGETS)]
            self._missed = []
        elif step is StaffStep.STATION:
            self._look()

    def choose(self, press: Press, detail: str) -> None:
        """A touch, a step louder or brighter, another look."""
        if press is Press.HIT and self._shift.step is StaffStep.TOUCH:
            self._hit(detail)
        elif press is Press.TOUCH:
            self._shift.go(StaffHappening.TOUCH)
        elif press is Press.LOOK_AGAIN:
            self._look()
        elif press is Press.PAGE:
            self._shift.page = self._shift.page % pages_of(self._checks or ()) + 1
        else:
            self._set(press)

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.TOUCH:
            x, y = self._targets[min(len(self._missed), TARGETS - 1)]
            return TouchView(min(len(self._missed) + 1, TARGETS), TARGETS, x, y)
        if step is StaffStep.TOUCHED:
            return self._touched()
        return self._sound() if step is StaffStep.SOUND else self._station()

    def heading(self) -> str:
        """What the head says."""
        name = {StaffStep.SOUND: "sound", StaffStep.STATION: "station"}.get(self._shift.step, "touch")
        return self._shift.say(f"heading.{name}")

    def _hit(self, detail: str) -> None:
        x, y = (float(part) for part in detail.split(","))
        wanted = self._targets[len(self._missed)]
        self._missed.append((x - wanted[0], y - wanted[1]))
        if len(self._missed) == TARGETS:
            mean = sum(hypot(*one) for one in self._missed) / TARGETS
            job = Note(self._shift.by, Act.STATION, "touch", f"mean {mean:.1f} mm")
            self._shift.premises.desk.submit(job)
            self._shift.go(StaffHappening.ENOUGH)

    def _touched(self) -> TouchView:
        say, slop = self._shift.say, self._shift.premises.slop
        far = [hypot(*one) for one in self._missed] or [0.0]
        mean = sum(far) / len(far)
        good = mean <= slop
        verdict = Pill(State.GOOD if good else State.LOOK, say("touched.good" if good else "touched.poor"))
        return TouchView(
            TARGETS,
            TARGETS,
            0.0,
            0.0,
            mean=say("touched.mm", value=f"{mean:.1f}"),
            largest=say("touched.mm", value=f"{max(far):.1f}"),
            lean=self._lean(),
            verdict=verdict,
            sentence=say("touched.good_more" if good else "touched.poor_more", slop=f"{slop:g}"),
        )

    def _lean(self) -> str:
        """Which way all of them went, the larger of across and down."""
        count = max(1, len(self._missed))
        across, down = (sum(one[axis] for one in self._missed) / count for axis in (0, 1))
        if max(abs(across), abs(down)) < _LEAN:
            return self._shift.say("touched.none")
        if abs(across) >= abs(down):
            key, far = ("right" if across > 0 else "left"), abs(across)
        else:
            key, far = ("down" if down > 0 else "up"), abs(down)
        return self._shift.say(f"touched.{key}", value=self._shift.say("touched.mm", value=f"{far:.1f}"))

    def _set(self, press: Press) -> None:
        panel = self._shift.premises.panel
        volume, brightness = panel.volume(), panel.brightness()
        step = {Press.LOUDER: 1, Press.BRIGHTER: 1, Press.QUIETER: -1, Press.DARKER: -1}.get(press, 0)
        if press in (Press.LOUDER, Press.QUIETER) and volume is not None:
            panel.set_volume(min(10, max(0, volume + step)))
        elif press in (Press.BRIGHTER, Press.DARKER) and brightness is not None:
            panel.set_brightness(min(10, max(1, brightness + step)))
        elif press is Press.PLAY and volume is not None:
            panel.play()

    def _sound(self) -> SoundView:
        panel, say = self._shift.premises.panel, self._shift.say
        return SoundView(panel.volume(), say("sound.no_sound"), panel.brightness(), say("sound.no_light"))

    def _look(self) -> None:
        if not self._shift.waits:
            self._checks = None
            self._shift.wait_for(self._shift.premises.examine(), self._found)

    def _found(self, checks: tuple[Check, ...]) -> None:
        self._checks = tuple(sorted(checks, key=lambda one: one.ok))

    def _station(self) -> ListView:
        say, checks = self._shift.say, self._checks or ()
        rows = tuple(self._row(one) for one in checks)
        again = Action(Press.LOOK_AGAIN, "again", say("station.look"))
        sentence = say("station.looking") if self._checks is None else say("station.sentence")
        return ListView(
            say("station.title"),
            sentence,
            page_of(rows, self._shift.page),
            self._shift.page,
            pages_of(rows),
            action=None if self._checks is None else again,
        )

    def _row(self, one: Check) -> RowView:
        say = self._shift.say
        known = self._shift.words.has(f"backroom.check.{one.check}")
        title = say(f"check.{one.check}") if known else one.check
        more = say("check.well") if one.ok else say(f"check.{one.check}.do") if known else ""
        state = State.GOOD if one.ok else State.LOOK
        pill = Pill(state, say("station.ok" if one.ok else "station.wrong"))
        return RowView(one.check, CHECK_ICONS.get(one.check, "info"), title, more, pill, opens=False)
