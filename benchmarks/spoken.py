"""A simulated instrument and a driver in memory, on a jumping clock: what is said, and what is told of it."""

from decimal import Decimal

from devices.model import Model
from devices.session import Body, Say, Session, Start, Tell, Told
from devices.simulators.acts import Act
from devices.simulators.samples import samples
from devices.simulators.stage import Order, Stage, Unplug

BODY = Body(male=False, age=86, height=Decimal("152.4"))
SECONDS = 130.0
"""As long as the slowest run takes."""

PIECES = 400


class Conversation:
    """Both ends of a wire from second ``now`` on; the instrument is new, the session may have a past."""

    def __init__(self, model: Model, session: Session, now: float = 0.0) -> None:
        self.heard: list[bytes] = []
        self.told: list[Told] = []
        self.now = now
        self._model = model
        self._session = session
        self._stage = Stage(model.simulator(1.0))
        self._from_instrument(self._stage.start(now))

    def play(self, act: Act, scenario: str = "default", *, ordered: bool = True) -> None:
        """A second of nothing, the act, and all that comes of it; ``ordered``: the house says start."""
        self._run(1.0)
        order = Order(act, frozenset({scenario} - {"default"}))
        self._from_instrument(self._stage.order(order, self.now))
        if ordered and self._model.can.start:
            self._from_host(self._session.command(Start(BODY), self.now))
        self._run(SECONDS)

    def _from_instrument(self, said: tuple[Say | Unplug, ...]) -> None:
        for item in said:
            if isinstance(item, Say):
                self.heard.append(item.data)
                self._from_host(self._session.receive(item.data, self.now))

    def _from_host(self, steps: tuple[Say | Tell, ...]) -> None:
        self.told += [step.what for step in steps if isinstance(step, Tell)]
        for step in steps:
            if isinstance(step, Say):
                self._from_instrument(self._stage.receive(step.data, self.now))

    def _run(self, seconds: float) -> None:
        until = self.now + seconds
        while len(self.heard) < PIECES:
            dues = (self._session.deadline, self._stage.deadline, until)
            due = min(time for time in dues if time is not None)
            if due >= until:
                self.now = until
                break
            self.now = max(self.now, due)
            self._from_host(self._session.tick(self.now))
            self._from_instrument(self._stage.tick(self.now))


def spoken(model: Model, scenario: str = "default") -> tuple[bytes, ...]:
    """The first pieces that the instrument says, of one act and a little before it."""
    session = Session(model.driver, model.framer)
    session.start(0.0)
    wire = Conversation(model, session)
    wire.play(samples(model.role)[0][0], scenario)
    return tuple(wire.heard)
