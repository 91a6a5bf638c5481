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
from flows.agency_options import Kind, Level, told
from flows.errors import CommandError
from flows.messages import helps, language
from flows.offices import office_files, office_of_environment
from pipeline.agencies import IssuerContext, Office, match_cell
from pipeline.agencies.issuer import issuer_of
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.registry.entries import Entry, read_day
from pipeline.agencies.registry.overlay import add_agency
from pipeline.agencies.tokens import tokenize
from pipeline.messages import Language, explain
from schemas.errors import ExitCode
from schemas.plan import Agency

_TEXTS: dict[str, dict[Language, str]] = {
    "app": {
        "en": "Ask and extend the agency registry.",
        "vi": "Tra cứu và bổ sung danh mục cơ quan.",
    },
    "match": {
        "en": "Show which agencies a text names.",
        "vi": "Cho biết một đoạn chữ nêu những cơ quan nào.",
    },
    "list": {"en": "List the agencies of the registry.", "vi": "Liệt kê danh mục cơ quan."},
    "add": {
        "en": "Add an agency, or another way to write one, to the office's own list.",
        "vi": "Thêm một cơ quan, hoặc một cách viết khác, vào danh mục riêng của đơn vị.",
    },
    "serve": {
        "en": "Offer the registry to OpenRefine (reconciliation API), on this machine only.",
        "vi": "Cho OpenRefine tra cứu danh mục (reconciliation API), chỉ trên máy này.",
    },
    "port": {"en": "Port; 0 takes a free one.", "vi": "Cổng; 0 là chọn cổng trống."},
    "serving": {
        "en": "Add this address to OpenRefine as a standard service: {address} (Ctrl-C ends it)",
        "vi": "Thêm địa chỉ này vào OpenRefine (standard service): {address} (Ctrl-C để dừng)",
    },
    "port_taken": {
        "en": "Port {port} cannot be used: {reason}. Choose another one with --port.",
        "vi": "Không dùng được cổng {port}: {reason}. Hãy chọn cổng khác bằng --port.",
    },
    "text": {
        "en": "Text of a cell; \\n stands for a line break.",
        "vi": "Chữ trong ô; \\n là xuống dòng.",
    },
    "unit": {
        "en": "Place of the plan's issuer, e.g. “huyện Chi Lăng”.",
        "vi": "Nơi ban hành kế hoạch, ví dụ “huyện Chi Lăng”.",
    },
    "only_unit": {
        "en": "Only in the plans of this place, e.g. “huyện Chi Lăng”.",
        "vi": "Chỉ trong kế hoạch của nơi này, ví dụ “huyện Chi Lăng”.",
    },
    "date": {
        "en": "Day of the plan, e.g. 2026-03-15: the bodies of that day are meant.",
        "vi": "Ngày ban hành kế hoạch, ví dụ 15/3/2026: chọn cơ quan của ngày đó.",
    },
    "json": {"en": "Print JSON.", "vi": "In ra JSON."},
    "level": {"en": "Level.", "vi": "Cấp."},
    "kind": {"en": "Kind.", "vi": "Loại."},
    "name": {"en": "Official name.", "vi": "Tên chính thức."},
    "alias": {
        "en": "Another way to write it (may be repeated).",
        "vi": "Cách viết khác (có thể lặp lại).",
    },
    "lang": {"en": "Language of the messages.", "vi": "Ngôn ngữ của thông báo."},
    "none": {"en": "The text names no agency.", "vi": "Đoạn chữ không nêu cơ quan nào."},
    "unknown_unit": {
        "en": "“{unit}” is no known place, so names without a level may stay in doubt.",
        "vi": "Không rõ “{unit}” là nơi nào nên tên không ghi cấp có thể phải xem lại.",
    },
    "added": {
        "en": "Written to {path}: {name} ({id})",
        "vi": "Đã ghi vào {path}: {name} ({id})",
    },
    "columns": {
        "en": "As read|Agency|Level|Place|Status|Method|Score|Remarks",
        "vi": "Chữ đọc được|Cơ quan|Cấp|Nơi|Kết quả|Cách khớp|Điểm|Ghi chú",
    },
    "list_columns": {
        "en": "Id|Name|Level|Kind|From|To|Source|Verified",
        "vi": "Mã|Tên|Cấp|Loại|Từ ngày|Đến ngày|Căn cứ|Kiểm chứng",
    },
    "accepted": {"en": "accepted", "vi": "chấp nhận"},
    "review": {"en": "review", "vi": "cần xem"},
    "unresolved": {"en": "unresolved", "vi": "chưa rõ"},
    "successor": {"en": "Since then: {agency}.", "vi": "Sau đó: {agency}."},
    "runner_up": {"en": "Or: {agency}.", "vi": "Hoặc: {agency}."},
    "decided": {
        "en": "Decision {number} by {by}, {at}.",
        "vi": "Quyết định số {number} của {by}, {at}.",
    },
    "by_exact": {"en": "official name", "vi": "tên chính thức"},
    "by_alias": {"en": "other name", "vi": "tên khác"},
    "by_abbreviation": {"en": "short form", "vi": "viết tắt"},
    "by_fuzzy": {"en": "near", "vi": "gần giống"},
    "by_decision": {"en": "decision", "vi": "quyết định"},
    "by_none": {"en": "none", "vi": "không có"},
    "said_by": {"en": ", {source}", "vi": ", {source}"},
    "verified_yes": {"en": "verified", "vi": "đã kiểm chứng"},
    "verified_extract": {"en": "verified by an extract", "vi": "kiểm chứng qua trích dẫn"},
    "verified_no": {"en": "not verified", "vi": "chưa kiểm chứng"},
    "central": {"en": "central", "vi": "trung ương"},
    "province": {"en": "province", "vi": "tỉnh"},
    "district": {"en": "district", "vi": "huyện"},
    "commune": {"en": "commune", "vi": "xã"},
    "agency": {"en": "agency", "vi": "cơ quan"},
    "front": {"en": "mass organisation", "vi": "đoàn thể"},
    "collective": {"en": "group", "vi": "nhóm"},
    "person": {"en": "person", "vi": "cá nhân"},
}
_KIND_UNIT: dict[Language, str] = {"en": "public unit", "vi": "đơn vị"}
_COLOURS = {"accepted": "green", "review": "yellow", "unresolved": "red"}


