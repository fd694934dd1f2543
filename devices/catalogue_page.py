"""The page ``docs/instruments.md``, written from the catalogue so that it cannot promise more.

A test compares the file with this text; ``python -m devices.catalogue_page`` writes it.
"""

from collections.abc import Iterable
from pathlib import Path

from devices.catalogue import CATALOGUE
from devices.model import Model

PAGE = Path(__file__).parent.parent / "docs" / "instruments.md"

_HEAD = """# Instruments

Written from `devices/catalogue.py`. **Grade**: A the vendor's document or the standard was read · B two
independent implementations agree, or one and a captured frame · C one implementation or part of a document ·
D not verified. No model here was tried on real hardware by this project; before a station opens, compare one
measurement with the instrument's own display.

`python main.py simulate MODEL --scenario NAME` is the same instrument on a pseudo-terminal,
`python main.py listen MODEL PORT` shows what a real one says, `python main.py decode MODEL FILE` reads a
capture.

| model | instrument | measures | port | grade |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(map(_row, CATALOGUE)) + "".join(map(_section, CATALOGUE))


def _row(model: Model) -> str:
    port = f"{model.port.baud} {model.port.bytesize}{model.port.parity}{model.port.stopbits}"
    return f"| `{model.slug}` | {model.maker}: {model.name} | {_kinds(model)} | {port} | {model.grade} |\n"


def _section(model: Model) -> str:
    return (
        f"\n## {model.slug}\n\n{model.evidence}\n\n"
        f"- Stands at: {model.role.value}\n"
        f"- The wire allows: {_list(_abilities(model)) or 'listening only'}\n"
        f"- Source: {model.source}\n"
        f"- Scenarios of the simulator: {_list(f'`{name}`' for name in model.scenarios)}\n"
    )


def _kinds(model: Model) -> str:
    return _list(kind.value.replace("_", " ") for kind in model.measures) or "identity"


def _abilities(model: Model) -> tuple[str, ...]:
    can = model.can
    said = (
        (can.start, "start by the host"),
        (can.stop, "stop by the host"),
        (can.repeat, "one more measurement on request"),
        (can.live, "live values"),
        (can.zero, "zeroing by the host"),
        (can.height_unaided, "height without moving a rod"),
        (can.says_specimen, "the specimen's number"),
        (model.weighs.tells_empty, "when nobody stands there"),
        (not model.weighs.marks_still, "no word on whether a weight is settled, so the house judges"),
        (model.weighs.needs_body, "a start only with sex, age and height"),
    )
    return tuple(words for able, words in said if able)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
