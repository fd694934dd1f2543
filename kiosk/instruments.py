"""What a visit asks of the station's instruments, by the role each plays.

A promise and nothing else; ``bench`` keeps it, and a test may have another.
"""

from datetime import timedelta
from typing import Protocol

from devices.model import Model, Role
from devices.session import Body
from health.visit import Instrument, Observation


class Instruments(Protocol):
    """The instruments of the station, by role."""

    def model(self, role: Role) -> Model | None:
        """The model that plays ``role`` here, None where the station has none."""

    def available(self, role: Role) -> bool:
        """Whether that instrument is there and open."""

    def id_of(self, role: Role) -> str:
        """The station's own name of the instrument, empty where there is none."""

    def there(self, role: Role) -> tuple[str, ...]:
        """The instruments of ``role`` that are there and open, by the station's names, in fitted order."""

    def role_of(self, instrument: str) -> Role | None:
        """The role of the instrument with that name."""

    def model_of(self, instrument: str) -> Model | None:
        """The model of the instrument with that name."""

    def clock_ahead(self, instrument: str) -> timedelta:
        """How far its own clock is known to be ahead of the station's civil time."""

    def described_as(self, instrument: str) -> Instrument:
        """One instrument as it stands in a record."""

    def start(self, role: Role, body: Body | None = None) -> bool:
        """Tell the instrument of ``role`` to measure; False where nothing could be said."""

    def zero(self, role: Role) -> bool:
        """Tell the empty scale of ``role`` that this is zero; False where nothing could be said."""

    def stop(self, role: Role) -> bool:
        """Stop the instrument of ``role`` now, past every queue; False where nothing could be said."""

    def described(self) -> tuple[Instrument, ...]:
        """Every instrument as it stands in a record."""

    def marked(self, observation: Observation) -> Observation | None:
        """The observation with its calibration and control, None where it may not be released."""

    def noted(self, observation: Observation) -> Observation:
        """The observation with its calibration and control, for a result that is shown to nobody yet."""
