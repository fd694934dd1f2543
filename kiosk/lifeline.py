"""What the service manager hears of the kiosk: that it is ready, that it lives, that it stops.

The words are those of sd_notify(3): one datagram each, to the socket named in ``NOTIFY_SOCKET``. Whoever
draws says every second that it lives; a window that hangs says nothing, and the service manager ends it and
starts it anew. Where there is no service manager nothing is said. It must not decide anything itself.
"""

import logging
import os
import socket
from collections.abc import Mapping

ADDRESS = "NOTIFY_SOCKET"
BEAT_S = 1.0
"""How often it is said; ``WatchdogSec`` of the unit is a multiple of it."""
_LOG = logging.getLogger(__name__)


class Lifeline:
    """A line to the service manager of ``environment``; deaf and dumb where there is none."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        named = environment.get(ADDRESS, "")
        # A name that begins with @ lies in Linux's abstract space, unix(7).
        self._address = f"\0{named[1:]}" if named.startswith("@") else named
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if named else None

    @property
    def watched(self) -> bool:
        """Whether somebody restarts this program when it ends."""
        return self._socket is not None

    def ready(self) -> None:
        """The first screen stands."""
        self._say(b"READY=1")

    def alive(self) -> None:
        """The thread that draws came round once more."""
        self._say(b"WATCHDOG=1")

    def stopping(self) -> None:
        """It ends because it was asked to."""
        self._say(b"STOPPING=1")

    def close(self) -> None:
        """Say nothing more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _say(self, words: bytes) -> None:
        if self._socket is None:
            return
        try:
            self._socket.sendto(words, socket.MSG_DONTWAIT, self._address)
        except OSError as trouble:
            _LOG.warning("The service manager cannot be told: %s", trouble.strerror)
            self.close()
