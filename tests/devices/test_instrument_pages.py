"""The pages about instruments say what the code does: generated text, and every frame that is shown."""

import re
from pathlib import Path

import pytest

from devices.catalogue import CATALOGUE, model_of
from devices.catalogue_page import CHECKLISTS, PAGE, family, page
from devices.decode import decode
from devices.model import Model
from devices.printed import dumps, told_json
from tests.devices.corpus import said_of

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _blocks(name: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_page_of_instruments_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_model_its_source_and_what_was_never_tried() -> None:
    for model in CATALOGUE:
        assert model.slug in page()
        assert model.source in page()
        assert model.evidence in page()
        assert "Not tried on" in model.evidence
        assert model.grade in "ABCD"


def test_every_line_on_the_grip_page_is_one_the_driver_takes() -> None:
    shown = [line for line in _blocks("grip-line.md")[1].splitlines() if line]
    assert len(shown) == 4
    for line in shown:
        (said,) = said_of("grip-line", f"{line}\r\n".encode("ascii"))
        assert said.startswith("grip_")


def test_the_example_of_a_new_instrument_decodes_as_shown() -> None:
    line, shown = _blocks("adding-an-instrument.md")
    told = decode(model_of("shanghe-sh"), line.encode("ascii"))
    assert [dumps(told_json(what)) for what in told] == shown.splitlines()


def test_slugs_are_unique_and_every_instrument_has_its_default_scenario() -> None:
    assert len({model.slug for model in CATALOGUE}) == len(CATALOGUE)
    assert all(model.scenarios[0] == "default" for model in CATALOGUE)


def test_the_capture_on_its_page_decodes() -> None:
    (shown,) = _blocks("captures.md")
    assert said_of("shanghe-sh", shown.encode("ascii")) == (
        "body_weight 65.5 kg (stable)",
        "body_height 170.5 cm (stable)",
    )


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.slug)
def test_every_model_has_quirks_and_stands_on_the_checklist_of_its_family(model: Model) -> None:
    page_of_family = (CHECKLISTS / f"{family(model)}.md").read_text(encoding="utf-8")
    overview = (CHECKLISTS / "README.md").read_text(encoding="utf-8")
    row = next(line for line in overview.splitlines() if f"`{model.slug}`" in line)
    assert model.quirks
    assert f"({family(model)}.md)" in row
    assert page_of_family.startswith("# Checklist: ")
    assert f"`{model.slug}`" in page_of_family or "GRIP" in page_of_family


def test_every_checklist_is_of_some_family() -> None:
    assert {path.stem for path in CHECKLISTS.iterdir()} == {family(model) for model in CATALOGUE} | {"README"}
