"""What a demonstration seals to before it has reached any clinic, and how that reaches one later.

A real station starts only after it joined, so this is for synthetic people alone: the interim key lies in the
data folder, and what was sealed to it and never sent is sealed anew to the clinic once the station joined.
"""

from pathlib import Path
from typing import ClassVar

from devices.reading import Confidential
from health.envelope import DoesNotOpen, open_envelope, seal
from health.keys import PublicKey, SecretKey, SigningKey, read_secret, write_secret
from health.station import Station
from kiosk.daykey import DayKey
from kiosk.enrolment import DEMO_TENANT, station_key
from kiosk.jobs import Job, Office, Rank
from kiosk.membership import Membership
from kiosk.sealing import Identity
from kiosk.settings import StationPart

FILE = "interim.key"


def interim_key(data: Path) -> SecretKey | None:
    """The interim key in the folder ``data``, None where none was ever needed."""
    file = data / FILE
    return SecretKey(read_secret(file)) if file.exists() else None


def without_clinic(data: Path, day: DayKey, part: StationPart) -> Membership:
    """The membership of a demonstration that belongs to no clinic yet."""
    secret = interim_key(data)
    if secret is None:
        secret = SecretKey.new()
        write_secret(data / FILE, secret.text)
    identity = Identity(DEMO_TENANT, part.id, demo=True, to=(secret.public(),), key=station_key(data))
    return Membership(identity, day, Station(part.id, part.name, tenant=DEMO_TENANT, demo=True), "")


class Readdress(Confidential, Job[int], frozen=True):
    """Seal what was sealed to ``secret`` and never sent anew, to the clinic. Returns how many."""

    rank: ClassVar[Rank] = Rank.ALARM
    secret: SecretKey
    to: tuple[PublicKey, ...]
    key: SigningKey

    def do(self, office: Office) -> int:
        """One after another; what is already sealed to the clinic is left as it is."""
        many = 0
        for envelope in office.ledger.never_sent():
            try:
                content = open_envelope(envelope, self.secret, self.key.verify_key())
            except DoesNotOpen:
                continue
            office.ledger.readdress(seal(content, envelope.header, self.to, self.key))
            many += 1
        return many
