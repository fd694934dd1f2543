"""What the instruments may do, by how they were last found: rest, measure, or measure corrected.

Lives on the thread that draws and is told a new board now and then; between two boards it lets time pass, so
that a check that ends ends at that moment. It must not judge a record or open the book.
"""

from datetime import datetime

from msgspec.structs import replace

from devices.errors import DeviceError
from devices.events import Heard, Refused
from devices.reading import Quantity
from health.visit import Instrument, Observation
from kiosk.upkeep.standing import Board, Standing

OTHER_UNIT = "calibration_unit"
"""The reason of a reading that cannot be corrected because the instrument was set to another unit."""


class Lockout:
    """The last board, and what follows from it. Before the first board nothing rests."""

    def __init__(self) -> None:
        self._board: Board | None = None

    @property
    def board(self) -> Board | None:
        """How every instrument stood when last looked at."""
        return self._board

    def keep_to(self, board: Board) -> None:
        """Go by ``board`` from here on."""
        self._board = board

    def rests(self, instrument: str, now: datetime) -> bool:
        """Whether nothing may be measured on ``instrument`` at ``now``, aware UTC."""
        return self._board is not None and self._board.rests(instrument, now)

    def true(self, heard: Heard) -> Heard | Refused:
        """What was heard, corrected by the line in force; a reading the line cannot correct is refused."""
        standing = self._of(heard.instrument, heard.reading.kind)
        if standing is None or standing.calibration is None:
            return heard
        try:
            return replace(heard, reading=standing.calibration.corrected(heard.reading))
        except DeviceError:
            return Refused(heard.instrument, OTHER_UNIT, len(heard.reading.frame), heard.at)

    def marked(self, observation: Observation, now: datetime) -> Observation | None:
        """The observation with its calibration and its proof, or None where that quantity rests."""
        standing = self._of(observation.instrument or "", observation.quantity)
        if standing is None:
            return observation
        return None if standing.rests(now) else self.noted(observation)

    def noted(self, observation: Observation) -> Observation:
        """The observation with its calibration and control, however its instrument stands.

        For a result that nobody is shown yet, such as one without a person.
        """
        standing = self._of(observation.instrument or "", observation.quantity)
        if standing is None:
            return observation
        line = standing.calibration
        return replace(
            observation,
            control=standing.control,
            proof=standing.proof,
            calibration=None if line is None else line.id,
        )

    def described(self, instrument: Instrument) -> Instrument:
        """The instrument as a record tells it: with the day and the mark of each line in force.

        For people to read on paper; the whole id stands with each observation.
        """
        days: dict[str, list[str]] = {}
        for standing in self._board.on(instrument.id) if self._board else ():
            if (line := standing.calibration) is not None:
                days.setdefault(f"{line.when:%Y-%m-%d}", []).append(line.id.hex[-4:])
        said = "; ".join(" ".join((day, *marks)) for day, marks in days.items())
        return replace(instrument, calibration=said or None)

    def _of(self, instrument: str, quantity: Quantity) -> Standing | None:
        return None if self._board is None else self._board.of(instrument, quantity)
