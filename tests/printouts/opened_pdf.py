"""A PDF read by qpdf: its objects, and the content of its pages word by word."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from tests.printouts.cases import tool

Value: TypeAlias = Any
# A string, a hexadecimal string or dictionary, an inline image, an array, or a word.
_TOKEN = re.compile(
    rb"\((?:\\.|[^\\()])*\)|BI .*? EI|<<.*?>>|<[0-9A-Fa-f]*>|\[[^\]]*\]|[^\s()<>\[\]]+", re.DOTALL
)


@dataclass(frozen=True)
class File:
    """A PDF as qpdf reads it."""

    raw: bytes
    objects: dict[str, Value]

    @cached_property
    def catalog(self) -> Value:
        return self.of(self.objects["trailer"]["value"]["/Root"])

    def of(self, value: Value) -> Value:
        """The value itself, behind a reference."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            held = self.objects[f"obj:{value}"]
            return held.get("value", held.get("stream", {}).get("dict"))
        return value

    def data(self, reference: str) -> bytes:
        """The bytes of a stream, unpacked."""
        return base64.b64decode(self.objects[f"obj:{reference}"]["stream"]["data"])

    def of_type(self, name: str) -> list[Value]:
        """Every dictionary with that ``/Type``."""
        return [
            v
            for o in self.objects.values()
            if isinstance(v := o.get("value"), dict) and v.get("/Type") == name
        ]

    @cached_property
    def pages(self) -> list[Value]:
        return [self.of(kid) for kid in self.of(self.catalog["/Pages"])["/Kids"]]


def read(pdf: bytes, folder: Path) -> File:
    """The file; fails where qpdf finds it damaged."""
    place = folder / "archived.pdf"
    place.write_bytes(pdf)
    subprocess.run([tool("qpdf"), "--check", str(place)], check=True, capture_output=True)
    command = [tool("qpdf"), "--json=2", "--json-stream-data=inline", "--decode-level=all", str(place)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return File(pdf, said["qpdf"][1])


def tokens(file: File, page: Value) -> list[str]:
    """The content of a page, word by word."""
    return [t.decode("latin-1") for t in _TOKEN.findall(file.data(page["/Contents"]))]


def shown(file: File, page: Value) -> Iterator[tuple[str, bytes]]:
    words, held, stack = tokens(file, page), "", list[str]()
    for n, word in enumerate(words):
        if word == "q":
            stack.append(held)
        elif word == "Q":
            held = stack.pop()
        elif word == "Tf":
            held = words[n - 2]
        elif word == "Tj":
            yield held, _string(words[n - 1])


def _string(word: str) -> bytes:
    """A literal string, ISO 32000-1, 7.3.4.2."""
    plain = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

    def meant(match: re.Match[str]) -> str:
        said = match[1]
        return chr(int(said, 8)) if said.isdigit() else plain.get(said, said)

    return re.sub(r"\\([0-7]{1,3}|.)", meant, word[1:-1], flags=re.DOTALL).encode("latin-1")
