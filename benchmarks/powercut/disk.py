"""A disk that keeps what was synced and may lose, tear or reorder all else: what it holds after a power cut.

Two kinds of disk. On an ``ordered`` one (as ext4 keeps its own records) syncing any file also makes lasting
what names were made and removed before; on a strict one a name lasts only once its folder was synced. The
rules are POSIX's and no more; this module knows no database.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.powercut.strokes import Cut, FolderSynced, Made, Said, Stroke, Synced, Unlinked, Written

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

Picture = tuple[tuple[str, bytes], ...]
"""What a folder holds: name and bytes of every file, by name."""
T = TypeVar("T")
Choosing = Callable[[Sequence["Written | Cut"]], Sequence["Written | Cut"]]


@dataclass(slots=True, eq=False)
class _File:
    """What is surely on the disk of one file, and what was written to it since."""

    lasting: bytes = b""
    loose: list[Written | Cut] = field(default_factory=list)

    def sync(self) -> None:
        self.lasting, self.loose = _with(self.lasting, self.loose), []


@dataclass(frozen=True, slots=True)
class _Named:
    """A name that was given to a file, or taken away (``file`` None)."""

    name: str
    file: _File | None


class Disk:
    """One folder on a disk, from empty on. ``do`` takes the strokes in their order."""

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._now: dict[str, _File] = {}
        self._lasting: dict[str, _File] = {}
        self._loose: list[_Named] = []

    def do(self, stroke: Stroke) -> None:
        """What the process asked for has been handed to the system."""
        match stroke:
            case Made(name):
                self._name(name, _File())
            case Unlinked(name):
                self._name(name, None)
            case Written(name) | Cut(name):
                if name in self._now:  # a file without a name is in no folder after a cut
                    self._now[name].loose.append(stroke)
            case Synced(name):
                if name in self._now:
                    self._now[name].sync()
                if self._ordered:
                    self._names_last()
            case FolderSynced():
                self._names_last()
            case Said():
                pass

    def after_cuts(self, chance: random.Random, draws: int) -> Iterator[Picture]:
        """What may be found when the power is cut here: nothing loose, all of it, each alone, and ``draws``
        times two by chance: writes lost and reordered, writes torn at sectors."""
        for names in (_none, _all):
            for writes in (_none, _all):
                yield self._left(names(self._loose), writes)
        for _ in range(draws):
            yield self._left(_some(self._loose, chance), lambda loose: _some(loose, chance))
            yield self._left(_some(self._loose, chance), lambda loose: _torn(loose, chance))

    def _name(self, name: str, file: _File | None) -> None:
        self._loose.append(_Named(name, file))
        _apply(self._now, self._loose[-1])

    def _names_last(self) -> None:
        for one in self._loose:
            _apply(self._lasting, one)
        self._loose = []

    def _left(self, names: Sequence[_Named], writes: Choosing) -> Picture:
        found = dict(self._lasting)
        for one in names:
            _apply(found, one)
        return tuple((name, _with(file.lasting, writes(file.loose))) for name, file in sorted(found.items()))


def _apply(names: dict[str, _File], one: _Named) -> None:
    if one.file is None:
        names.pop(one.name, None)
    else:
        names[one.name] = one.file


def _with(lasting: bytes, loose: Sequence[Written | Cut]) -> bytes:
    content = bytearray(lasting)
    for one in loose:
        end = one.size if isinstance(one, Cut) else one.offset + len(one.data)
        content.extend(bytes(max(0, end - len(content))))
        if isinstance(one, Cut):
            del content[end:]
        else:
            content[one.offset : end] = one.data
    return bytes(content)


def _none(_: Sequence[T]) -> Sequence[T]:
    return ()


def _all(loose: Sequence[T]) -> Sequence[T]:
    return loose


def _some(loose: Sequence[T], chance: random.Random) -> Sequence[T]:
    """By chance; a later one may last where an earlier did not, which is what reordering comes to."""
    return [one for one in loose if chance.random() < 0.5]


def _torn(loose: Sequence[Written | Cut], chance: random.Random) -> Sequence[Written | Cut]:
    """Every sector of every write by its own chance."""
    left: list[Written | Cut] = []
    for one in loose:
        left += _some([one] if isinstance(one, Cut) else list(_sectors(one)), chance)
    return left


def _sectors(write: Written) -> Iterator[Written]:
    at = write.offset
    end = at + len(write.data)
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        yield Written(write.name, at, write.data[at - write.offset : upto - write.offset])
        at = upto
