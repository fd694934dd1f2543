"""Sample views of every step, of one synthetic person: for pictures in the docs, for review and for tests.

Pure: no widget. The numbers are those of the look of the kiosk; nobody was measured.
"""

from collections.abc import Callable
from dataclasses import dataclass

from health.words import Words, words_of
from kiosk.flow.steps import Choice, Station, Step
from kiosk.views import Body, IdentifyView, IdleView, Mark, Overlay, Road, StandView, Theme, View

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture's name and what it shows."""

    name: str
    view: View


def road(number: int, blood_left: str | None = None, blood_part: float | None = None) -> Road:
    """The road with ``number`` being here, all before done."""
    marks = tuple(
        (station, Mark.DONE if place < number else Mark.HERE if place == number else Mark.AHEAD)
        for place, station in enumerate(Station, start=1)
    )
    return Road(number, marks, blood_left, blood_part)


@dataclass(frozen=True, slots=True)
class _Of:
    step: Step
    body: Body
    road: Road | None = None
    right: Choice | None = None
    name: str = ""
    overlay: Overlay | None = None


def samples(
    language: str, theme: Theme = Theme.LIGHT, *, large: bool = False, demo: bool = False
) -> tuple[Sample, ...]:
    """Every step and panel in ``language``, in the order of a visit."""
    said = words_of(language)
    return tuple(
        Sample(
            each.name or each.step.value,
            View(
                step=each.step,
                body=each.body,
                language=language,
                theme=theme,
                large=large,
                road=each.road,
                right=each.right,
                overlay=each.overlay,
                overlay_seconds=18 if each.overlay is Overlay.STILL_THERE else None,
                help_called=each.overlay is Overlay.HELP,
                demo=demo,
            ),
        )
        for each in _all(said)
    )


def _all(said: Words) -> tuple[_Of, ...]:
    clock = "上午 9:42" if said.language.startswith("zh") else "9:42 am"
    day = "11 月 23 日 星期一" if said.language.startswith("zh") else "Monday 23 November"
    return (
        _Of(Step.IDLE, IdleView("9:42", day)),
        _Of(Step.IDENTIFY, IdentifyView(clock), right=Choice.BACK),
        _Of(
            Step.STAND,
            StandView(on=False, live=False, weight=None, height=None, lamps=0),
            road(2, "2:01", 0.2),
            Choice.SKIP,
            "stand_on",
        ),
        _Of(
            Step.STAND,
            StandView(on=True, live=True, weight="51.3", height="152.4", lamps=3),
            road(2, "1:52", 0.3),
            Choice.SKIP,
        ),
    )
