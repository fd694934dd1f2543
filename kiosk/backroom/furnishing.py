"""Makes the backroom of a running station: what of the station it works with, and what only it needs.

It lies behind the door of the staff area, so that nothing of it is loaded before somebody wants in.
"""

from kiosk.backroom.backroom import Backroom
from kiosk.backroom.panel import SystemPanel
from kiosk.backroom.premises import Premises
from kiosk.backroom.reception import Surroundings
from kiosk.backroom.references import references_of
from kiosk.doctor import examine
from kiosk.theme import load_look
from kiosk.upkeep.demo import PIN
from kiosk.upkeep.fitted import kept_of


def furnished(station: Surroundings) -> Backroom:
    """The backroom of ``station``, closed. Made on any thread; what is made is for the one that draws."""
    settings, bench, printing = station.settings, station.bench, station.printing
    attendant, messenger = station.attendant, station.messenger
    return Backroom(
        Premises(
            station=settings.station.id,
            clock=station.clock,
            tools=bench,
            desk=station.desk,
            panel=SystemPanel(station.hear),
            plates=tuple(span for kept in kept_of(settings) for span in kept.spans),
            references=references_of(settings.reference, settings.station.zone),
            board=lambda: bench.lockout.board,
            trouble=lambda: messenger.trouble,
            send=messenger.wake,
            paper=lambda: printing.words,
            examine=lambda: station.aside.submit(examine, settings, station.data, messenger.url),
            taken_meters=lambda: tuple(ticket.instrument for ticket in attendant.taken()),
            learn_badge=station.badges.learn,
            demo=settings.simulates,
            demo_pin=PIN if settings.simulates else "",
            slop=load_look().size.slop,
        )
    )
