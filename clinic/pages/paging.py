"""Where a page lies in its list: which lines it shows, and the addresses of the pages beside it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlencode

import msgspec

from clinic.pages.saying import Saying
from clinic.store.leafing import Bookmark

T = TypeVar("T")
_BOOKMARK = re.compile(r"([0-9T:.+-]{10,40})~([0-9a-f-]{36}|[0-9a-f]{64})", re.ASCII)


class Pager(msgspec.Struct, frozen=True):
    """Where a page lies in its list, and the addresses beside it; empty where nothing is."""

    here: str
    before: str
    after: str


def address_of(path: str, **said: str) -> str:
    """The address of the page at ``path``, with what is ``said``; what is empty is left out."""
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path


def page_of(asked: Mapping[str, str]) -> int:
    """The page that an address or a form names, the first where it names none."""
    page = asked.get("page", "")
    return max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1


class Place(msgspec.Struct, frozen=True):
    """Which page an address names: its number, and the line that it lies beside where the list is long."""

    page: int = 1
    beside: Bookmark | None = None

    def words(self) -> dict[str, str]:
        """How an address says it; nothing for the first page."""
        said = {"page": str(self.page)} if self.page > 1 else {}
        if self.beside is None:
            return said
        name = "before" if self.beside.back else "after"
        return said | {name: f"{self.beside.at}~{self.beside.id}"}


FIRST = Place()


def place_of(asked: Mapping[str, str]) -> Place:
    """The place in a long list that an address names; the first page where it names no line."""
    for name in ("after", "before"):
        found = _BOOKMARK.fullmatch(asked.get(name, ""))
        if found is not None:
            return Place(max(2, page_of(asked)), Bookmark(found[1], found[2], back=name == "before"))
    return FIRST


class Leaf(msgspec.Struct, Generic[T], frozen=True):
    """The lines of one page of a long list, and whether others follow."""

    lines: tuple[T, ...]
    further: bool

    def beside(self, place: Place, page: int, at: Callable[[T], tuple[str, str]]) -> Place:
        """The place of the ``page`` before or after this one; ``at`` says time and id of a line."""
        if page <= 1 or not self.lines:
            return FIRST
        back = page < place.page
        return Place(page, Bookmark(*at(self.lines[0 if back else -1]), back=back))


def leaf_of(found: Sequence[T], place: Place, shown: int) -> Leaf[T]:
    """``found`` as a page of at most ``shown`` lines, of which one more was asked for."""
    if place.beside is not None and place.beside.back:
        return Leaf(tuple(found[-shown:]), further=True)
    return Leaf(tuple(found[:shown]), further=len(found) > shown)


def paged(
    saying: Saying, page: int, shown: int, address: Callable[[int], str], *, further: bool, many: int | None
) -> Pager | None:
    """The place of ``page``, of ``shown`` lines at most; None where it is the whole list.

    ``many`` is how many lines there are on all pages, where that is known.
    """
    if page == 1 and not further:
        return None
    last = page * shown if many is None else min(page * shown, many)
    place = {"first": str((page - 1) * shown + 1), "last": str(last)}
    return Pager(
        saying.text("worklist.page", **place)
        if many is None
        else saying.text("worklist.page.of", count=str(many), **place),
        "" if page == 1 else address(page - 1),
        address(page + 1) if further else "",
    )
