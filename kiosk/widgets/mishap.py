"""An error in a frame ends in one place: told by kind and place alone, and the window is covered.

Kivy would print what the error says, which may name somebody, and end with a half-drawn screen. Registered
once a window; whoever draws says what then happens.
"""

import logging
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager

from kiosk.falls import where

_LOG = logging.getLogger(__name__)


class Mishap(ExceptionHandler):
    """Calls ``cover`` once an error came out of a frame. What only ends the program is let through."""

    def __init__(self, cover: Callable[[], None]) -> None:
        super().__init__()
        self._cover = cover

    def handle_exception(self, error: BaseException) -> int:
        """Kivy asks what to do with ``error``."""
        if not isinstance(error, Exception):
            return int(ExceptionManager.RAISE)
        _LOG.error("A frame fell: %s", where(error))
        self._cover()
        return int(ExceptionManager.PASS)

    def watch(self) -> None:
        """Be asked from now on."""
        ExceptionManager.add_handler(self)

    def leave(self) -> None:
        """Be asked no longer."""
        ExceptionManager.remove_handler(self)
