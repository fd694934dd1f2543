"""Every sample of the staff area's screens, in both languages: large enough, apart, complete, readable."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kivy.core.window import Window
from kivy.metrics import mm

from health.words import languages, words_of
from kiosk.backroom.steps import Press, StaffStep
from kiosk.staff.all_screens import STAFF_SCREENS, load_staff_rules, staff_screen_for
from kiosk.staff.face import StaffFace
from kiosk.staff.samples import StaffSample, staff_samples
from kiosk.theme import Look, load_look
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import Key
from kiosk.widgets.words import Words
from tests.kiosk.screens.finger_and_clock import Finger, Time
from tests.kiosk.screens.lint import faults, seen

Settle = Callable[[], None]
ROOT = Path(__file__).resolve().parents[3]
FILES = [*(ROOT / "kiosk" / "staff").iterdir(), *(ROOT / "kiosk" / "backroom").iterdir()]


@pytest.fixture(scope="module")
def staff_face(wardrobe: Wardrobe) -> Iterator[StaffFace]:
    load_staff_rules()
    face = StaffFace(load_look(), wardrobe, size=Window.size)
    Window.add_widget(face)
    yield face
    Window.remove_widget(face)


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
def test_every_screen_is_large_apart_complete_and_has_one_blue_area_and_one_way_out(
    staff_face: StaffFace, settle: Settle, look: Look, language: str
) -> None:
    wrong: list[str] = []
    places = set()
    for sample in shown(staff_face, settle, language):
        keys = seen(staff_face, Key)
        wrong += [f"{sample.name}: {line}" for line in faults(staff_face, look, set(Press))]
        if sum(key.kind == "primary" for key in keys) > 1:
            wrong.append(f"{sample.name}: more than one blue area")
        if not any("DEMO" in words.text for words in seen(staff_face, Words)):
            wrong.append(f"{sample.name}: nothing says that it is a demonstration")
        places |= {
            (key.choice == "help", round(key.x / mm(1)), round(key.width / mm(1)))
            for key in keys
            if key.y < mm(30) and key.choice in ("help", "back", "leave")
        }
    assert wrong == []
    assert places == {(True, 16, 60), (False, 173, 79)}


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
def test_a_rule_file_holds_no_words_and_no_colours(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
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
