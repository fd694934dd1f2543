"""The station is opened on a thread of its own, so that nobody waits for it who draws.

What opening raised is kept for whoever asks; the thread itself never ends the program. Pure of any window.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.opening import Opened


class Opening:
    """Opens what ``station`` gives, once; ``close`` waits for that and closes it again."""

    def __init__(self, station: Callable[[], AbstractContextManager["Opened"]]) -> None:
        self._station = station
        self._closing = ExitStack()
        self._opened: Opened | None = None
        self.failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="opening")

    def begin(self) -> None:
        """Start."""
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it is open, or failed."""
        return self._opened is not None or self.failure is not None

    @property
    def opened(self) -> "Opened | None":
        """The open station, None while it is not open."""
        return self._opened

    def close(self) -> None:
        """Close what was opened; one that is just being opened is waited for."""
        if self._thread.ident is not None:
            self._thread.join()
        self._closing.close()

    def _run(self) -> None:
        try:
            self._opened = self._closing.enter_context(self._station())
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: whoever waits for the station is told
            self.failure = wrong
