"""The instruments of this station on their lines, and which role each plays.

Opens and closes the lines and remembers which are there. It must not interpret a reading: every event goes
on to whoever was given as ``tell``, from the thread of its line.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from devices.events import Found, Heard, LineEvent, Lost, Progress, Refused, Trouble
from devices.line import Line
from devices.model import Model, Role
from devices.session import Body, Command, Start, Zero
from devices.simulators.bench import SimulatedInstrument
from devices.wire import Piece
from health.visit import Instrument, Observation
from kiosk.upkeep.lockout import Lockout


class Fitted(msgspec.Struct, frozen=True):
    """One instrument as it is fitted here. ``port`` is a pyserial URL or a path.

    ``clock_ahead`` is how far its own clock is known to be ahead of the station's civil time.
    """

    id: str
    model: Model
    port: str
    simulated: SimulatedInstrument | None = None
    serial: str | None = None
    name: str | None = None
    clock_ahead: timedelta = timedelta(0)


ONE_AT_A_TIME = (Role.STAND, Role.PRESSURE, Role.GRIP, Role.OXYGEN)
"""Places where two instruments would speak of two people."""


def _wall() -> datetime:
    return datetime.now(UTC)


class Bench:
    """All fitted instruments. ``tell`` is called from line threads and must be quick.

    ``lockout`` is told how they stand; an instrument that rests is not available, whatever its line does.
    """

    def __init__(
        self,
        fitted: Sequence[Fitted],
        tell: Callable[[LineEvent], None],
        wall: Callable[[], datetime] = _wall,
    ) -> None:
        self.lockout = Lockout()
        self._wall = wall
        self._fitted = tuple(fitted)
        self._there: set[str] = set()
        self._lines = [Line(f.id, f.model, f.port, tell) for f in self._fitted]

    def open(self) -> None:
        """Start every line; each tells ``Found`` once its port is open."""
        for line in self._lines:
            line.open()

    def close(self) -> None:
        """Stop every line and every simulated instrument."""
        for line in self._lines:
            line.close()
        for fitted in self._fitted:
            if fitted.simulated is not None:
                fitted.simulated.stop()

    def note(self, event: LineEvent) -> None:
        """Remember which instruments are there. Called on the thread that draws."""
        if isinstance(event, Found):
            self._there.add(event.instrument)
        elif isinstance(event, Lost):
            self._there.discard(event.instrument)

    def heeds(self, event: LineEvent) -> bool:
        """Whether the visit shall hear this: of two in one place only the one in use is believed."""
        role = self.role_of(event.instrument)
        said = isinstance(event, Heard | Refused | Trouble | Progress)
        return role not in ONE_AT_A_TIME or not said or event.instrument == self.id_of(role)

    def all_there(self) -> bool:
        """Whether every fitted instrument has its line open."""
        return len(self._there) == len(self._fitted)

    def model(self, role: Role) -> Model | None:
        """The model that plays ``role`` here."""
        fitted = self._of(role)
        return None if fitted is None else fitted.model

    def available(self, role: Role) -> bool:
        """Whether the instrument of ``role`` has its line open and does not rest."""
        fitted = self._of(role)
        return fitted is not None and self._ready(fitted)

    def id_of(self, role: Role) -> str:
        """The station's name of the instrument of ``role``, empty where there is none."""
        fitted = self._of(role)
        return "" if fitted is None else fitted.id

    def there(self, role: Role) -> tuple[str, ...]:
        """The instruments of ``role`` that are there, open and do not rest, in fitted order."""
        return tuple(f.id for f in self._fitted if f.model.role is role and self._ready(f))

    def plugged(self, instrument: str) -> bool:
        """Whether the line of that instrument is open, whether it rests or not."""
        return instrument in self._there

    def model_of(self, instrument: str) -> Model | None:
        """The model of the instrument with that id."""
        return next((f.model for f in self._fitted if f.id == instrument), None)

    def clock_ahead(self, instrument: str) -> timedelta:
        """How far the clock of the instrument with that id is known to be ahead of the station's."""
        return next((f.clock_ahead for f in self._fitted if f.id == instrument), timedelta(0))

    def role_of(self, instrument: str) -> Role | None:
        """The role of the instrument with that id."""
        return next((f.model.role for f in self._fitted if f.id == instrument), None)

    def simulated(self, role: Role) -> SimulatedInstrument | None:
        """The simulator that plays ``role``, None where the instrument is real or absent."""
        fitted = self._of(role)
        return None if fitted is None else fitted.simulated

    def start(self, role: Role, body: Body | None = None) -> bool:
        """Tell the instrument of ``role`` to measure, with what it must know of the person."""
        return self._order(role, Start(body))

    def zero(self, role: Role) -> bool:
        """Tell the empty scale of ``role`` that this is zero."""
        return self._order(role, Zero())

    def stop(self, role: Role) -> bool:
        """Stop the instrument of ``role`` now: straight to its wire, past every queue."""
        name = self.id_of(role)
        return any(line.stop() for line in self._lines if line.instrument == name)

    def _order(self, role: Role, command: Command) -> bool:
        name = self.id_of(role)
        return any(line.order(command) for line in self._lines if line.instrument == name)

    def seen(self, instrument: str) -> tuple[Piece, ...]:
        """What passed last over the line of that instrument, oldest first, with identity fields blanked."""
        return next((line.seen() for line in self._lines if line.instrument == instrument), ())

    def port_of(self, instrument: str) -> str:
        """Where that instrument is plugged in, as the settings name it."""
        return next((f.port for f in self._fitted if f.id == instrument), "")

    def described(self) -> tuple[Instrument, ...]:
        """Every instrument as it stands in a record."""
        return tuple(self.lockout.described(_described(f)) for f in self._fitted)

    def described_as(self, instrument: str) -> Instrument:
        """The instrument with that id as it stands in a record."""
        return next(one for one in self.described() if one.id == instrument)

    def marked(self, observation: Observation) -> Observation | None:
        """The observation with its calibration and control, None where it may not be released."""
        return self.lockout.marked(observation, self._wall())

    def noted(self, observation: Observation) -> Observation:
        """The observation with its calibration and control, for a result that is shown to nobody yet."""
        return self.lockout.noted(observation)

    def _of(self, role: Role) -> Fitted | None:
        """Of several that play ``role`` the first that is ready, else the first."""
        fitted = [f for f in self._fitted if f.model.role is role]
        return next((f for f in fitted if self._ready(f)), fitted[0] if fitted else None)

    def _ready(self, fitted: Fitted) -> bool:
        return fitted.id in self._there and not self.lockout.rests(fitted.id, self._wall())


def _described(fitted: Fitted) -> Instrument:
    return Instrument(
        fitted.id,
        fitted.model.slug,
        fitted.model.maker,
        fitted.serial,
        simulated=fitted.simulated is not None,
        name=fitted.name,
    )
