"""What waits in the wings shows what it is told when its turn comes, and never knew anybody before."""

from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.uix.label import Label

from kiosk.flow.steps import Step
from kiosk.screens.blanks import BLANKS
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.screens.screen import StepScreen
from kiosk.screens.wings import AHEAD, AT_HAND, MOST_GONE, Wings, following
from kiosk.theme import Look
from kiosk.views import View
from kiosk.widgets.drawing import Drawing
from kiosk.widgets.dress import Wardrobe

Settle = Callable[[], None]
LONGEST_S = 120.0
SHOWN = {each.view.step: each.view for each in samples("zh_CN") if each.view.overlay is None}


@pytest.fixture(scope="module")
def ahead(wardrobe: Wardrobe, look: Look) -> Iterator[Face]:
    """A face whose screens are made before their turn; it keeps the last ones alone."""
    face = Face(look, wardrobe, size=Window.size)
    Window.add_widget(face)
    yield face
    Window.remove_widget(face)


def labels(face: Face) -> Iterator[tuple[object, ...]]:
    for each in face.walk(restrict=True):
        if isinstance(each, Label):
            yield each.text, tuple(each.pos), tuple(each.size), tuple(each.color), each.font_size


def as_shown(face: Face, view: View, settle: Settle) -> list[tuple[object, ...]]:
    face.show(view)
    settle()
    settle()
    return list(labels(face))


def test_every_step_has_a_body_of_nobody() -> None:
    assert set(BLANKS) == set(Step)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.IDLE])
def test_a_screen_made_ahead_shows_the_same_as_one_made_for_its_view(
    step: Step, ahead: Face, module_face: Face, settle: Settle
) -> None:
    module_face.show(SHOWN[Step.IDLE])
    wanted = as_shown(module_face, SHOWN[step], settle)
    ahead.show(SHOWN[Step.IDLE])
    ahead._wings.prepare(step, SHOWN[Step.IDLE])
    settle()
    assert as_shown(ahead, SHOWN[step], settle) == wanted


def test_while_she_reads_the_next_screens_are_made_and_no_more(face: Face) -> None:
    face.show(SHOWN[Step.CONSENT])
    expected, end = following(Step.CONSENT)[:AHEAD], monotonic() + LONGEST_S
    while len(face._wings.waiting) < AHEAD and monotonic() < end:
        EventLoop.idle()
    assert face._wings.waiting == expected
    assert Step.GOODBYE not in expected


def test_the_nearest_screens_have_their_drawings_unpacked_and_no_more_than_the_album_holds() -> None:
    fetched: list[Step] = []

    def make(view: View) -> StepScreen:
        return StepScreen(body=view.body, view=view)

    def fetch(screen: StepScreen) -> bool:
        fetched.append(screen.view.step)
        return screen.view.step is not Step.SAMPLE

    wings = Wings(make, lambda _: None, fetch)
    wings.screen(SHOWN[Step.BLOOD])
    wings.look_ahead(SHOWN[Step.BLOOD])
    end = monotonic() + LONGEST_S
    while len(wings.waiting) < AHEAD and monotonic() < end:
        EventLoop.idle()
    assert following(Step.BLOOD)[0] is Step.SAMPLE
    assert fetched == list(following(Step.BLOOD)[: AT_HAND + 1])


def test_of_the_screens_behind_her_only_the_last_is_kept_and_a_drawing_that_is_not_seen_holds_nothing(
    face: Face, settle: Settle
) -> None:
    for step in (Step.IDLE, Step.WELCOME, Step.CONSENT, Step.BLOOD):
        face.show(SHOWN[step])
        settle()
    assert set(face._wings._shown) == {Step.IDLE, Step.CONSENT, Step.BLOOD}
    drawing = next(each for each in face.walk(restrict=True) if isinstance(each, Drawing))
    picture = drawing._sheet.texture
    assert picture.size == tuple(map(round, drawing.size))
    face.show(SHOWN[Step.STAND])
    drawing.repaint_soon()
    settle()
    assert drawing._sheet.texture is not picture


def test_who_presses_fast_leaves_no_more_screens_unswept_than_are_allowed(face: Face) -> None:
    asked: list[Step | None] = []
    face.bind(on_crowded=lambda it: asked.append(it.step))
    quick = (Step.IDLE, Step.WELCOME, Step.CONSENT, Step.BLOOD, Step.STAND, Step.REST)
    assert len(quick) == MOST_GONE + 3  # the first is kept, and so are the last two
    for step in quick:
        face.show(SHOWN[step])
    assert asked == [Step.REST]
    assert face.went()
    face.show(SHOWN[Step.PRESSURE])
    assert asked == [Step.REST]


def test_every_step_but_those_nobody_expects_is_reached_ahead() -> None:
    reached = {Step.IDLE, *following(Step.IDLE)}
    assert set(Step) - reached == {Step.URGENT, Step.ANSWERED, Step.NOT_TODAY}
