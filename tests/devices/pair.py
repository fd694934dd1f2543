"""A driver and a simulator joined in memory, on a clock that jumps from one deadline to the next."""

from devices.model import Model
from devices.session import Command, Say, Session, Tell, Told
from devices.simulators.acts import Act
from devices.simulators.stage import Order, Stage, Unplug


class Pair:
    """Both ends of one wire. ``told`` holds what the driver told, with the second at which it did."""

    def __init__(self, model: Model, scenario: str = "default", speed: float = 1.0) -> None:
        self.now = 0.0
        self.told: list[tuple[float, Told]] = []
        self.host: list[bytes] = []
        self.wire: list[bytes] = []
        self._model = model
        self._faults = frozenset({scenario} - {"default"})
        self._stage = Stage(model.simulator(speed))
        self._session: Session | None = Session(model.driver, model.framer)
        self._back_at: float | None = None
        self._from_stage(self._stage.start(0.0))
        self._from_session(self._session.start(0.0))

    def act(self, act: Act) -> None:
        self._from_stage(self._stage.order(Order(act, self._faults), self.now))

    def order(self, command: Command) -> None:
        if self._session is not None:
            self._from_session(self._session.command(command, self.now))

    def stop(self) -> None:
        self.host.append(self._model.stop_with)
        self._from_stage(self._stage.receive(self._model.stop_with, self.now))

    def run(self, seconds: float) -> None:
        """Lets so many seconds pass."""
        until = self.now + seconds
        while True:
            due = min((time for time in self._deadlines() if time is not None), default=until)
            if due > until:
                break
            self.now = max(self.now, due)
            if not self._tick() and due >= until:
                break
        self.now = until

    def whats(self) -> tuple[Told, ...]:
        return tuple(what for _, what in self.told)

    def _deadlines(self) -> tuple[float | None, ...]:
        session = None if self._session is None else self._session.deadline
        return (self._stage.deadline, session, self._back_at)

    def _tick(self) -> bool:
        moved = False
        if self._back_at is not None and self.now >= self._back_at:
            self._back_at = None
            self._session = Session(self._model.driver, self._model.framer)
            self._from_session(self._session.start(self.now))
            moved = True
        if self._session is not None and (due := self._session.deadline) is not None and self.now >= due:
            self._from_session(self._session.tick(self.now))
            moved = True
        if (due := self._stage.deadline) is not None and self.now >= due:
            self._from_stage(self._stage.tick(self.now))
            moved = True
        return moved

    def _from_stage(self, said: tuple[Say | Unplug, ...]) -> None:
        for item in said:
            if isinstance(item, Unplug):
                self._session = None
                self._back_at = self.now + item.seconds
            elif self._session is not None:
                self.wire.append(item.data)
                self._from_session(self._session.receive(item.data, self.now))

    def _from_session(self, steps: tuple[Say | Tell, ...]) -> None:
        for step in steps:
            if isinstance(step, Tell):
                self.told.append((self.now, step.what))
            else:
                self.host.append(step.data)
                self._from_stage(self._stage.receive(step.data, self.now))
