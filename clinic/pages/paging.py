"""Where a page lies in its list: which lines it shows, and the addresses of the pages beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.pages.saying import Saying


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page lies in its list, and the addresses beside it; empty where nothing is."""

    here: str
    before: str
    after: str


def page_of(asked: Mapping[str, str]) -> int:
    """The page that an address or a form names, the first where it names none."""
    page = asked.get("page", "")
    return max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1


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
