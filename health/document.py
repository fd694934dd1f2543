"""Versioned JSON in gzip: the one way records, amendments and results without a person become bytes.

The same content is always the same bytes (no time stamp). Decimals are strings, frames are hex, times are
RFC 3339. Reading is strict: an unknown version, an unknown field or a value that would not be written back
the same is refused, never guessed. It knows no shape of its own and repeats no value in an error.
"""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec

from health.errors import HealthError

LARGEST = 4 * 1024 * 1024
"""Bytes of JSON a document may have; a visit has about 20 kB. It bounds what a hostile gzip can unpack to."""

T = TypeVar("T")
_KEPT = (bytes, Decimal)


class DocumentError(HealthError):
    """Bytes that this software cannot read as what they should be, or a content that cannot be written."""


class Form(msgspec.Struct, frozen=True):
    """What a kind of document is called: its ``name`` is the key around the content, with its ``version``.

    ``error`` is raised for everything that is wrong with one. ``earlier`` are the versions that read as this
    one does, because what came later has a default.
    """

    name: str
    version: int
    error: type[DocumentError]
    earlier: tuple[int, ...] = ()


def pack(form: Form, content: object) -> bytes:
    """``content`` as gzip of JSON, the same bytes every time. Raises the form's error for NaN."""
    tree = {"version": form.version, form.name: msgspec.to_builtins(content, builtin_types=_KEPT)}
    try:
        text = _text(tree)
    except ArithmeticError as wrong:
        raise form.error(f"A value of this {form.name} is not a number; it cannot be kept.") from wrong
    return gzip.compress(text, compresslevel=6, mtime=0)


def unpack(form: Form, data: bytes, shape: type[T]) -> T:
    """The content that ``pack`` made ``data`` from. Raises the form's error for anything else."""
    text = _unpacked(form, data)
    tree = _tree(form, text)
    if not isinstance(tree, dict) or not _is_known(form, tree.get("version")):
        raise form.error(f"This {form.name} has a version this software does not know; update the software.")
    if form.name not in tree:
        raise form.error(_shapeless(form, "a field is missing or wrong"))
    try:
        content = msgspec.convert(tree[form.name], shape, builtin_types=(bytes,))
    except msgspec.ValidationError as wrong:
        raise form.error(_shapeless(form, _where(wrong, form.name))) from wrong
    written = msgspec.to_builtins(content, builtin_types=_KEPT)
    if _same_again(form, written, text):
        return content
    if tree.keys() != {"version", form.name} or not _says_no_more(tree[form.name], written):
        raise form.error(f"This {form.name} has a field this software does not know; update the software.")
    return content


def _same_again(form: Form, written: object, text: bytes) -> bool:
    """Whether it is written back byte for byte: then it says no more, and the slower look is spared."""
    try:
        return _text({"version": form.version, form.name: written}) == text
    except ArithmeticError:
        return False


def _is_known(form: Form, version: object) -> bool:
    return type(version) is int and version in (form.version, *form.earlier)


def _text(tree: Mapping[str, object]) -> bytes:
    """Raises ``ArithmeticError`` for NaN."""
    return json.dumps(tree, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: object) -> str:
    if isinstance(value, Decimal) and not value.is_finite():
        raise ArithmeticError("not a number")
    return value.hex() if isinstance(value, bytes) else str(value)


def _unpacked(form: Form, data: bytes) -> bytes:
    gunzip = zlib.decompressobj(wbits=31)
    try:
        text = gunzip.decompress(data, LARGEST)
    except zlib.error as damaged:
        raise form.error(f"This is not a {form.name}: it does not unpack.") from damaged
    if not gunzip.eof or gunzip.unused_data:
        raise form.error(f"This is not a {form.name}: it is cut short, too long, or has something behind it.")
    return text


def _tree(form: Form, text: bytes) -> object:
    try:
        return json.loads(text.decode(), object_pairs_hook=_pairs)
    except (ValueError, RecursionError) as wrong:
        raise form.error(f"This is not a {form.name}: its JSON cannot be read.") from wrong


def _pairs(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    frame = found.get("frame")
    if isinstance(frame, str):
        found["frame"] = bytes.fromhex(frame)
    return found


def _shapeless(form: Form, where: str) -> str:
    return f"This {form.name} does not have the shape of version {form.version}: {where}."


def _where(wrong: msgspec.ValidationError, name: str) -> str:
    """Which field is wrong, without its value: values here belong to a person."""
    said = str(wrong)
    if " - at " not in said:
        return "a field is missing or wrong"
    return said.rpartition(" - at ")[2].replace("`$", f"`$.{name}", 1)


def _says_no_more(given: object, kept: object) -> bool:
    """Whether all that was ``given`` is in what was ``kept``. A field left out takes its default."""
    if isinstance(given, dict) and isinstance(kept, Mapping):
        return all(key in kept and _says_no_more(value, kept[key]) for key, value in given.items())
    if isinstance(given, list) and isinstance(kept, tuple):
        return len(given) == len(kept) and all(map(_says_no_more, given, kept))
    if isinstance(kept, Decimal):
        return kept.is_finite() and given == str(kept)
    return type(given) is type(kept) and given == kept
