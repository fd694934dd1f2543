"""A simulated instrument on a pseudo-terminal, with a thread of its own.

``port`` is a path that stays the same when the plug is pulled and put back. The instrument's behaviour is
``devices.simulators.stage``; here are only the terminal and real time.
"""

import threading
import time
from collections import deque

from devices.errors import DeviceError
from devices.model import Model
from devices.session import Say
from devices.simulators.acts import Act
from devices.simulators.stage import JUNK, Order, Stage, Unplug
from devices.simulators.terminal import Terminal


class SimulatedInstrument:
    """One instrument of ``model``. ``speed`` divides the times an instrument takes, never the protocol's.

    Every act meets the scenario's fault; ``fault`` adds one for the next act. Raises ``DeviceError`` for a
    scenario the model has not.
    """

    def __init__(self, model: Model, scenario: str = "default", speed: float = 1.0) -> None:
        if scenario not in model.scenarios:
            known = ", ".join(model.scenarios)
            raise DeviceError(f"{model.slug} has no scenario {scenario!r}. It has: {known}.")
        self._terminal = Terminal(model.slug)
        self._stage = Stage(model.simulator(speed))
        self._standing = frozenset({scenario} - {"default"})
        self._armed: set[str] = set()
        self._inbox: deque[Act | str] = deque()
        self._replug_at: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"simulated-{model.slug}", daemon=True)

    @property
    def port(self) -> str:
        """The path for ``Line``."""
        return self._terminal.port

    def start(self) -> None:
        """Plugs it in and switches it on; ``port`` is there when this returns."""
        self._terminal.plug()
        self._thread.start()

    def stop(self) -> None:
        """Switches it off and takes its port away. Once is enough, more does no harm."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        if self._thread.ident is not None:
            self._terminal.wake()
            self._thread.join()
        self._terminal.close()

    def act(self, act: Act) -> None:
        """Somebody does this at the instrument."""
        self._post(act)

    def fault(self, name: str) -> None:
        """Something goes wrong.

        ``unplug``, ``replug`` and ``garbage`` at once; ``silent`` until ``clear``; a scenario's name for the
        next act only.
        """
        self._post(name)

    def _post(self, item: Act | str) -> None:
        if self._stopping.is_set():
            return
        self._inbox.append(item)
        self._terminal.wake()

    def _run(self) -> None:
        self._emit(self._stage.start(time.monotonic()))
        while not self._stopping.is_set():
            data = self._terminal.read(self._seconds_left())
            now = time.monotonic()
            while self._inbox:  # first: whoever starts a cuff has put the arm in before
                self._take(self._inbox.popleft(), now)
            if data:
                self._emit(self._stage.receive(data, now))
            if self._replug_at is not None and now >= self._replug_at:
                self._plug()
            self._emit(self._stage.tick(now))

    def _seconds_left(self) -> float | None:
        times = [due for due in (self._stage.deadline, self._replug_at) if due is not None]
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _take(self, item: Act | str, now: float) -> None:
        if not isinstance(item, str):
            faults = self._standing | self._armed
            self._armed.clear()
            self._emit(self._stage.order(Order(item, frozenset(faults)), now))
        elif item == "unplug":
            self._terminal.unplug()
        elif item == "replug":
            self._plug()
        elif item == "garbage":
            self._terminal.write(JUNK)
        elif item in ("silent", "clear"):
            self._stage.silent = item == "silent"
            self._armed.clear()
        else:
            self._armed.add(item)

    def _plug(self) -> None:
        self._replug_at = None
        self._terminal.plug()

    def _emit(self, said: tuple[Say | Unplug, ...]) -> None:
        for item in said:
            if isinstance(item, Say):
                self._terminal.write(item.data)
            else:
                self._terminal.unplug()
                self._replug_at = time.monotonic() + item.seconds
