"""One result as rows of the database: what a file of plans/ or failed/ gives to each table."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from pipeline.correct.approval import approver_of
from pipeline.dataset.columns import columns
from pipeline.dataset.corrections import correction_rows
from pipeline.dataset.names import FAILED, PLANS
from pipeline.dataset.plans import read_failure, read_plan
from pipeline.dataset.review import review_failure, review_left_out, review_plan
from pipeline.dataset.rows import BETWEEN, Rows, check_keys, rows_of
from pipeline.dataset.store.counted import count_facets
from pipeline.dataset.twins import OFFICE_KINDS
from pipeline.language.text import bare
from schemas.correction import Correction
from schemas.dataset import TABLES, ReviewRow, TableSpec
from schemas.plan import Item, Plan, Record

Row = tuple[Any, ...]

# PostgreSQL knows no NUL, and no database half a letter.
_REFUSED = re.compile("[\x00\ud800-\udfff]")
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


class ResultFile(Struct, frozen=True):
    """A file of plans/ or failed/: its path within the output folder, and how a change shows."""

    path: str
    size: int
    changed: int


class Taken(Struct, frozen=True):
    """What a result file gives: rows by table, without the number of their result before them.

    `place` is where it comes in what is published, `shown_place` in what is shown to people;
    `versions_of` and `twins_of` what it has in common with plans that may be the same as it.
    """

    file: ResultFile
    source_file: str
    place: str
    rows: Mapping[str, Sequence[Row]]
    shown_place: str = ""
    words: str = ""
    document_id: str | None = None
    versions_of: str = ""
    twins_of: str = ""
    is_office: bool = False
    approved_by: str | None = None


def result_files(out: Path) -> Iterator[ResultFile]:
    """Yield the results that lie in `out`."""
    for folder in (PLANS, FAILED):
        for path in (out / folder).glob("*.json"):
            file = result_file(out, f"{folder}/{path.name}")
            if file is not None:
                yield file


def result_file(out: Path, path: str) -> ResultFile | None:
    """Return the result at a path within `out`, None where there is none."""
    try:
        status = (out / path).stat()
    except FileNotFoundError:
        return None
    return ResultFile(path, status.st_size, status.st_mtime_ns)


def read_result(
    out: Path, file: ResultFile, said_of: Callable[[str], Sequence[Correction]]
) -> Taken:
    """Return the rows of a result; `said_of` gives what people said of a content.

    Raises OSError where the result cannot be read.

    One that breaks a rule of the tables gives a row in review that says so, and no other.
    """
    path = out / file.path
    source_file = file.path
    try:
        if file.path.startswith(FAILED):
            failure = read_failure(path)
            return _only_review(file, failure.source_file, review_failure(failure))
        plan = read_plan(path)
        source_file = plan.document.source_file
        standing = said_of(plan.document.sha256)
        said = correction_rows(plan.document.id, standing)
        rows = {**rows_of(plan), "corrections": said}
        check_keys(rows)
    except ValueError as error:
        doubt = review_left_out(source_file, "plan_unusable", str(error))
        return _only_review(file, source_file, doubt)
    return Taken(
        file,
        source_file,
        _place(file, source_file),
        _rows(plan, rows, list(review_plan(plan))),
        _shown_place(plan),
        _words(plan),
        plan.document.id,
        _versions_of(plan),
        _twins_of(plan),
        plan.document.kind in OFFICE_KINDS,
        approver_of(plan, standing),
    )


def left_out(taken: Taken) -> Taken:
    """Return what is told of a result whose document another result holds already."""
    return _only_review(
        taken.file, taken.source_file, review_left_out(taken.source_file, "duplicate_document")
    )


def _only_review(file: ResultFile, source_file: str, doubt: ReviewRow) -> Taken:
    rows = {"review": [(0, None, *review_values(doubt))]}
    return Taken(file, source_file, _place(file, source_file), rows)


def _place(file: ResultFile, source_file: str) -> str:
    """By the source's path, whatever the result is called: names depend on who came first."""
    return clean(f"{unicodedata.normalize('NFC', source_file)}\x01{file.path}")


def _shown_place(plan: Plan) -> str:
    """By unit, then number: "huyện Chi Lăng", 154, as people look for them."""
    document = plan.document
    number = _NUMBER.search(document.plan_number)
    parts = (
        bare(document.province or ""),
        bare(document.unit),
        f"{int(number[0]) if number else 0:09d}",
    )
    return clean("\x01".join((*parts, unicodedata.normalize("NFC", document.source_file))))


def _words(plan: Plan) -> str:
    document = plan.document
    return folded([document.source_file, document.unit, document.province, document.title])


def _versions_of(plan: Plan) -> str:
    """Kind, unit, number and appendices, as versions of one plan have them alike.

    An office's file and a print are no versions of each other; they may be twins.
    """
    document = plan.document
    if not document.unit or not plan.appendices:
        return ""
    named = [f"{appendix.marker} {appendix.title}" for appendix in plan.appendices]
    of = (
        document.province,
        document.unit,
        document.plan_number,
        document.plan_symbol,
        document.year,
    )
    is_office = document.kind in OFFICE_KINDS
    return _key_of(is_office, *(folded([str(part)]) for part in (*of, *named)))


