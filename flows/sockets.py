"""HTTP on the loopback interface: a socket, and what is served on it."""

import socket

import uvicorn
from starlette.types import ASGIApp

from flows.errors import CommandError

LOOPBACK = "127.0.0.1"
_LAST_ANSWERS = 3  # seconds that answers may still take when the process is told to end


def listen(port: int) -> socket.socket:
    """Return a socket on the loopback interface; port 0 takes a free one.

    Raises CommandError where it cannot be had. Whoever is told the address may call before the
    server is up.
    """
    # TCP by name, else asyncio leaves Nagle on: each answer of two parts would wait 40 ms.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((LOOPBACK, port))
        opened.listen()
    except (OSError, OverflowError) as error:  # OverflowError: there is no such port
        opened.close()
        raise CommandError("port_taken", port=port, reason=error) from error
    return opened


def run(opened: socket.socket, application: ASGIApp) -> None:
    """Serve on the socket until the process is told to end (Ctrl-C, SIGTERM)."""
    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )
    uvicorn.Server(config).run(sockets=[opened])
