"""Runs the server: one process, one socket, until it is told to stop.

On loopback unless the settings name another address. It writes no line per request: addresses are nobody's
business, and a request may carry a login link.
"""

import socket
import sys
import threading
from collections.abc import Callable, Sequence

import uvicorn
from starlette.applications import Starlette

from clinic.errors import ClinicError

SERVING = "serving"
ALREADY = (
    "Another server works in this folder; stop that one first. With SQLite there is one, with PostgreSQL "
    "there may be several."
)
LEAVING_S = 10.0
"""How long a demonstration waits for the one before to be gone."""


class AddressError(ClinicError):
    """The address cannot be listened at."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose one. Raises ``AddressError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Without this a small answer waits up to 40 ms for company; accepted sockets inherit it.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError, UnicodeError) as cause:
        listening.close()
        why = cause.strerror if isinstance(cause, OSError) else "no such address"
        raise AddressError(
            f"Nothing can listen at {host} port {port} ({why}); choose another port or host."
        ) from cause
    return listening


def url_of(listening: socket.socket) -> str:
    """The address as a browser on this machine types it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_for(app: Starlette, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """The server, not yet running. Only ``proxies`` are believed in who asked them."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=3,
        timeout_keep_alive=75,
        # Without a name here the library would believe whoever speaks from this machine.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )
    return uvicorn.Server(config)


def serve(
    app: Starlette,
    listening: socket.socket,
    *,
    until: Callable[[], object] | None = None,
    proxies: Sequence[str] = (),
) -> None:
    """Answer until stopped by a signal, or until the call ``until`` returns in its own thread."""
    server = server_for(app, proxies)
    if until is not None:
        threading.Thread(target=_stop_after, args=(until, server), name="parent", daemon=True).start()
    server.run(sockets=[listening])


def standard_input_closed() -> None:
    """Returns when whoever started this process has gone and its end of the pipe is closed."""
    while sys.stdin.buffer.read(4096):
        pass


def _stop_after(until: Callable[[], object], server: uvicorn.Server) -> None:
    until()
    server.should_exit = True
