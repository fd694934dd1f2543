"""What a process asks of a disk, as frozen strokes, and the reading of them from a log of ``strace``.

It knows the system calls a database makes and nothing of databases. Calls of other threads lie between the
two halves of one that was interrupted; a stroke counts from where it was finished.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,pwrite64,write,fdatasync,fsync,unlink,unlinkat,ftruncate,rename"


class UnknownStrokeError(Exception):
    """A call of the log that the replay would get wrong; it must be taught first."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of that name began to exist, where it did not."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes were handed to the system for the file ``name``; they are on no disk yet."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file was cut, or lengthened by zeros, to ``size`` bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """The content of the file is on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """The names in the folder are on the disk."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The name is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """The process said that all that ``words`` tell of is kept."""

    words: str


Stroke = Made | Written | Cut | Synced | FolderSynced | Unlinked | Said

_HALF = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>$")
_OTHER_HALF = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)$")
_WHOLE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)(<.*>)?(?: .*)?$")
_OF_HANDLE = re.compile(r"\d+<([^>]*)>(?:, )?(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?(?:, )?(.*)$')


def strokes(log: Iterable[str], folder: Path, said: Path) -> Iterator[Stroke]:
    """The strokes on files of ``folder``, and what was appended to the file ``said``, in order.

    The log is of ``strace -f -y -xx`` with ``CALLS`` and strings uncut. Raises ``UnknownStrokeError``.
    """
    there: set[str] = set()
    for call, told, back in _finished(log):
        if back < 0:
            continue
        yield from _stroke(call, told, folder, said, there)


def _finished(log: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    begun: dict[str, str] = {}
    for line in log:
        text = line.rstrip("\n")
        if half := _HALF.match(text):
            begun[half[1]] = half[2]
            continue
        if rest := _OTHER_HALF.match(text):
            text = f"{rest[1]} {begun.pop(rest[1])}{rest[3]}"
        if whole := _WHOLE.match(text):
            yield whole[1], whole[2], int(whole[3])


def _stroke(call: str, told: str, folder: Path, said: Path, there: set[str]) -> Iterator[Stroke]:
    if call == "openat":
        yield from _opened(told, folder, there)
    elif call in ("unlink", "unlinkat"):
        name = _inside(_path_in(told), folder)
        if name is not None:
            there.discard(name)
            yield Unlinked(name)
    elif call == "rename":
        if _inside(_path_in(told), folder) is not None:
            raise UnknownStrokeError("The ledger renamed a file; teach the replay what that does.")
    else:
        yield from _on_handle(call, told, folder, said)


def _opened(told: str, folder: Path, there: set[str]) -> Iterator[Stroke]:
    name = _inside(_path_in(told), folder)
    if name is None or not name or "O_CREAT" not in told or name in there:
        return
    there.add(name)
    yield Made(name)


def _on_handle(call: str, told: str, folder: Path, said: Path) -> Iterator[Stroke]:
    found = _OF_HANDLE.match(told)
    if found is None:
        return
    path, rest = Path(_plain(found[1])), found[2]
    if path == said and call == "write":
        yield Said(_text(rest)[0].decode().strip())
        return
    name = _inside(path, folder)
    if name is None:
        return
    if call in ("fdatasync", "fsync"):
        yield Synced(name) if name else FolderSynced()
    elif call == "ftruncate":
        yield Cut(name, int(rest))
    elif call == "pwrite64":
        data, numbers = _text(rest)
        length, offset = (int(number) for number in numbers.split(", "))
        if length != len(data):
            raise UnknownStrokeError("A write of the log is cut short; let strace show strings whole.")
        yield Written(name, offset, data)
    else:
        raise UnknownStrokeError(f"The ledger wrote by {call}; teach the replay where that goes.")


def _path_in(told: str) -> Path:
    quoted = re.search(r'"((?:\\x[0-9a-f]{2})*)"', told)
    return Path("/" if quoted is None else _bytes(quoted[1]).decode())


def _inside(path: Path, folder: Path) -> str | None:
    """The name of a file of ``folder``, empty for the folder itself, None for anything elsewhere."""
    if path == folder:
        return ""
    return path.name if path.parent == folder else None


def _text(told: str) -> tuple[bytes, str]:
    found = _TEXT.match(told)
    if found is None or found[2]:
        raise UnknownStrokeError("A string of the log is cut short; let strace show strings whole.")
    return _bytes(found[1]), found[3]


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _plain(path: str) -> str:
    return _bytes(path).decode() if path.startswith("\\x") else path
