"""The worklist in words: the sentence that is true now, the lists to choose from, and the lines by urgency.

Pure: from tasks to what the page shows. It asks no database and judges no value.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import asdict, replace

from clinic.pages.drawing import level_mark
from clinic.pages.paging import FIRST, Leaf, Pager, Place, address_of, paged
from clinic.pages.saying import Saying, moment_of
from clinic.pages.tasks import TaskLine, waits
from clinic.reasons import Outcome
from clinic.store.tasks import Task
from clinic.store.worklist import SOON, Groups, Standing
from health.assessment import Level

SHOWS = ("all", "mine", "now", "overdue", "closed")


class Group(msgspec.Struct, frozen=True):
    """Lines of one urgency, and how many there are of it on all pages."""

    title: str
    count: int
    lines: tuple[TaskLine, ...]


class Filter(msgspec.Struct, frozen=True):
    """Which tasks are wanted, as the address says it. ``empty`` texts want all; pages count from 1.

    What was closed grows with the years, so its pages lie beside a line (``place``).
    """

    show: str
    team: str
    station: str
    place: Place = FIRST
    street: str = ""

    @property
    def page(self) -> int:
        """The number of the page."""
        return self.place.page

    def address(self, **more: str) -> str:
        """The address of the list of these."""
        said = {"show": self.show, "team": self.team, "street": self.street, "station": self.station}
        said |= self.place.words() | more
        return address_of("/worklist", **{key: value for key, value in said.items() if value != "all"})


class Tab(msgspec.Struct, frozen=True):
    """A list that can be chosen, with how many are in it; empty where that is not counted."""

    name: str
    address: str
    count: str
    chosen: bool


class Receiver(msgspec.Struct, frozen=True):
    """Whom a task can be handed to: a ``team``, or somebody of the ``staff`` with the team she is of."""

    kind: str
    name: str
    of: str = ""


def is_overdue(task: Task, now: datetime) -> bool:
    """Whether an open task should have been done by now."""
    return task.closed_at is None and moment_of(task.due_at) < now


def grouped(
    saying: Saying,
    shown: tuple[Task, ...],
    lines: Mapping[str, TaskLine],
    many: Groups | None,
    now: datetime,
) -> tuple[Group, ...]:
    """The lines by urgency: who waits in danger, what is overdue, then by the day it is due.

    ``many`` are those of all pages; None: only these are known.
    """
    week = (now + SOON).isoformat()
    counts = {} if many is None else asdict(many)

    def place(task: Task) -> str:
        if task.closed_at is not None:
            return "closed"
        if waits(task):
            return "now"
        if is_overdue(task, now):
            return "overdue"
        return "soon" if task.due_at <= week else "later"

    found: dict[str, list[TaskLine]] = {key: [] for key in ("now", "overdue", "soon", "later", "closed")}
    for task in shown:
        found[place(task)].append(lines[task.id])
    return tuple(
        Group(saying.text(f"worklist.group.{key}"), max(counts.get(key, 0), len(some)), tuple(some))
        for key, some in found.items()
        if some
    )


def sentence(saying: Saying, stands: Standing) -> str:
    """The one sentence that is true now."""
    waiting, overdue = stands.people_now, stands.people_overdue
    if waiting or overdue:
        key = "both" if waiting and overdue else "now" if waiting else "overdue"
        return saying.text(f"worklist.sentence.{key}", now=str(waiting), overdue=str(overdue))
    return saying.text(
        "worklist.sentence.calm" if stands.all else "worklist.sentence.empty", open=str(stands.people)
    )


def mark(stands: Standing) -> str:
    """The shape beside that sentence."""
    if stands.now:
        return level_mark(Level.NOW, None)
    return level_mark(Level.DOCTOR if stands.overdue else Level.NORMAL, None)


def tabs(saying: Saying, wanted: Filter, stands: Standing) -> tuple[Tab, ...]:
    """The lists that can be chosen."""
    counts = _counts(stands)
    return tuple(
        Tab(
            saying.text(f"worklist.show.{key}"),
            Filter(key, wanted.team, wanted.station, street=wanted.street).address(),
            str(counts.get(key, "")),
            key == wanted.show,
        )
        for key in SHOWS
    )


def within(wanted: Filter, stands: Standing, shown: int) -> Filter:
    """``wanted``, at the last page where that list has become shorter than the page asked for."""
    many = _counts(stands).get(wanted.show)
    if many is None:
        return wanted
    return replace(wanted, place=Place(min(wanted.page, max(1, -(-many // shown)))))


def pager(saying: Saying, wanted: Filter, stands: Standing, shown: int, leaf: Leaf[Task]) -> Pager | None:
    """Where the page of at most ``shown`` lines lies, None where it is the whole list."""
    many = _counts(stands).get(wanted.show)

    def beside(page: int) -> Place:
        if wanted.show != "closed":
            return Place(page)
        return leaf.beside(wanted.place, page, lambda one: (one.closed_at or "", one.id))

    return paged(
        saying,
        wanted.page,
        shown,
        lambda page: replace(wanted, place=beside(page)).address(),
        further=leaf.further,
        many=many,
    )


def _counts(stands: Standing) -> dict[str, int]:
    return {"all": stands.all, "mine": stands.mine, "now": stands.now, "overdue": stands.overdue}


def done_words(saying: Saying, done: str) -> str:
    """What was just written down; empty where nothing was."""
    if done not in set(Outcome):
        return ""
    return saying.text("worklist.done", outcome=saying.text(f"task.outcome.{done}"))


def foot(saying: Saying, quiet: list[str], now: datetime) -> str:
    """How fresh the list is, and who may be missing from it."""
    fresh = saying.text("worklist.foot", time=saying.day(now))
    if not quiet:
        return f"{fresh}　{saying.text('worklist.foot.all_heard')}"
    names = saying.text("clinic.comma").join(quiet[:5])
    return f"{fresh}　{saying.text('worklist.foot.quiet', names=names, many=str(len(quiet)))}"