def _say(key: str, **values: object) -> str:
    text = _TEXTS[key][language()]
    return text.format(**values) if values else text


app = typer.Typer(
    help=_say("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(decision_commands.app)

_Lang = Annotated[Language | None, typer.Option("--lang", help=_say("lang"))]


@app.callback()
def _root(lang: _Lang = None) -> None:
    """Take `--lang` behind `agencies` too; `flows.messages.language` has read it already."""


@app.command(**helps(_say("match")))
def match(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_say("text"))],
    unit: Annotated[str | None, typer.Option("--unit", help=_say("unit"))] = None,
    on: Annotated[str | None, typer.Option("--date", metavar="DAY", help=_say("date"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_say("json"))] = False,
    lang: _Lang = None,  # noqa: ARG001
) -> None:
    """Print which agencies the text names, as a table or as JSON."""
    with told():
        context = _context(unit, _day(on))
        office = office_of_environment()
        registry = office.registry(context.unit, context.province)
        found = match_cell(text.replace("\\n", "\n"), context, registry)
    if as_json:
        shown = [_as_json(agency, office) for agency in found]
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif found:
        _print_table("columns", [_row(agency, office, dated=on is not None) for agency in found])
    else:
        typer.echo(_say("none"))


@app.command("list", **helps(_say("list")))
def list_agencies(
    level: Annotated[Level | None, typer.Option("--level", help=_say("level"))] = None,
    lang: _Lang = None,  # noqa: ARG001
) -> None:
    """Print the registry, or one level of it."""
    with told():
        entries = office_of_environment().every.values()
    chosen = [entry for entry in entries if level is None or entry.level == level]
    _print_table("list_columns", [_listed(entry) for entry in chosen])


@app.command(**helps(_say("add")))
def add(  # noqa: PLR0913, PLR0917
    name: Annotated[str, typer.Argument(metavar="NAME", help=_say("name"))],
    kind: Annotated[Kind, typer.Option("--kind", help=_say("kind"))],
    level: Annotated[Level | None, typer.Option("--level", help=_say("level"))] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", help=_say("alias"))] = None,
    unit: Annotated[str, typer.Option("--unit", help=_say("only_unit"))] = "",
    lang: _Lang = None,  # noqa: ARG001
) -> None:
    """Write an agency, or further aliases of one, to the office's own file."""
    with told():
        office = office_of_environment()
        entry = add_agency(
            office, name, level.value if level else None, kind.value, alias or (), unit
        )
    typer.echo(_say("added", path=office_files().agencies, name=entry.name, id=entry.id))


@app.command(**helps(_say("serve")))
def serve(
    port: Annotated[int, typer.Option("--port", help=_say("port"))] = 8787,
    lang: _Lang = None,  # noqa: ARG001
) -> None:
    """Answer OpenRefine, on the loopback interface, until it is stopped."""
    from flows import reconcile_server  # noqa: PLC0415  (uvicorn; no other command needs it)

    with told():
        office = office_of_environment()  # what cannot be used is told now, not to OpenRefine
    try:
        opened = reconcile_server.listen(port)
    except (OSError, OverflowError) as error:
        typer.echo(_say("port_taken", port=port, reason=error), err=True)
        raise typer.Exit(ExitCode.USAGE) from error
    host, taken = opened.getsockname()
    typer.echo(_say("serving", address=f"http://{host}:{taken}/"))
    with suppress(KeyboardInterrupt):
        reconcile_server.run(opened, office)


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
        typer.echo(_say("unknown_unit", unit=unit), err=True)
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
        remarks.append(_say("successor", agency=_named(agency.successor, office)))
    if agency.runner_up:
        remarks.append(_say("runner_up", agency=_named(agency.runner_up, office)))
    return [
        Text(agency.raw),
        Text(agency.name or ""),
        Text(_say(agency.level) if agency.level else ""),
        Text(agency.unit or ""),
        Text(_say(agency.status), style=_COLOURS[agency.status]),
        Text(_say(f"by_{agency.method}")),
        Text(f"{agency.score:.2f}"),
        Text(" ".join(remarks)),
    ]


def _has_its_time(entry: Entry) -> bool:
    return bool(entry.valid_from or entry.valid_to or entry.level_to)


def _of_its_time(entry: Entry) -> list[str]:
    """Return from when until when there was the agency, what says so, and how sure that is."""
    days = f"{entry.valid_from or '…'} - {entry.valid_to or '…'}"
    source = _say("said_by", source=entry.source) if entry.source else ""
    said = f"{days}{source} ({_say('verified_' + entry.verified)})."
    return [said, *filter(None, [entry.note])]


def _named(identifiers: str, office: Office) -> str:
    """Return agencies, separated by "|" as in the registry, by name and id."""
    known = [office.every[identifier] for identifier in identifiers.split(" | ")]
    return "; ".join(f"{entry.name} ({entry.id})" for entry in known)


def _decided(raw: str, office: Office) -> list[str]:
    """Return who decided on the text, and when; nothing where a longer text holds the decided."""
    meant = office.verdicts.meant.get(run_of(tokenize(raw)))
    return [
        _say("decided", number=d.number, by=d.decided_by, at=d.decided_at)
        for d in office.decided
        if meant and d.number == meant.number
    ]


def _listed(entry: Entry) -> list[Text]:
    return [
        Text(entry.id),
        Text(entry.name),
        Text(_say(entry.level) if entry.level else ""),
        Text(_KIND_UNIT[language()] if entry.kind == "unit" else _say(entry.kind)),
        Text(entry.valid_from.isoformat() if entry.valid_from else ""),
        Text(entry.valid_to.isoformat() if entry.valid_to else ""),
        Text(entry.source),
        Text(_say(f"verified_{entry.verified}")),
    ]


def _print_table(columns: str, rows: Sequence[Sequence[Text]]) -> None:
    table = Table(box=SIMPLE_HEAD)
    for column in _say(columns).split("|"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
