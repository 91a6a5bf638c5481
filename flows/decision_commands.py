"""`phuluc agencies decide | undo | export | import`: what people decide about agencies."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.agency_options import Kind, Level
from flows.command import Lang, errors
from flows.errors import CommandError
from flows.messages import helps, say
from flows.offices import office_files, office_of_environment
from flows.person import user_of_process
from pipeline.agencies.registry.decide import (
    Person,
    decide,
    decide_new,
    export_decisions,
    import_decisions,
    undo_decision,
)
from pipeline.agencies.registry.decisions import AgencyDecision
from pipeline.files.atomic import write_atomic

app = typer.Typer()

_By = Annotated[str | None, typer.Option("--by", metavar="NAME", help=say("help.by"))]
_Text = Annotated[str, typer.Argument(metavar="TEXT", help=say("help.decided_text"))]


@app.command("decide", **helps(say("help.decide")))
def decide_text(  # noqa: PLR0913, PLR0917, D103
    text: _Text,
    is_id: Annotated[str | None, typer.Option("--is", metavar="ID", help=say("help.is"))] = None,
    not_id: Annotated[str | None, typer.Option("--not", metavar="ID", help=say("help.not"))] = None,
    new: Annotated[str | None, typer.Option("--new", metavar="NAME", help=say("help.new"))] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help=say("help.new_kind"))] = None,
    level: Annotated[Level | None, typer.Option("--level", help=say("help.new_level"))] = None,
    by: _By = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    text = text.replace("\\n", "\n")
    with errors():
        if sum(choice is not None for choice in (is_id, not_id, new)) != 1 or (
            (new is None) != (kind is None) or (level is not None and new is None)
        ):
            raise CommandError("one_verdict")
        if new is not None and kind is not None:
            office, person = office_of_environment(), _person(by)
            made = decide_new(office, text, new, level.value if level else None, kind.value, person)
        elif is_id is not None:
            made = decide(office_of_environment(), text, "is", is_id, _person(by))
        else:
            made = decide(office_of_environment(), text, "is_not", not_id or "", _person(by))
    typer.echo(_told_of("decide.done", made))


@app.command("undo", **helps(say("help.undo")))
def undo(  # noqa: D103
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=say("help.number"))],
    by: _By = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        undone = undo_decision(office_files().decisions, number, _person(by))
    typer.echo(_told_of("decide.undone", undone))


@app.command("export", **helps(say("help.export")))
def export(  # noqa: D103
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help=say("help.export_out"))
    ] = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        content = export_decisions(office_files().decisions)
        if out is None:
            sys.stdout.write(content.replace("\r\n", "\n"))
        else:
            write_atomic(out, content.encode("utf-8-sig"))


@app.command("import", **helps(say("help.import")))
def import_(  # noqa: D103
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.import_file"))],
    lang: Lang = None,  # noqa: ARG001
) -> None:
    with errors():
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError("file_unusable", path=file, reason=error) from error
        added = import_decisions(office_of_environment(), content, str(file))
    typer.echo(say("decide.imported", count=len(added), path=office_files().decisions))


def _person(by: str | None) -> Person:
    return Person(by or user_of_process(), datetime.now().astimezone())


def _told_of(key: str, decision: AgencyDecision) -> str:
    return say(
        key,
        number=decision.number,
        text=" ".join(decision.text.split()),
        verdict=say(f"decide.{decision.verdict}"),
        agency=decision.agency_id,
        path=office_files().decisions,
    )
