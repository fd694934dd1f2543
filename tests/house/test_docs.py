"""What the documents promise is there: every link leads somewhere, every command and dependency is told."""

import re
import tomllib
from pathlib import Path

import pytest

from devices import catalogue_page
from tests.house.test_main import COMMANDS
from tests.house.tree import ROOT, files, name_of

PAGES = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_tells_every_command(name: str) -> None:
    assert re.search(rf"`(\./run )?{name}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_page_of_instruments_is_what_the_catalogue_says() -> None:
    assert catalogue_page.PAGE.read_text(encoding="utf-8") == catalogue_page.page()


def test_architecture_fits_on_one_page() -> None:
    assert len((ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 80


def _declared() -> tuple[list[str], list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed, tools = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    return [_package(line) for line in needed], [_package(line) for line in tools]


def _package(requirement: str) -> str:
    """The name as the lock file writes it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[=<>\[; ]", requirement)[0]).lower()


def test_every_dependency_is_locked() -> None:
    locked = re.findall(
        r"^([a-z0-9.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    needed, tools = _declared()
    assert sorted({*needed, *tools} - set(locked)) == []


def test_every_dependency_of_the_product_has_a_reason() -> None:
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    needed, _ = _declared()
    assert [
        name for name in needed if not re.search(rf"^\| .*\b{re.escape(name)}\b", reasons, re.MULTILINE)
    ] == []


def test_the_house_says_whose_work_it_carries() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(name in notice for name in ("Noto Sans SC", "SIL Open Font License", "LOINC", "UCUM"))


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert sorted(set(numbers)) == numbers
    said = [file.read_text(encoding="utf-8").partition(".")[0] for file in files]
    assert said == [f"# {number}" for number in numbers]
