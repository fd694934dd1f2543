"""Known frames by model, each with its origin and what must come of it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from devices.catalogue import CATALOGUE, model_of
from devices.decode import decode
from devices.model import Model
from devices.printed import json_line, told_json
from devices.session import Told, Working

FOLDER = Path(__file__).parent / "frames"
ORIGINS = {"vendor-doc", "captured", "synthetic"}


@dataclass(frozen=True, slots=True)
class Known:
    model: Model
    name: str
    origin: str
    source: str
    data: bytes
    says: tuple[str, ...]
    captured: bool = False

    def __str__(self) -> str:
        return f"{self.model.slug}: {self.name}"


def known_frames() -> tuple[Known, ...]:
    found: list[Known] = []
    for model in CATALOGUE:
        table = tomllib.loads((FOLDER / f"{model.slug}.toml").read_text(encoding="utf-8"))
        found += [_known(model, row) for row in table["frame"]]
    return tuple(found)


def _known(model: Model, row: dict[str, str]) -> Known:
    captured = "capture" in row
    return Known(model, row["name"], row["origin"], row["source"], _data(row), tuple(row["says"]), captured)


def _data(row: dict[str, str]) -> bytes:
    """Bytes as hex or text, or a whole file of ``listen --capture`` with its times."""
    if "hex" in row:
        return bytes.fromhex(row["hex"])
    return row["text"].encode("latin-1") if "text" in row else row["capture"].lstrip().encode("ascii")


def lines(told: tuple[Told, ...]) -> tuple[str, ...]:
    return tuple(json_line(told_json(item)) for item in told if not isinstance(item, Working))


def said_of(slug: str, data: bytes) -> tuple[str, ...]:
    return lines(decode(model_of(slug), data))
