"""What all commands share: their options, and how they end over what a person can mend."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.errors import CommandError
from flows.messages import say, tell
from pipeline.messages import Language
from schemas.errors import ExitCode, UserError

# Only for the help and to refuse other values: see flows.messages.language.
Lang = Annotated[Language | None, typer.Option("--lang", help=say("help.lang"))]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help=say("help.out"))]


@contextmanager
def errors() -> Iterator[None]:
    """Turn what the user can mend into a sentence and an exit code."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"\n{say('error.interrupted')}", err=True)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except UserError as error:
        _fail(error)
    except FileNotFoundError as error:
        _fail(CommandError("no_such_input", path=error.filename or error.args[0]))
    except OSError as error:
        if error.filename is None:
            raise
        _fail(CommandError("cannot_write", path=error.filename, reason=error))


def _fail(error: UserError) -> NoReturn:
    typer.echo(f"{say('error.prefix')}: {tell(error)}", err=True)
    raise typer.Exit(error.exit_code) from None


def check_folder(folder: Path) -> None:
    """Raise FileNotFoundError, or CommandError for a file, where there is no such folder."""
    if not folder.exists():
        raise FileNotFoundError(folder)
    if not folder.is_dir():
        raise CommandError("not_a_folder", path=folder)


def make_folder(out: Path) -> None:
    """Make the output folder before the work begins, not after an hour of it.

    Raises CommandError where a file is in its place, OSError where it cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise CommandError("not_a_folder", path=out)
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))
