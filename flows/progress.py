"""Progress on stderr: a bar on a terminal, a line a document elsewhere, nothing if quiet."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from flows.messages import say


class Reported(Protocol):
    """What progress needs to know of a document that is done."""

    @property
    def source_file(self) -> str:
        """The file, as the user knows it."""

    def short(self) -> str:
        """What became of it, in a few words."""


Advance = Callable[[Reported], None]


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Advance]:
    """Yield a function that is called with the report on each document when it is done."""
    if quiet or total == 0:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(total) as advance:
            yield advance
    else:
        yield _lines(total)


def _lines(total: int) -> Advance:
    done = 0

    def advance(report: Reported) -> None:
        nonlocal done
        done += 1
        with suppress(OSError):  # a full disk behind stderr costs lines, no documents
            print(f"[{done}/{total}] {report.source_file}: {report.short()}", file=sys.stderr)

    return advance


@contextmanager
def _bar(total: int) -> Iterator[Advance]:
    from rich.console import Console  # noqa: PLC0415  only a terminal pays for it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task(say("progress.reading"), total=total)

        def advance(report: Reported) -> None:
            bar.console.print(f"{report.source_file}: {report.short()}", markup=False)
            bar.advance(task)

        yield advance
