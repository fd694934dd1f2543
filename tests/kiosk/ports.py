"""A port that stays free between two servers of one test, whatever other tests open meanwhile."""

import random
import socket

BELOW = 32_768
"""The system gives outgoing connections and ``port 0`` numbers from here on."""


def quiet_port() -> int:
    """A free loopback port that the system hands to nobody by itself."""
    while True:
        port = random.randrange(20_000, BELOW)  # noqa: S311 - a place, not a secret
        with socket.socket() as trying:
            try:
                trying.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