def _twins_of(plan: Plan) -> str:
    """Unit and year, as forms of one plan have them alike."""
    document = plan.document
    if not document.unit:
        return ""
    return _key_of(document.province, document.unit, document.year)


def _key_of(*parts: object) -> str:
    """A digest: PostgreSQL indexes no long text, and there are plans of many appendices."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def clean(text: str) -> str:
    """Return the text as every database takes it."""
    return _REFUSED.sub("\ufffd", text)


def folded(texts: Sequence[str | None]) -> str:
    """Return the words of the texts, without tones, in lower case, parted by spaces."""
    return clean(_NO_LETTERS.sub(" ", bare(" ".join(filter(None, texts)))).strip())


def _rows(plan: Plan, rows: Rows, doubts: Sequence[ReviewRow]) -> dict[str, list[Row]]:
    """The rows of all tables: ordinal, what links them to an item, columns."""
    ordinals: dict[str | None, int] = {item.id: n for n, item in enumerate(plan.items)}
    reasons = _reasons(doubts)
    made: dict[str, list[Row]] = {}
    for spec in TABLES:
        records: Sequence[Record] = doubts if spec.name == "review" else rows.get(spec.name, ())
        values = review_values if spec.name == "review" else _values(spec.name)
        if spec.name == "items":
            made["items"] = [
                (n, reasons.get(plan.items[n].id), *values(record))
                for n, record in enumerate(records)
            ]
        elif links_to_item(spec):
            item_id = attrgetter("item_id")
            made[spec.name] = [
                (n, ordinals.get(item_id(record)), *values(record))
                for n, record in enumerate(records)
            ]
        else:
            made[spec.name] = [(n, *values(record)) for n, record in enumerate(records)]
    flags = [row for n, item in enumerate(plan.items) for row in _flags(n, item)]
    made["item_flags"] = [*flags]
    made["facet_counts"] = [
        (facet, clean(value), count)
        for facet, value, count in count_facets(plan.document.unit, rows, flags)
    ]
    made["item_texts"] = [(n, folded(_said(plan, item))) for n, item in enumerate(plan.items)]
    return made


def links_to_item(spec: TableSpec) -> bool:
    """Whether rows of the table are about an item, and the table is another one."""
    return spec.name != "items" and "item_id" in spec.row.model_fields


def _reasons(doubts: Sequence[ReviewRow]) -> dict[str | None, str]:
    """Why to look at each item, as sentences, each once, the gravest first."""
    found: dict[str | None, dict[str, None]] = {}
    for doubt in sorted(doubts, key=lambda doubt: -doubt.severity):
        found.setdefault(doubt.item_id, {})[doubt.reason_vi] = None
    return {item: clean("\n".join(said)) for item, said in found.items()}


def _flags(ordinal: int, item: Item) -> Iterator[tuple[int, str]]:
    agencies = (flag for agency in (*item.lead, *item.partners) for flag in agency.flags)
    for flag in sorted({*item.flags, *item.timeframe.flags, *agencies}):
        yield ordinal, flag


def _said(plan: Plan, item: Item) -> list[str | None]:
    section = next((s for s in plan.sections if s.id == item.section_id), None)
    agencies = [text for a in (*item.lead, *item.partners) for text in (a.raw, a.name)]
    return [
        section.title if section else None,
        item.title,
        item.lead_in,
        *item.tasks,
        *agencies,
        item.timeframe.raw,
        item.deliverable,
        *item.extra.values(),
    ]


def review_values(doubt: Record) -> Row:
    """Return `alike` and the columns of a row of review, as databases take them."""
    return _alike(cast(ReviewRow, doubt)), *_values("review")(doubt)


def digest_of(text: str) -> str:
    """Return what stands for a doubted text in `alike`: the same whatever its tones and case."""
    return hashlib.blake2b(clean(bare(text)).encode(), digest_size=8).hexdigest()


def _alike(doubt: ReviewRow) -> str | None:
    """What doubts of one kind about one text have in common; None where there is no text."""
    if doubt.document_id is None or not bare(doubt.text):
        return None
    return f"{digest_of(doubt.text)} {doubt.what} {doubt.reasons.split(BETWEEN)[0]}"


@cache
def _values(table: str) -> Callable[[Record], Row]:
    """What takes the columns of a row in their order, as databases take them."""
    (spec,) = (spec for spec in TABLES if spec.name == table)
    fields = attrgetter(*(column.name for column in columns(spec)))
    days = [n for n, column in enumerate(columns(spec)) if column.type == "date"]

    def values(record: Record) -> Row:
        row: Row = fields(record)
        # Looked for in all texts of a row at once: nearly none holds such.
        if _REFUSED.search("".join(value for value in row if type(value) is str)):
            row = tuple(clean(value) if type(value) is str else value for value in row)
        if any(row[n] is not None for n in days):
            row = tuple(v.isoformat() if type(v) is date else v for v in row)
        return row

    return values
