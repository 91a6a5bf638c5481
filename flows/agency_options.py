"""What the commands of `phuluc agencies` share: choices, and how a broken file is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import typer

from flows.errors import CommandError
from flows.messages import tell
from flows.offices import office_files
from schemas.errors import ExitCode, UserError


class Level(StrEnum):
    """Level of an agency."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Kind(StrEnum):
    """Kind of an agency."""

    AGENCY = "agency"
    FRONT = "front"
    COLLECTIVE = "collective"
    UNIT = "unit"
    PERSON = "person"


@contextmanager
def told() -> Iterator[None]:
    """Tell what is wrong with a file or a setting of the office and leave with status 2."""
    try:
        yield
    except UserError as error:
        typer.echo(tell(error), err=True)
        raise typer.Exit(error.exit_code) from error
    except OSError as error:
        path, reason = error.filename or office_files().agencies, error.strerror or error
        typer.echo(tell(CommandError("file_unusable", path=path, reason=reason)), err=True)
        raise typer.Exit(ExitCode.USAGE) from error
