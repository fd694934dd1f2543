"""What exists only where instruments are simulated: who comes, who is on duty, and what goes wrong.

It acts at the simulators and on the screen as people do, and knows no attendant, desk or driver. At a real
station it does nothing, because nobody is sent.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from devices.model import Role
from kiosk.bench import Bench
from kiosk.clock import Clock
from kiosk.demo_faults import AT_INSTRUMENTS, AT_PRINTER, BADGE, FAULTS, NETWORK, PRINTER, UNPLUG, URGENT
from kiosk.demo_printer import DemoPrinter
from kiosk.demo_staff import SimulatedStaff
from kiosk.flow.steps import Choice, Step
from kiosk.messenger import Messenger
from kiosk.person import SimulatedPerson
from kiosk.personas import people
from kiosk.room import Strip
from kiosk.views import View
from printouts.printer import PrintsPaper

if TYPE_CHECKING:
    from kiosk.backroom.views import StaffView

Press = Callable[[Choice, str], None]


class Demonstration:
    """The simulated people of one station. ``colleague`` is on duty, ``person`` is here if anybody is."""

    def __init__(self, bench: Bench, messenger: Messenger, printer: PrintsPaper | None, clock: Clock) -> None:
        self._bench = bench
        self._messenger = messenger
        self._printer = printer
        self._clock = clock
        self._people = people()
        self._persona = self._people.persona[0].name
        self._press: Press | None = None
        self._active: set[str] = set()
        self._at_printer = PRINTER
        self.person: SimulatedPerson | None = None
        self.colleague = SimulatedStaff(self._people.staff.card(), clock, bench.simulated)

    def send(self, persona: str, press: Press | None) -> None:
        """Let a simulated person come. With ``press`` she touches the screen as well."""
        one = self._people.called(persona)
        self._persona, self._press = one.name, press
        self.person = SimulatedPerson(one, self._people, self._clock, self._bench.simulated, press)
        self._instruct()

    def send_first(self) -> None:
        """Let the first simulated person come; the screen is touched by whoever stands before it."""
        self.send(self._people.persona[0].name, None)

    def send_away(self) -> None:
        """She walks off, wherever she is."""
        self.person = None

    def pick(self, name: str, *, idle: bool) -> None:
        """Let another one come; while somebody is at the kiosk (not ``idle``), the next one."""
        self._persona = self._people.called(name).name
        if idle:
            self.send(name, self._press)

    def watch(self, view: View) -> None:
        """She looks at the screen and does what it asks; once it is nobody's, the one picked next comes."""
        if self.person is None:
            return
        if view.step is Step.IDLE and self.person.persona.name != self._persona:
            self.send(self._persona, self._press)
        self.person.watch(view)

    def watch_staff(self, view: "StaffView") -> None:
        """The colleague looks at the staff area and does what it asks."""
        self.colleague.watch(view)

    def strip(self) -> Strip | None:
        """The demo strip, None where nobody was sent."""
        if self.person is None:
            return None
        names = tuple(one.name for one in self._people.persona)
        faults = tuple(self._at_printer if name == PRINTER else name for name in FAULTS)
        return Strip(names, self._persona, faults, tuple(sorted(self._active)))

    def toggle_fault(self, name: str) -> None:
        """Turn a simulated fault on or off; the badge is laid once."""
        if name == BADGE:
            self.colleague.lay_badge()
            return
        self._active ^= {name}
        on = name in self._active
        if name in AT_INSTRUMENTS:
            self._break_instrument(*AT_INSTRUMENTS[name], on=on)
        elif name in AT_PRINTER:
            self._break_printer(name, on=on)
        elif name == NETWORK:
            self._messenger.cut(off=on)
        self._instruct()

    def _instruct(self) -> None:
        """Tell the simulated person what shall go wrong."""
        if self.person is not None:
            self.person.urgent = URGENT in self._active
            wrong = [AT_INSTRUMENTS[name] for name in self._active if name in AT_INSTRUMENTS]
            self.person.faults = {role: word for role, word in wrong if word != UNPLUG}

    def _break_printer(self, name: str, *, on: bool) -> None:
        """One fault at a time; where it was mended the strip offers the next."""
        if isinstance(self._printer, DemoPrinter):
            self._printer.fault(AT_PRINTER[name] if on else None)
        self._active -= AT_PRINTER.keys() - {name}
        names = tuple(AT_PRINTER)
        self._at_printer = name if on else names[(names.index(name) + 1) % len(names)]

    def _break_instrument(self, role: Role, word: str, *, on: bool) -> None:
        """Pull the plug or put it back; other faults happen when she acts."""
        simulated = self._bench.simulated(role)
        if simulated is not None and word == UNPLUG:
            simulated.fault(UNPLUG if on else "replug")
