"""The worklist in words: the sentence that is true now, the lists to choose from, and the lines by urgency.

Pure: from tasks to what the page shows. It asks no database and judges no value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from clinic.pages.drawing import level_mark
from clinic.pages.saying import Saying, moment_of
from clinic.pages.tasks import TaskLine, waits
from clinic.reasons import Outcome
from clinic.store.tasks import Task
from health.assessment import Level

SHOWS = ("all", "mine", "now", "overdue", "closed")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one urgency."""

    title: str
    lines: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks are wanted, as the address says it. ``empty`` texts want all."""

    show: str
    team: str
    station: str

    def address(self, **more: str) -> str:
        """The address of the list of these."""
        said = {"show": self.show, "team": self.team, "station": self.station} | more
        query = urlencode({key: value for key, value in said.items() if value and value != "all"})
        return f"/worklist?{query}" if query else "/worklist"


@dataclass(frozen=True, slots=True)
class Tab:
    """A list that can be chosen, with how many are in it; empty where that is not counted."""

    name: str
    address: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a task can be handed to: a ``team``, or somebody of the ``staff`` with the team she is of."""

    kind: str
    name: str
    of: str = ""


def is_overdue(task: Task, now: datetime) -> bool:
    """Whether an open task should have been done by now."""
    return task.closed_at is None and moment_of(task.due_at) < now


def grouped(
    saying: Saying, shown: tuple[Task, ...], lines: Mapping[str, TaskLine], now: datetime
) -> tuple[Group, ...]:
    """The lines by urgency: who waits in danger, what is overdue, then by the day it is due."""
    week = (now + timedelta(days=7)).isoformat()

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
        Group(saying.text(f"worklist.group.{key}"), tuple(some)) for key, some in found.items() if some
    )


def _people(tasks: list[Task]) -> str:
    return str(len({one.subject for one in tasks}))


def sentence(saying: Saying, every: tuple[Task, ...], now: datetime) -> str:
    """The one sentence that is true now."""
    waiting = [one for one in every if waits(one)]
    overdue = [one for one in every if not waits(one) and is_overdue(one, now)]
    if waiting or overdue:
        key = "both" if waiting and overdue else "now" if waiting else "overdue"
        return saying.text(f"worklist.sentence.{key}", now=_people(waiting), overdue=_people(overdue))
    return saying.text(
        "worklist.sentence.calm" if every else "worklist.sentence.empty", open=_people(list(every))
    )


def mark(every: tuple[Task, ...], now: datetime) -> str:
    """The shape beside that sentence."""
    if any(waits(one) for one in every):
        return level_mark(Level.NOW, None)
    overdue = any(is_overdue(one, now) for one in every)
    return level_mark(Level.DOCTOR if overdue else Level.NORMAL, None)


def tabs(
    saying: Saying, wanted: Filter, every: tuple[Task, ...], staff: str, now: datetime
) -> tuple[Tab, ...]:
    """The lists that can be chosen."""
    counts = {
        "all": len(every),
        "mine": sum(one.owner == staff for one in every),
        "now": sum(waits(one) for one in every),
        "overdue": sum(is_overdue(one, now) for one in every),
    }
    return tuple(
        Tab(
            saying.text(f"worklist.show.{key}"),
            Filter(key, wanted.team, wanted.station).address(),
            str(counts.get(key, "")),
            key == wanted.show,
        )
        for key in SHOWS
    )


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
