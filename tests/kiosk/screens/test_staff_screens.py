"""Every sample of the staff area's screens, on every panel, in both languages and for both hands.

Keys are as large and as far apart as the residents', words whole and readable.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest

from health.words import languages, words_of
from kiosk.backroom.steps import Press, StaffStep
from kiosk.screens.all_screens import PARTS, rule_files
from kiosk.staff.all_screens import STAFF_SCREENS, staff_rule_files, staff_screen_for
from kiosk.staff.face import StaffFace
from kiosk.staff.samples import StaffSample, staff_samples
from kiosk.theme import Look, Rules, load_look
from kiosk.widgets.key import Key
from kiosk.widgets.words import Words
from tests.kiosk.screens.desks import Desk, desk_on
from tests.kiosk.screens.finger_and_clock import Finger, Time
from tests.kiosk.screens.lint import faults, place_of, seen
from tests.kiosk.screens.places import HELP, Hand
from tests.whole import quick_of

Settle = Callable[[], None]
ROOT = Path(__file__).resolve().parents[3]
FILES = [*(ROOT / "kiosk" / "staff").rglob("*.*"), *(ROOT / "kiosk" / "backroom").iterdir()]
OFTEN = {("right", "zh_CN"), ("right", "en"), ("left", "en")}
"""Both languages, and the mirror in the one whose words are longer; the other mirror waits for the whole."""


@pytest.fixture(scope="module", params=load_look().screen)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    with desk_on(request.param, load_look()) as made:
        yield made


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


@pytest.mark.parametrize(("hand", "language"), quick_of(product(("right", "left"), languages()), OFTEN))
def test_every_screen_is_large_apart_complete_and_has_one_blue_area_and_one_way_out(
    desk: Desk, settle: Settle, look: Look, language: str, hand: Hand
) -> None:
    wrong: list[str] = []
    helped, out = set(), set()
    panel, face = desk.wardrobe.panel, desk.face
    desk.wardrobe.dress.mirrored = hand == "left"
    for sample in shown(face, settle, language):
        keys = seen(face, Key)
        wrong += [f"{sample.name}: {line}" for line in faults(face, look, set(Press), unit=panel.unit)]
        if sum(key.kind == "primary" for key in keys) > 1:
            wrong.append(f"{sample.name}: more than one blue area")
        if not any("DEMO" in words.text for words in seen(face, Words)):
            wrong.append(f"{sample.name}: nothing says that it is a demonstration")
        helped |= {place_of(key, face) for key in keys if key.choice == "help"}
        out |= {place_of(key, face) for key in keys if key.choice in ("back", "leave")}
    assert wrong == [], "\n".join(wrong)
    assert helped == {HELP[panel.pixels[0], hand]}
    assert len(out) == 1


def test_every_screen_of_the_staff_area_has_one_rule_for_each_way_to_lie() -> None:
    """Fails for a screen drawn for the tall face only: give it ``kiosk/staff/wide/<screen>.kv``."""
    ruled = {}
    for rules in Rules:
        texts = [file.read_text(encoding="utf-8") for file in staff_rule_files(rules)]
        named = [name for text in texts for name in re.findall(r"(?m)^<(\w+)>", text)]
        assert sorted(named) == sorted(set(named))
        ruled[rules] = {name for name in named if name.endswith(("Screen", "Head", "Foot", "Key", "Tile"))}
    assert ruled[Rules.TALL] == ruled[Rules.WIDE]


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


@pytest.mark.parametrize(
    "file", sorted(f for f in FILES if f.suffix == ".kv"), ids=lambda f: f"{f.parent.name}-{f.stem}"
)
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


@pytest.mark.parametrize("rules", Rules)
def test_no_rule_of_the_area_names_a_widget_of_the_residents(rules: Rules) -> None:
    """It is read while theirs stand, so it must change nothing of them."""
    of_staff, of_residents = (_named(files(rules)) for files in (staff_rule_files, rule_files))
    assert {"StaffScreen", "HomeScreen"} <= of_staff
    assert {"AskScreen", "Key"} <= of_residents
    assert of_staff.isdisjoint(of_residents | {one.__name__ for one in PARTS})


def _named(files: Iterable[Path]) -> set[str]:
    """The widgets that rules of these files name."""
    heads = (re.findall(r"^<-?([^>]+)>:", file.read_text(encoding="utf-8"), re.MULTILINE) for file in files)
    return {name.split("@")[0].strip() for head in heads for names in head for name in names.split(",")}
