"""The page ``docs/instruments.md``, written from the catalogue so that it cannot promise more.

A test compares the file with this text; ``python -m devices.catalogue_page`` writes it.
"""

from collections.abc import Iterable
from pathlib import Path

from devices.catalogue import CATALOGUE
from devices.model import Model, PortSettings, Role
from devices.reading import Quantity

PAGE = Path(__file__).parent.parent / "docs" / "instruments.md"

CHECKLISTS = PAGE.parent / "checklists"

_HEAD = """# Instruments

Written from `devices/catalogue.py`. **Grade**: A the vendor's document or the standard was read · B two
independent implementations agree, or one and a captured frame · C one implementation or part of a document ·
D not verified. **No model here was tried on real hardware by this project.** Whoever connects one goes
through the checklist of its family first, and compares a measurement with the instrument's own display.

`./run simulate MODEL --scenario NAME` is the same instrument on a pseudo-terminal, `./run listen MODEL PORT
--capture FILE` shows and keeps what a real one says (`docs/captures.md`), `./run decode MODEL FILE` reads it
again. Speed and bits below are as the model ships; where its menu says otherwise, write `line = "4800 8N1"`
at the instrument in the settings, or `--line` at `listen`.

| model | instrument | measures | port | grade |
|---|---|---|---|---|
"""

_PARITY = {"N": "no parity", "E": "even parity", "O": "odd parity"}


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(map(_row, CATALOGUE)) + "".join(map(_section, CATALOGUE))


def family(model: Model) -> str:
    """The checklist for trying this model on real hardware, by the name of its file."""
    if Quantity.BODY_FAT in model.measures:
        return "body-composition"
    return _FAMILIES[model.role]


_FAMILIES = {
    Role.STAND: "scales",
    Role.PRESSURE: "pressure",
    Role.BLOOD: "blood-fats",
    Role.GLUCOSE: "glucose",
    Role.OXYGEN: "oximeters",
    Role.GRIP: "grip",
    Role.CARD: "readers",
    Role.CODE: "readers",
    Role.CHIP: "readers",
}


def _row(model: Model) -> str:
    name = f"[`{model.slug}`](#{model.slug})"
    return f"| {name} | {model.maker}: {model.name} | {_kinds(model)} | {model.port} | {model.grade} |\n"


def _section(model: Model) -> str:
    return (
        f"\n## {model.slug}\n\n{model.maker}: {model.name}.\n\n{model.evidence}\n\n{model.quirks}\n\n"
        f"- Stands at: {model.role.value}; measures {_kinds(model)}\n"
        f"- Port: {_port(model.port)}\n"
        f"- The wire allows: {_list(_abilities(model)) or 'listening only'}\n"
        f"- Of a person on the wire: {_named(model)}\n"
        f"- Source: {model.source}\n"
        f"- Scenarios of the simulator: {_list(f'`{name}`' for name in model.scenarios)}\n"
        f"- Before it is used: [checklist](checklists/{family(model)}.md)\n"
    )


def _port(port: PortSettings) -> str:
    stops = "1 stop bit" if port.stopbits == 1 else f"{port.stopbits} stop bits"
    return f"{port.baud} baud, {port.bytesize} data bits, {_PARITY[port.parity]}, {stops}, no flow control"


def _named(model: Model) -> str:
    if model.reads_identity:
        return "everything; nothing of it is shown to staff or captured"
    return (
        "nothing" if model.blank is None else "a number or a name, overwritten before it is shown or captured"
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
        (model.weighs.repeats, "the same settled weight again and again, which counts once three agree"),
        (model.weighs.needs_body, "a start only with sex, age and height"),
    )
    return tuple(words for able, words in said if able)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
