"""The command line: `phuluc extract | batch | serve | web | agencies | doctor`.

Nothing heavy is imported before a command needs it, and only `batch` and `serve` need Prefect.
"""

import gc
import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperGroup

from flows.command import Lang, Out, check_folder, errors, make_folder
from flows.errors import MachineLacksError
from flows.messages import helps, say, tell
from flows.writing import writing
from pipeline import __version__
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from flows.report import Summary


class _Agencies(TyperGroup):
    """`phuluc agencies …`, whose module is imported only when it is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        from flows.agency_commands import app as agencies  # noqa: PLC0415

        return typer.main.get_command(agencies).make_context(*args, **kwargs)


class _Web(TyperGroup):
    """`phuluc web …`, likewise."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        from web.commands import app as pages  # noqa: PLC0415

        return typer.main.get_command(pages).make_context(*args, **kwargs)


_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    help=say("help.app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich takes longer than all else that the help needs
    context_settings=_SETTINGS,
)
app.add_typer(typer.Typer(cls=_Agencies), name="agencies", **helps(say("help.agencies")))
app.add_typer(typer.Typer(cls=_Web), name="web", **helps(say("help.web")))

Inputs = Annotated[list[Path], typer.Argument(metavar="INPUT", help=say("help.inputs"))]
Inbox = Annotated[Path, typer.Option("--inbox", metavar="DIR", help=say("help.inbox"))]
Looked = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="DIR", help=say("help.doctor_out"))
]
Verify = Annotated[bool, typer.Option("--verify", help=say("help.verify"))]
Retry = Annotated[bool, typer.Option("--retry", help=say("help.retry"))]
Drop = Annotated[bool, typer.Option("--drop-vanished", help=say("help.drop"))]
Expect = Annotated[str | None, typer.Option("--expect", metavar="WHO", help=say("help.expect"))]
Rebuild = Annotated[bool, typer.Option("--rebuild", help=say("help.rebuild"))]
Compared = Annotated[str, typer.Argument(metavar="PLAN", help=say("help.compared"))]
Within = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="DIR", help=say("help.compare_out"))
]
TwinName = Annotated[str | None, typer.Argument(metavar="FILE", help=say("help.twin_name"))]
Same = Annotated[bool | None, typer.Option("--same/--different", help=say("help.twin_same"))]
To = Annotated[str | None, typer.Option("--to", metavar="URL", help=say("help.to"))]
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help=say("help.backup_file"))]
Cron = Annotated[str, typer.Option("--cron", metavar="CRON", help=say("help.cron"))]
Debug = Annotated[Path | None, typer.Option("--debug", metavar="DIR", help=say("help.debug"))]
NoJoin = Annotated[bool, typer.Option("--no-join", help=say("help.no_join"))]
Json = Annotated[bool, typer.Option("--json", help=say("help.json"))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=say("help.quiet"))]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"phuluc {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help=say("help.version"), callback=_print_version, is_eager=True),
    ] = False,
    lang: Lang = None,
) -> None:
    pass


