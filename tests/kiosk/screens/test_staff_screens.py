"""Every sample of the staff area's screens, in both languages: large enough, apart, complete, readable."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from kivy.core.window import Window
from kivy.metrics import mm
from kivy.uix.widget import Widget

from health.words import languages, words_of
from kiosk.backroom.steps import Press, StaffStep
from kiosk.staff.all_screens import STAFF_SCREENS, load_staff_rules, staff_screen_for
from kiosk.staff.face import StaffFace
from kiosk.staff.samples import StaffSample, staff_samples
from kiosk.theme import Look, load_look
from kiosk.widgets.caption import Caption
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import Key
from kiosk.widgets.words import Words
from tests.kiosk.screens.finger_and_clock import Finger, Time

Settle = Callable[[], None]
ROOT = Path(__file__).resolve().parents[3]
FILES = [*(ROOT / "kiosk" / "staff").iterdir(), *(ROOT / "kiosk" / "backroom").iterdir()]
READ_ON = (
    ("text", "page"),
    ("secondary", "page"),
    ("secondary", "card"),
    ("secondary", "foot_key"),
    ("window_label", "window"),
    ("window_text", "window"),
    ("live", "window"),
    ("good", "good_tint"),
    ("look", "look_tint"),
    ("doctor", "doctor_tint"),
    ("info_text", "info"),
    ("good", "key"),
    ("look", "key"),
    ("doctor", "page"),
)
"""Colours of words of the staff area, and the grounds they stand on."""
_EDGE = 1.5  # pixels of rounding
_BREATH = 1.0  # mm left free beside the words of a key


@pytest.fixture(scope="module")
def staff_face(wardrobe: Wardrobe) -> Iterator[StaffFace]:
    load_staff_rules()
    face = StaffFace(load_look(), wardrobe, size=Window.size)
    Window.add_widget(face)
    yield face
    Window.remove_widget(face)


def seen(face: Widget, kind: type[Widget]) -> list[Widget]:
    found = (each for each in face.walk(restrict=True) if isinstance(each, kind))
    return [each for each in found if each.right > 0 and each.top > 0 and min(each.size) > 1]


def shown(face: StaffFace, settle: Settle, language: str) -> Iterator[StaffSample]:
    for sample in staff_samples(language):
        face.show(sample.view)
        settle()
        yield sample


def test_every_step_of_the_staff_area_has_a_screen_and_a_sample() -> None:
    steps = [step for step in StaffStep if step is not StaffStep.OUT]
    assert [step for step, _ in STAFF_SCREENS] == steps
    assert all(staff_screen_for(step).__name__.endswith("Screen") for step in steps)
    assert {each.view.step for each in staff_samples("zh_CN")} == set(steps)


@pytest.mark.parametrize("language", languages())
def test_keys_are_large_and_apart_and_words_are_large_and_fit(
    staff_face: StaffFace, settle: Settle, look: Look, language: str
) -> None:
    wrong: list[str] = []
    for sample in shown(staff_face, settle, language):
        wrong += [f"{sample.name}: {line}" for line in _keys(seen(staff_face, Key), look)]
        wrong += [f"{sample.name}: {line}" for line in _texts(staff_face, look)]
    assert wrong == []


def _keys(keys: list[Widget], look: Look) -> Iterator[str]:
    for key in keys:
        if min(key.size) < mm(look.size.target_min) - _EDGE:
            yield f"{key.choice} is {key.width / mm(1):.1f} x {key.height / mm(1):.1f} mm"
        if key.choice not in set(Press):
            yield f"{key.choice!r} is nothing to press"
    for one, other in combinations(keys, 2):
        across = max(one.x, other.x) - min(one.right, other.right)
        down = max(one.y, other.y) - min(one.top, other.top)
        if max(across, down) < mm(6.35) - _EDGE:
            yield f"{one.choice} and {other.choice} lie {max(across, down) / mm(1):.1f} mm apart"


def _texts(face: Widget, look: Look) -> Iterator[str]:
    for words in seen(face, Words):
        if words.text and words.font_size < mm(look.size.text_min) - 0.1:
            yield f"{words.text!r} is {words.font_size / mm(1):.1f} mm"
        if words.text and words.overflow > _EDGE:
            yield f"{words.text!r} stands out by {words.overflow / mm(1):.1f} mm"
    for caption in seen(face, Caption):
        if caption.overflow > -2 * mm(_BREATH):
            yield f"{caption.text!r} stands out by {caption.overflow / mm(1):.1f} mm"


def test_help_and_the_way_back_lie_at_the_same_place_on_every_screen(
    staff_face: StaffFace, settle: Settle
) -> None:
    places = set()
    for sample in shown(staff_face, settle, "zh_CN"):
        foot = [key for key in seen(staff_face, Key) if key.y < mm(30)]
        assert {key.choice for key in foot} >= {"help"}, sample.name
        assert {key.choice for key in foot} & {"back", "leave"}, sample.name
        places |= {
            (key.choice == "help", round(key.x / mm(1)), round(key.width / mm(1)))
            for key in foot
            if key.choice in ("help", "back", "leave")
        }
    assert places == {(True, 16, 60), (False, 173, 79)}


def test_a_staff_screen_has_one_blue_area_at_most(staff_face: StaffFace, settle: Settle) -> None:
    for sample in shown(staff_face, settle, "zh_CN"):
        assert sum(key.kind == "primary" for key in seen(staff_face, Key)) <= 1, sample.name


def test_a_demo_says_so_on_every_staff_screen(staff_face: StaffFace, settle: Settle) -> None:
    for sample in shown(staff_face, settle, "en"):
        assert any("DEMO" in words.text for words in seen(staff_face, Words)), sample.name


def test_words_stand_out_from_their_ground(look: Look) -> None:
    colours = msgspec.structs.asdict(look.color.light)
    faint = [
        f"{name} on {ground}" for name, ground in READ_ON if _contrast(colours[name], colours[ground]) < 4.5
    ]
    assert faint == []


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_word_the_staff_area_names_is_in_every_catalogue() -> None:
    named = set()
    for file in FILES:
        if file.suffix in {".kv", ".py"}:
            text = file.read_text(encoding="utf-8")
            named |= set(re.findall(r'"((?:backroom|button)\.[a-z0-9_.]*[a-z0-9])"', text))
            named |= {f"backroom.{key}" for key in re.findall(r'\bsay\(\s*"([a-z0-9_.]*[a-z0-9])"', text)}
    assert len(named) > 100
    for language in languages():
        known = words_of(language)
        assert {key for key in named if not known.has(key)} == set(), language


@pytest.mark.parametrize("file", sorted(f for f in FILES if f.suffix == ".kv"), ids=lambda f: f.stem)
def test_a_rule_file_says_millimetres_and_no_pixels(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\b(dp|sp|cm|inch|pt)\(|\d(dp|sp|px)\b|size_hint|pos_hint", text)
    assert not re.search(r"[一-鿿]", text), "words belong into the catalogue"
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", text), "colours belong into the theme"


def test_a_row_that_only_tells_is_deaf(
    staff_face: StaffFace, settle: Settle, finger: type[Finger], time: Time
) -> None:
    heard: list[tuple[str, str]] = []
    staff_face.bind(on_press=lambda _, press, detail: heard.append((press, detail)))
    by_name = {each.name: each.view for each in staff_samples("zh_CN")}
    for name in ("staff_station", "staff_visits"):
        staff_face.show(by_name[name])
        settle()
        time.now += 10
        finger(100, 110).down().up()
    assert heard == [("open", "9:52")]
