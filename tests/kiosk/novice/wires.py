"""Simulated instruments and their drivers on a clock that a test moves: a visit of twenty minutes in no time.

The simulator, the framer and the driver are those of the station; only the pseudo-terminal and the thread of
the line between them are left out. ``tests/devices`` has those.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from msgspec.structs import replace

from devices.events import Found, LineEvent, Lost, NotUnderstood, Understood
from devices.line import FIRST_PAUSE, PUZZLED_SECONDS
from devices.model import Model
from devices.session import Command, Say, Session, Tell
from devices.simulators.acts import Act
from devices.simulators.stage import JUNK, Order, Stage, Unplug
from devices.telling import event
from kiosk.bench import Bench, Fitted
from kiosk.stationtime import Moment

Tells = Callable[[LineEvent], None]
CIVIL_CLOCKS = ("astm", "cardiochek", "cuff", "omron", "sd_meter", "taidoc")
"""The simulators that look at a clock of their own."""


class HandMovedTime:
    """Both clocks of a station; they go on only when told to."""

    def __init__(self) -> None:
        self.boot: UUID = uuid4()
        self._began = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
        self.seconds = 5000.0
        self._at_first = self.seconds

    def monotonic(self) -> float:
        """Seconds."""
        return self.seconds

    def wall(self) -> datetime:
        """Aware UTC."""
        return self._began + timedelta(seconds=self.seconds - self._at_first)

    def moment(self) -> Moment:
        """For the ledger."""
        return Moment(self.boot, int(self.seconds * 1000), self.wall(), trusted=True)

    @contextmanager
    def at_instruments(self) -> Iterator[None]:
        """The clocks in the instruments show this time too."""
        time = self

        class Civil(datetime):
            """What a simulator takes for the civil time."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:  # noqa: ANN401 - as the class it stands for
                here = time.wall().astimezone(tz or UTC)
                return here if tz else here.replace(tzinfo=None) + timedelta(hours=8)

        patches = [patch(f"devices.simulators.{one}.datetime", Civil) for one in CIVIL_CLOCKS]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()


class Wire:
    """One instrument, its wire and its driver: to the bench a line, to a person the simulated instrument."""

    def __init__(self, fitted: Fitted, scenario: str, time: HandMovedTime, tell: Tells) -> None:
        self.instrument, self._model = fitted.id, fitted.model
        self._time, self._tell = time, tell
        self._stage = Stage(fitted.model.simulator(1.0))
        self._standing = frozenset({scenario} - {"default"})
        self._armed: set[str] = set()
        self._session: Session | None = None
        self._back_at: float | None = None
        self._puzzled = False
        self._coming: deque[Say | Unplug] = deque()
        self._due: float | None = None
        self._due_is_known = False

    def open(self) -> None:
        """Both ends are switched on."""
        self._plug()
        self._says(self._stage.start(self._time.seconds))

    def close(self) -> None:
        """The driver ends."""
        self._due_is_known = False
        if self._session is not None:
            self._session.close()

    def order(self, command: Command) -> bool:
        """The house asks the driver."""
        self._due_is_known = False
        if self._session is None:
            return False
        self._hears(self._session.command(command, self._time.seconds))
        return True

    def stop(self) -> bool:
        """The house stops the instrument, past its driver."""
        self._due_is_known = False
        if not self._model.stop_with or self._session is None:
            return False
        self._says(self._stage.receive(self._model.stop_with, self._time.seconds))
        return True

    def act(self, act: Act) -> None:
        """Somebody does this at the instrument."""
        self._due_is_known = False
        faults, self._armed = self._standing | self._armed, set()
        self._says(self._stage.order(Order(act, frozenset(faults)), self._time.seconds))

    def fault(self, name: str) -> None:
        """Something goes wrong, by the words of the simulated instrument."""
        self._due_is_known = False
        if name == "unplug":
            self._unplug(None)
        elif name == "replug":
            self._back_at = self._time.seconds + FIRST_PAUSE
        elif name == "garbage":
            self._arrives(JUNK)
        elif name in ("silent", "clear"):
            self._stage.silent = name == "silent"
        else:
            self._armed.add(name)

    @property
    def due(self) -> float | None:
        """When something happens here by itself; looked for again once anything has happened here."""
        if self._due_is_known:
            return self._due
        session = None if self._session is None else self._session.deadline
        times = (self._stage.deadline, session, self._back_at, self._wonders_at())
        self._due = min((one for one in times if one is not None), default=None)
        self._due_is_known = True
        return self._due

    def _wonders_at(self) -> float | None:
        """When it is told that nothing, or again something, is understood."""
        since = None if self._session is None else self._session.puzzled_since
        if since is None:
            return self._time.seconds if self._puzzled else None
        return None if self._puzzled else since + PUZZLED_SECONDS

    def turn(self) -> None:
        """Time went by."""
        self._due_is_known = False
        now = self._time.seconds
        if self._back_at is not None and now >= self._back_at:
            self._back_at = None
            self._plug()
        if self._stage.deadline is not None and now >= self._stage.deadline:
            self._says(self._stage.tick(now))
        session = self._session
        if session is not None and session.deadline is not None and now >= session.deadline:
            self._hears(session.tick(now))
        self._wonder()

    def _wonder(self) -> None:
        since = None if self._session is None else self._session.puzzled_since
        if since is None and self._puzzled:
            self._puzzled = False
            self._tell(Understood(self.instrument, self._time.seconds))
        elif since is not None and not self._puzzled and self._time.seconds - since >= PUZZLED_SECONDS:
            self._puzzled = True
            self._tell(NotUnderstood(self.instrument, self._time.seconds, b""))

    def _plug(self) -> None:
        if self._session is None:
            self._session = Session(self._model.driver, self._model.framer)
            self._tell(Found(self.instrument, self._time.seconds))
            self._hears(self._session.start(self._time.seconds))

    def _unplug(self, seconds: float | None) -> None:
        if self._session is not None:
            self._session.close()
            self._session, self._puzzled = None, False
            self._tell(Lost(self.instrument, self._time.seconds))
        self._back_at = None if seconds is None else self._time.seconds + seconds + FIRST_PAUSE

    def _arrives(self, data: bytes) -> None:
        self._says((Say(data),))

    def _says(self, said: tuple[Say | Unplug, ...]) -> None:
        """What comes out of the instrument, and all that it and the driver then say to each other."""
        self._coming.extend(said)
        self._talk()

    def _hears(self, steps: tuple[Say | Tell, ...]) -> None:
        for step in steps:
            if isinstance(step, Tell):
                self._tell(event(self.instrument, step.what, self._time.seconds))
            else:
                self._coming.extend(self._stage.receive(step.data, self._time.seconds))
        self._talk()

    def _talk(self) -> None:
        while self._coming:
            one = self._coming.popleft()
            if isinstance(one, Unplug):
                self._unplug(one.seconds)
            elif self._session is not None:
                self._hears(self._session.receive(one.data, self._time.seconds))


class WiredBench(Bench):
    """The bench of the station, its lines exchanged for wires in hand-moved time."""

    def __init__(self, models: Sequence[tuple[str, Model, str]], time: HandMovedTime, tell: Tells) -> None:
        bare = [Fitted(name, model, "/dev/nowhere") for name, model, _ in models]
        self.wires = [Wire(one, said[2], time, tell) for one, said in zip(bare, models, strict=True)]
        simulated: list[Any] = list(self.wires)
        made = [replace(one, simulated=wire) for one, wire in zip(bare, simulated, strict=True)]
        super().__init__(made, tell, time.wall)
        lines: list[Any] = list(self.wires)
        self._lines = lines
