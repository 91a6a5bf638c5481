"""`phuluc web`: the pages are served until the process is told to end."""

import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import typer

from flows.errors import CommandError
from flows.messages import say
from flows.offices import note_office
from flows.person import user_of_process
from flows.sockets import LOOPBACK, listen, run
from pipeline.files.lock import FolderBusyError, one_writer
from web.access.accounts import Accounts
from web.access.security import Access
from web.background import heap
from web.inbox import clear
from web.server import HOSTS, application, secret_of
from web.site import Site

_PORT = 8780
_LOCK_FILE = ".phuluc-web.lock"
_PATIENCE = 2.0  # seconds for a server that was told to end


def serve_pages(
    out: Path, inbox: Path | None, port: int | None, host: str | None, *, two_people: bool
) -> None:
    """Serve the pages of `out`, and print where they are.

    They are served on the loopback interface only. With `host` a proxy on this machine hands on
    what is asked of that name, and everybody logs in; without it, whoever has the printed address
    is the user of this process. With `two_people` a document is done when somebody who corrected
    nothing in it has approved it. Raises CommandError where the port is taken, nobody has an
    account or the pages are served already, OSError where a folder cannot be written.
    """
    heap.share()
    inbox = inbox or out / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    hosts = HOSTS if host is None else (*HOSTS, host)
    with _listening(port) as opened, _one_server(out):
        note_office(out)
        site = Site(out, inbox, _access(out, host), two_people=two_people)
        clear(inbox)
        site.prepare()
        address = f"http://{LOOPBACK}:{opened.getsockname()[1]}/"
        if site.access.token is None:
            typer.echo(say("web.address_behind", address=address, host=host))
        else:
            typer.echo(say("web.address", address=f"{address}?token={site.access.token}"))
        with suppress(KeyboardInterrupt):
            run(opened, application(site, hosts))


@contextmanager
def _one_server(out: Path) -> Iterator[None]:
    """Two servers of one folder would each read what waits."""
    with ExitStack() as held:
        try:
            held.enter_context(one_writer(out, seconds=_PATIENCE, file=_LOCK_FILE))
        except FolderBusyError as error:
            raise CommandError("pages_running", **error.details) from error
        yield


def _access(out: Path, host: str | None) -> Access:
    if host is None:
        return Access(secret_of(out), user_of_process(), secrets.token_urlsafe(18))
    accounts = Accounts(out)
    if not accounts.names():
        raise CommandError("no_accounts")
    return Access(secret_of(out), "", None, accounts)


def _listening(port: int | None) -> socket.socket:
    try:
        return listen(_PORT if port is None else port)
    except CommandError:
        if port is None:
            return listen(0)
        raise
