"""How a district stands at a moment: its stations, visits against the usual, tasks, alarms, what goes on.

It asks the database and says nothing; board, stations and figures say it in words and numbers.
"""

from datetime import datetime, timedelta

import msgspec

from clinic.clinic import Clinic
from clinic.fleet import Facts, Light, fleet_of
from clinic.pages.tasks import GOAL, waited
from clinic.store.board import Figures, alarms, figures, visits_by_station, visits_in_each
from clinic.store.forwarding import StateOfTarget, state_of_target
from clinic.store.store import Transaction
from clinic.store.tasks import Task
from clinic.store.waiting import counts
from health.assessment import Level

_WEEKS = 8
_MOST = 500


class Now(msgspec.Struct, frozen=True):
    """How the district stands at ``at``; ``usual`` are the counts of the same hour of earlier weeks.

    ``aside`` are envelopes that somebody has to look at.
    """

    at: datetime
    fleet: tuple[Facts, ...]
    visits: dict[str, int]
    usual: tuple[int, ...]
    tasks: Figures
    alarms: tuple[Task, ...]
    aside: int = 0
    forward: tuple[StateOfTarget, ...] = ()

    def online(self) -> int:
        """How many stations were heard lately."""
        return sum(one.light is Light.ONLINE for one in self.fleet)

    def active(self) -> list[Facts]:
        """The stations that may send."""
        return [one for one in self.fleet if one.light is not Light.REVOKED]

    def waited(self) -> list[timedelta]:
        """How long each alarm waited until somebody was reached."""
        return [waited(one, self.at) for one in self.alarms if one.contacted_at is not None]

    def late(self) -> int:
        """How many alarms waited longer than they should, or are waiting that long now."""
        return sum(waited(one, self.at) > GOAL for one in self.alarms)


def standing(clinic: Clinic, connection: Transaction) -> Now:
    """Everything that the board and the figures say."""
    at = clinic.now()
    tenant, zone = clinic.settings.tenant, clinic.settings.zone
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)
    next_midnight = midnight + timedelta(days=1)
    weeks = [timedelta(days=7 * n) for n in range(1, _WEEKS + 1)]
    spans = [((midnight - one).isoformat(), (at - one).isoformat()) for one in weeks]
    usual = visits_in_each(connection, tenant, spans)
    return Now(
        at=at,
        fleet=fleet_of(clinic, connection),
        visits=visits_by_station(connection, tenant, midnight.isoformat(), next_midnight.isoformat()),
        usual=tuple(one for one in usual if one),
        tasks=figures(connection, tenant, int(Level.NOW), at),
        alarms=alarms(connection, tenant, int(Level.NOW), midnight.isoformat(), _MOST),
        aside=counts(connection, tenant).waiting,
        forward=tuple(state_of_target(connection, tenant, one.name) for one in clinic.settings.forward),
    )
