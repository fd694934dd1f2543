"""A rule file that says anything doubtful is refused, by file and place."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from health.rulebook import RULES, RuleError, load_rulebook, with_edition

GRIP = RULES / "grip.toml"


def test_no_rule_is_read_before_somebody_asks_for_one() -> None:
    """Neither the kiosk's modules nor its commands read a rule file when they start."""
    code = (
        "import kiosk.commands, kiosk.running, kiosk.attendance, clinic.commands, health.assess;"
        "from health.rulebook import shipped_rulebook as book;"
        "print(book.cache_info().currsize, len(book().rules) > 9, book() is book())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["0", "True", "True"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("below = 18,", "belo = 18,", "belo"),
        ("below = 18,", "", "needs one limit"),
        ("below = 18,", "below = 18, upto = 18,", "needs one limit"),
        ('{ band = "normal", level', '{ band = "normal", below = 40, level', "last band"),
        ('sex = "male"', 'sex = "female"', "same people"),
        ('hint = "hint.grip.train", ', "", "needs a message and a hint"),
        ('word = "word.normal", ', "", "word and a phrase"),
        ("level = 1", "level = 7", "level"),
        ("in_force_from = 2019-12-01", "", "in_force_from"),
        ('source = "Asian', '# source = "Asian', "source"),
        ('id = "awgs_2019"', 'id = "awgs_2019', "grip.toml"),
    ],
)
def test_a_rule_that_is_not_whole_is_refused(folder: Path, old: str, new: str, named: str) -> None:
    said = GRIP.read_text(encoding="utf-8")
    assert old in said
    (folder / "grip.toml").write_text(said.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=named):
        load_rulebook(folder)


def test_stricter_targets_without_their_sentences_are_refused(folder: Path) -> None:
    file = folder / "ldl.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("targets_hint = ", "# "), encoding="utf-8")
    with pytest.raises(RuleError, match="targets_if"):
        load_rulebook(folder)


def test_bands_out_of_order_are_refused(folder: Path) -> None:
    file = folder / "systolic.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("below = 160", "below = 130"), encoding="utf-8")
    with pytest.raises(RuleError, match="sort them"):
        load_rulebook(folder)


def test_a_half_of_the_pressure_without_a_class_is_refused(folder: Path) -> None:
    file = folder / "diastolic.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"grade_3"', '"grade_9"'), encoding="utf-8")
    with pytest.raises(RuleError, match="grade_9"):
        load_rulebook(folder)


@pytest.mark.parametrize("change", ["add", "remove"])
def test_a_rule_file_that_is_not_listed_or_missing_is_told(folder: Path, change: str) -> None:
    if change == "add":
        shutil.copy(folder / "grip.toml", folder / "gait.toml")
    else:
        (folder / "grip.toml").unlink()
    with pytest.raises(RuleError, match=r"gait|grip"):
        load_rulebook(folder)


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(RuleError, match="awgs_2030"):
        with_edition(load_rulebook(), "grip/awgs_2030")


def test_every_edition_says_where_it_comes_from_and_how_sure_that_is() -> None:
    book = load_rulebook()
    said = [(e.id, e.source, e.evidence) for rule in book.rules for e in rule.edition]
    said += [(e.id, e.source, e.evidence) for e in book.pressure.edition]
    said += [(e.id, e.source, e.evidence) for e in book.weight_change.edition]
    for name, source, evidence in said:
        assert len(source) > 40, name
        assert len(evidence) > 40, name


def test_importing_the_rulebook_reads_no_file() -> None:
    hook = (
        "import sys\nseen = []\n"
        "sys.addaudithook(lambda e, a: seen.append(str(a[0])) if e == 'open' else None)\n"
        "import health.assess, health.casefile, health.answer\n"
        "print([name for name in seen if name.endswith(('.toml', '.po'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hook], capture_output=True, text=True, check=True, cwd=RULES.parents[1]
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("like", ["china_2099", "china_2018"])
def test_an_edition_can_be_like_no_other_than_a_whole_one(folder: Path, like: str) -> None:
    pair = folder / "blood_pressure.toml"
    text = pair.read_text(encoding="utf-8")
    pair.write_text(text.replace('like = "china_2024"', f'like = "{like}"', 1), encoding="utf-8")
    with pytest.raises(RuleError, match=f"no edition '{like}' to be like"):
        load_rulebook(folder)