@app.command(**helps(say("help.extract")))
def extract(  # noqa: PLR0913, PLR0917, D103
    inputs: Inputs,
    out: Out,
    debug: Debug = None,
    no_join: NoJoin = False,
    as_json: Json = False,
    quiet: Quiet = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        make_folder(out)
        from flows.publisher import publisher  # noqa: PLC0415

        # Before all else is loaded: while that goes on, it loads what only it needs.
        with writing(out), publisher(out) as publish:
            from flows.extract import extract as run  # noqa: PLC0415

            gc.freeze()  # what is loaded stays: to look through it takes 35 ms each time
            summary = run(inputs, out, quiet=quiet, debug=debug, join=not no_join)
            publish()
        _finish(summary, inputs, as_json=as_json, quiet=quiet)


@app.command(**helps(say("help.batch")))
def batch(  # noqa: D103, PLR0913, PLR0917
    inbox: Inbox,
    out: Out,
    verify: Verify = False,
    retry: Retry = False,
    drop: Drop = False,
    expect: Expect = None,
    as_json: Json = False,
    quiet: Quiet = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        check_folder(inbox)
        make_folder(out)
        from flows.night import Wishes  # noqa: PLC0415
        from flows.run_batch import run_batch  # noqa: PLC0415

        wishes = Wishes(verify, retry, drop, expect)
        summary = run_batch(inbox, out, wishes, quiet=quiet)
        _finish(summary, [inbox], as_json=as_json, quiet=quiet)


@app.command(**helps(say("help.serve")))
def serve(  # noqa: D103, PLR0913, PLR0917
    inbox: Inbox,
    out: Out,
    cron: Cron = "0 6 * * *",
    expect: Expect = None,
    quiet: Quiet = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        check_folder(inbox)
        make_folder(out)
        from flows.serve import serve as run  # noqa: PLC0415

        run(inbox, out, cron, expect=expect, quiet=quiet)


@app.command(**helps(say("help.publish")))
def publish(  # noqa: D103
    out: Out,
    rebuild: Rebuild = False,
    to: To = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        check_folder(out)
        from flows.keeping import publish_again  # noqa: PLC0415

        publish_again(out, rebuild=rebuild, to=to)


@app.command(**helps(say("help.twins")))
def twins(  # noqa: D103
    out: Out,
    name: TwinName = None,
    same: Same = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        check_folder(out)
        from flows.twins import decide, list_twins  # noqa: PLC0415

        if name is None or same is None:
            list_twins(out)
        else:
            decide(out, name, same=same)


@app.command(**helps(say("help.compare")))
def compare(  # noqa: D103
    a: Compared,
    b: Compared,
    out: Within = None,
    as_json: Json = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        from flows.compare import compare_plans  # noqa: PLC0415

        compare_plans(a, b, out, as_json=as_json)


@app.command(**helps(say("help.backup")))
def backup(file: BackupFile, out: Out, lang: Lang = None) -> None:  # noqa: ARG001, D103
    with errors():
        check_folder(out)
        from flows.keeping import back_up_to  # noqa: PLC0415

        back_up_to(file, out)


@app.command(**helps(say("help.restore")))
def restore(file: BackupFile, out: Out, lang: Lang = None) -> None:  # noqa: ARG001, D103
    with errors():
        make_folder(out)
        from flows.keeping import restore_from  # noqa: PLC0415

        restore_from(file, out)


@app.command(**helps(say("help.doctor")))
def doctor(  # noqa: D103
    out: Looked = None,
    as_json: Json = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        from flows.doctor import doctor as run  # noqa: PLC0415

        raise typer.Exit(run(out, as_json=as_json))


def main() -> None:
    """Run the command that the arguments name, and end the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old locale that lacks a letter must not end a run that is done.
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="phuluc")
    except SystemExit as end:
        _leave(end)
    except OSError as error:  # of a file it would have a name, and be told already
        _silence(sys.stdout)
        typer.echo(f"{say('error.prefix')}: {_stdout_lost(error)}", err=True)
        _leave(SystemExit(int(ExitCode.ENVIRONMENT)))


def _stdout_lost(error: OSError) -> str:
    return tell(MachineLacksError("stdout_lost", reason=error))


def _silence(stream: TextIO) -> None:
    """Let what could not be written go nowhere, else Python complains of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _leave(end: SystemExit) -> NoReturn:
    """End the process at once: freeing what goes anyway takes a fifth of a short run.

    As mypy does it (mypy.util.hard_exit). Prefect ends its server and sends its last logs in
    atexit, so where it was loaded the end is the usual one, and so where the output is not taken.
    """
    if "prefect" not in sys.modules and isinstance(end.code, int):
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code)
    raise end


def _finish(summary: "Summary", inputs: list[Path], *, as_json: bool, quiet: bool) -> NoReturn:
    """Tell what was done and exit with the code that the contract names."""
    from flows import report, show  # noqa: PLC0415

    if as_json:
        typer.echo(json.dumps(report.as_json(summary), ensure_ascii=False, indent=1))
    elif not quiet:
        show.results(summary, inputs)
    show.failures(summary)
    sys.stdout.flush()
    raise typer.Exit(int(summary.exit_code))
