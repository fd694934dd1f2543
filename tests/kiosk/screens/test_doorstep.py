"""What stands first: the kept face. A press on it shows at once, is heard once, and is never lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.kept_face import Band, KeptFace, KeptKey, KeptPlace, PictureError, band_of, pixels_of, whole
from kiosk.widgets.doorstep import Doorstep

WIDE, HIGH = 40, 30


def kept(*names: str) -> KeptFace:
    """A face with keys of ten pixels side by side at the foot."""
    blank = bytes(WIDE * HIGH * 4)
    keys = tuple(
        KeptKey(name, "", (10.0 * number, 0.0, 9.0, 9.0), band_of(blank, pressed(number), WIDE))
        for number, name in enumerate(names)
    )
    return KeptFace((1, 1), (0, 0), (WIDE, HIGH), whole(blank, WIDE), None, keys, 3.0)


def pressed(number: int) -> bytes:
    rows = bytearray(WIDE * HIGH * 4)
    at = (2 * WIDE + 10 * number + 3) * 4
    rows[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(rows)


def choices(step: Doorstep) -> list[str]:
    return [key.choice for key in step.heard]


@pytest.fixture
def step() -> Doorstep:
    return Doorstep(kept("help", "start"))


class Touch:
    """A touch as the window hands it on."""

    is_mouse_scrolling = False

    def __init__(self, x: float, y: float) -> None:
        self.x = self.ox = x
        self.y = self.oy = y

    def to(self, x: float, y: float) -> "Touch":
        self.x, self.y = x, y
        return self


def test_a_press_shows_at_once_and_is_heard_when_the_finger_lifts(step: Doorstep) -> None:
    before, touch = len(step.canvas.children), Touch(14, 4)
    step.on_touch_down(touch)
    assert step.touched
    assert len(step.canvas.children) > before
    assert choices(step) == []
    shown = len(step.canvas.children)
    step.on_touch_up(touch)
    assert choices(step) == ["start"]
    assert len(step.canvas.children) == shown, "it stays pressed: it was heard"


def test_a_finger_that_slides_away_means_nothing_and_the_key_is_as_before(step: Doorstep) -> None:
    before, touch = len(step.canvas.children), Touch(14, 4)
    step.on_touch_down(touch)
    step.on_touch_move(touch.to(20, 4))
    step.on_touch_up(touch)
    assert choices(step) == []
    assert not step.touched
    assert len(step.canvas.children) == before


def test_a_trembling_finger_is_heard(step: Doorstep) -> None:
    touch = Touch(14, 4)
    step.on_touch_down(touch)
    step.on_touch_move(touch.to(15, 5))
    step.on_touch_up(touch)
    assert choices(step) == ["start"]


def test_a_palm_that_rests_presses_nothing_and_what_was_heard_is_not_heard_again(step: Doorstep) -> None:
    first, palm = Touch(14, 4), Touch(4, 4)
    step.on_touch_down(first)
    step.on_touch_down(palm)
    step.on_touch_up(palm)
    step.on_touch_up(first)
    for x in (14, 4, 14):
        again = Touch(x, 4)
        step.on_touch_down(again)
        step.on_touch_up(again)
    assert choices(step) == ["start", "help"]


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_what_is_kept_of_a_pressed_key_is_all_that_differs(wide: int, high: int, data: st.DataObject) -> None:
    rows = st.binary(min_size=wide * high * 4, max_size=wide * high * 4)
    rest, changed = data.draw(rows), data.draw(rows)
    band = band_of(rest, changed, wide)
    laid = bytearray(rest)
    if band is not None:
        part, (left, below), (across, up) = pixels_of(band), band.at, band.size
        for row in range(up):
            at = ((below + row) * wide + left) * 4
            laid[at : at + across * 4] = part[row * across * 4 : (row + 1) * across * 4]
    assert bytes(laid) == changed


def test_a_face_is_kept_for_its_own_facts_alone_and_only_the_last(tmp_path: Path) -> None:
    here, other = KeptPlace(tmp_path, "portrait", "right"), KeptPlace(tmp_path, "portrait", "left")
    face = kept("start")
    here.write(face)
    assert here.read() == face
    assert other.read() is None
    other.write(face)
    assert here.read() is None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_kept_face_that_is_torn_is_none_and_one_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    place = KeptPlace(tmp_path, "portrait")
    place.write(kept("start"))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-7])
    assert place.read() is None
    with pytest.raises(PictureError):
        pixels_of(Band((0, 0), (3, 3), whole(bytes(8), 1).packed))
