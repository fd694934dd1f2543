"""After the clinic's database went back to a copy: its stations are asked for what was sent since.

A station keeps what the clinic took for thirty days, for this. It hears of it with its next settings, which
are newer than any it was told before; whatever it gives that is here already is known and changes nothing.
"""

from clinic.clinic import Clinic
from clinic.store import audit
from clinic.store.restored import went_back
from clinic.trail import COMMAND_LINE


def ask_again(clinic: Clinic) -> None:
    """Note it for every station, and in the trail."""
    with clinic.store.writing() as connection:
        now = clinic.now()
        went_back(connection, clinic.settings.tenant, now)
        audit.note(connection, clinic.settings.tenant, COMMAND_LINE, "stations asked again", "copy", now)
