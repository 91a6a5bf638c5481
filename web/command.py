"""`phuluc web`: the pages are served until the process is told to end."""

import getpass
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

import typer

from flows.errors import CommandError
from flows.messages import say

_PORT = 8780


def serve_pages(out: Path, inbox: Path | None, port: int | None) -> None:
    """Serve the pages of `out`, and print where they are.

    Raises CommandError where the port is taken, OSError where a folder cannot be written.
    """
    # To look among all that is installed for plug-ins of pydantic takes a fifth of a second.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from web.security import Access  # noqa: PLC0415
    from web.server import LOOPBACK, application, run, secret_of  # noqa: PLC0415
    from web.site import Site  # noqa: PLC0415

    inbox = inbox or out / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(18)
    site = Site(out, inbox, Access(secret_of(out), getpass.getuser(), token))
    site.prepare()
    with _listening(LOOPBACK[0], port) as opened:
        address = f"http://{LOOPBACK[0]}:{opened.getsockname()[1]}/?token={token}"
        typer.echo(say("web.address", address=address))
        with suppress(KeyboardInterrupt):
            run(opened, application(site))


def _listening(host: str, port: int | None) -> socket.socket:
    from web.server import listen  # noqa: PLC0415

    try:
        return listen(host, _PORT if port is None else port)
    except (OSError, OverflowError) as error:
        if port is None:
            return listen(host, 0)
        raise CommandError("port_taken", port=port, reason=error) from error
