"""`phuluc agencies match | list | add | serve`: ask and extend the registry of agencies."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows import decision_commands
from flows.agency_options import Kind, Level
from flows.command import Lang, errors
from flows.errors import CommandError
from flows.messages import helps, language, say
from flows.offices import office_files, office_of_environment
from pipeline.agencies import IssuerContext, Office, match_cell
from pipeline.agencies.issuer import issuer_of
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.registry.entries import Entry, read_day
from pipeline.agencies.registry.overlay import add_agency
from pipeline.agencies.tokens import tokenize
from pipeline.messages import explain
from schemas.plan import Agency

_COLOURS = {"accepted": "green", "review": "yellow", "unresolved": "red"}


app = typer.Typer(
    help=say("help.agencies"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(decision_commands.app)


@app.callback()
def _root(lang: Lang = None) -> None:
    """Take `--lang` behind `agencies` too; `flows.messages.language` has read it already."""


@app.command(**helps(say("agencies.match")))
def match(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("agencies.text"))],
    unit: Annotated[str | None, typer.Option("--unit", help=say("agencies.unit"))] = None,
    on: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help=say("agencies.date"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("agencies.json"))] = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    """Print which agencies the text names, as a table or as JSON."""
    with errors():
        context = _context(unit, _day(on))
        office = office_of_environment()
        registry = office.registry(context.unit, context.province)
        found = match_cell(text.replace("\\n", "\n"), context, registry)
    if as_json:
        shown = [_as_json(agency, office) for agency in found]
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif found:
        _print_table(
            "agencies.columns", [_row(agency, office, dated=on is not None) for agency in found]
        )
    else:
        typer.echo(say("agencies.none"))


@app.command("list", **helps(say("agencies.list")))
def list_agencies(
    level: Annotated[Level | None, typer.Option("--level", help=say("agencies.level"))] = None,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    """Print the registry, or one level of it."""
    with errors():
        entries = office_of_environment().every.values()
    chosen = [entry for entry in entries if level is None or entry.level == level]
    _print_table("agencies.list_columns", [_listed(entry) for entry in chosen])


@app.command(**helps(say("agencies.add")))
def add(  # noqa: PLR0913, PLR0917
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("agencies.name"))],
    kind: Annotated[Kind, typer.Option("--kind", help=say("agencies.kind"))],
    level: Annotated[Level | None, typer.Option("--level", help=say("agencies.level"))] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", help=say("agencies.alias"))] = None,
    unit: Annotated[str, typer.Option("--unit", help=say("agencies.only_unit"))] = "",
    lang: Lang = None,  # noqa: ARG001
) -> None:
    """Write an agency, or further aliases of one, to the office's own file."""
    with errors():
        office = office_of_environment()
        entry = add_agency(
            office, name, level.value if level else None, kind.value, alias or (), unit
        )
    typer.echo(say("agencies.added", path=office_files().agencies, name=entry.name, id=entry.id))


@app.command(**helps(say("agencies.serve")))
def serve(
    port: Annotated[int, typer.Option("--port", help=say("agencies.port"))] = 8787,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    """Answer OpenRefine, on the loopback interface, until it is stopped."""
    from flows.reconcile_server import application  # noqa: PLC0415  Starlette
    from flows.sockets import listen, run  # noqa: PLC0415  uvicorn

    with errors():
        office = office_of_environment()  # what cannot be used is told now, not to OpenRefine
        opened = listen(port)
    host, taken = opened.getsockname()
    typer.echo(say("agencies.serving", address=f"http://{host}:{taken}/"))
    with suppress(KeyboardInterrupt):
        run(opened, application(office))


def _day(text: str | None) -> date | None:
    """Return the day that the option says; raises CommandError where it says none."""
    day = read_day(text) if text else None
    if text and day is None:
        raise CommandError("no_date", text=text)
    return day


def _context(unit: str | None, issued: date | None) -> IssuerContext:
    """Return the issuer that the options name; the level is unknown where the place is."""
    context = issuer_of(unit, issued)
    if unit and context.level is None:
        typer.echo(say("agencies.unknown_unit", unit=unit), err=True)
    return context


def _as_json(agency: Agency, office: Office) -> dict[str, Any]:
    """Return a match with what the registry says of the agency's time, and by what source."""
    entry = office.every.get(agency.agency_id or "")
    said = (
        {}
        if entry is None
        else {
            "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
            "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
            "source": entry.source,
            "verified": entry.verified,
        }
    )
    return agency.model_dump() | said


def _row(agency: Agency, office: Office, *, dated: bool) -> list[Text]:
    remarks = [explain(flag, language()) for flag in agency.flags]
    if agency.method == "decision":
        remarks += _decided(agency.raw, office)
    entry = office.every.get(agency.agency_id or "")
    if entry is not None and ("out_of_time" in agency.flags or (dated and _has_its_time(entry))):
        remarks += _of_its_time(entry)
    if agency.successor:
        remarks.append(say("agencies.successor", agency=_named(agency.successor, office)))
    if agency.runner_up:
        remarks.append(say("agencies.runner_up", agency=_named(agency.runner_up, office)))
    return [
        Text(agency.raw),
        Text(agency.name or ""),
        Text(say(f"agencies.level_{agency.level}") if agency.level else ""),
        Text(agency.unit or ""),
        Text(say(f"agencies.status_{agency.status}"), style=_COLOURS[agency.status]),
        Text(say(f"agencies.by_{agency.method}")),
        Text(f"{agency.score:.2f}"),
        Text(" ".join(remarks)),
    ]


def _has_its_time(entry: Entry) -> bool:
    return bool(entry.valid_from or entry.valid_to or entry.level_to)


def _of_its_time(entry: Entry) -> list[str]:
    """Return from when until when there was the agency, what says so, and how sure that is."""
    days = f"{entry.valid_from or '…'} - {entry.valid_to or '…'}"
    source = say("agencies.said_by", source=entry.source) if entry.source else ""
    said = f"{days}{source} ({say(f'agencies.verified_{entry.verified}')})."
    return [said, *filter(None, [entry.note])]


def _named(identifiers: str, office: Office) -> str:
    """Return agencies, separated by "|" as in the registry, by name and id."""
    known = [office.every[identifier] for identifier in identifiers.split(" | ")]
    return "; ".join(f"{entry.name} ({entry.id})" for entry in known)


def _decided(raw: str, office: Office) -> list[str]:
    """Return who decided on the text, and when; nothing where a longer text holds the decided."""
    meant = office.verdicts.meant.get(run_of(tokenize(raw)))
    return [
        say("agencies.decided", number=d.number, by=d.decided_by, at=d.decided_at)
        for d in office.decided
        if meant and d.number == meant.number
    ]


def _listed(entry: Entry) -> list[Text]:
    return [
        Text(entry.id),
        Text(entry.name),
        Text(say(f"agencies.level_{entry.level}") if entry.level else ""),
        Text(say(f"agencies.kind_{entry.kind}")),
        Text(entry.valid_from.isoformat() if entry.valid_from else ""),
        Text(entry.valid_to.isoformat() if entry.valid_to else ""),
        Text(entry.source),
        Text(say(f"agencies.verified_{entry.verified}")),
    ]


def _print_table(columns: str, rows: Sequence[Sequence[Text]]) -> None:
    table = Table(box=SIMPLE_HEAD)
    for column in say(columns).split("|"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
