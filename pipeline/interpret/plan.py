"""The whole plan: head, appendices, sections, items, and every decision on the way."""

from collections.abc import Sequence
from datetime import date

from pipeline.agencies import IssuerContext, Office, Registry
from pipeline.correct.head import correct_head
from pipeline.correct.items import (
    ParseContext,
    confirmed,
    correct_items,
    noted_section,
)
from pipeline.correct.texts import as_read, was_corrected
from pipeline.interpret.agency_columns import AgencyColumns, agency_columns, without_roles
from pipeline.interpret.ditto import with_dittos
from pipeline.interpret.document import document_of, reading_flags
from pipeline.interpret.head_doubts import with_doubted_digits
from pipeline.interpret.items import (
    Context,
    corrected_item,
    fragments_of,
    heading_of,
    line_limits,
    numbers_with_read,
    shares_number,
)
from pipeline.interpret.merged_rows import with_whole_items
from pipeline.interpret.number_checks import NumberChecks, Numbered
from pipeline.interpret.numbering import Number
from pipeline.interpret.own_issuer import with_own_issuer
from pipeline.interpret.places import without_nominal_pages
from pipeline.interpret.printed import TableLabel, printed_table, table_id, title_of
from pipeline.interpret.roles import Column, column_roles, role_decisions, with_told_roles
from pipeline.interpret.sections import SectionStack
from pipeline.interpret.table_kind import judge_table_kind, kind_decision, kind_of
from pipeline.language.markers import classify
from pipeline.papi import is_papi, item_in_papi, section_in_papi
from pipeline.settings import Settings
from pipeline.stitch.rows import cell_text
from pipeline.stitch.table_join import lines_between
from pipeline.titles import (
    DocumentHead,
    is_caption,
    lines_before_tables,
    parse_caption,
    parse_head,
)
from pipeline.version import produced_by
from schemas.page import TextLine
from schemas.plan import (
    Appendix,
    Decision,
    Item,
    Plan,
    PrintedTable,
    Section,
    TableKind,
)
from schemas.reading import Stitched
from schemas.table import PageTable, Row, Table


def interpret(stitched: Stitched, settings: Settings, office: Office) -> Plan:
    """Return the validated plan of a document; one without a table has no items and a flag."""
    lines = lines_before_tables(stitched)
    parsed = with_own_issuer(parse_head(lines), lines, office.own)
    read = with_doubted_digits(parsed, lines, stitched.pages)
    head, changed = correct_head(read, stitched.corrections)
    issuer = _issuer_context(head)
    registry = office.registry(issuer.unit, issuer.province)
    builder = _Builder(stitched, head, issuer, registry, settings)
    for table in stitched.tables:
        builder.add(table)
    plan = builder.plan()
    if not changed:
        return plan
    document = plan.document.model_copy(update={"corrected": changed})
    return plan.model_copy(update={"document": document})


def _issuer_context(head: DocumentHead) -> IssuerContext:
    on = head.issued_on
    # Where the day is blank the month's first stands in; where only the year is known, its middle.
    issued = date(on.year, on.month or 7, on.day or 1) if on.year else None
    if issued is None and head.year:
        issued = date(head.year, 7, 1)
    return IssuerContext(
        level=head.level, unit=head.unit or None, province=head.province, issued=issued
    )


class _Builder:
    """Appendices, sections and items as they come, numbered in reading order."""

    def __init__(
        self,
        stitched: Stitched,
        head: DocumentHead,
        issuer: IssuerContext,
        registry: Registry,
        settings: Settings,
    ) -> None:
        self._stitched = stitched
        self._head = head
        self._issuer = issuer
        self._registry = registry
        self._settings = settings
        self._appendices: list[Appendix] = []
        self._sections: list[Section] = []
        self._items: list[Item] = []
        self._tables: list[PrintedTable] = []
        self._to_display = {page.number: page.to_display for page in stitched.pages}
        self._decisions: list[Decision] = list(stitched.decisions)
        self._flags: list[str] = list(head.flags)
        self._last: PageTable | None = None
        self._checks = NumberChecks()

    def add(self, table: Table) -> None:
        """Put a table to the plan; one that holds no tasks gives its rows alone, and a flag."""
        found = column_roles(table, self._issuer, self._registry)
        told = with_told_roles(found, table.pages[0], self._stitched.corrections)
        marked = agency_columns(table, told, self._issuer, self._registry)
        columns = without_roles(told, marked)
        self._decisions += [*role_decisions(columns, table.pages[0]), *table.decisions]
        caption = lines_between(self._last, table.parts[0], self._stitched.outside)
        self._last = table.parts[-1]
        title = title_of(caption)
        verdict = judge_table_kind(table, told, self._issuer, self._registry, title)
        kind = kind_of(verdict)
        self._decisions.append(kind_decision(verdict, table.pages[0]))
        self._print(table, columns, kind, caption)
        if kind == "other":
            self._flags.append("table_without_tasks")
            return
        if any(c.role == "extra" and _is_unused(c) for c in columns):
            self._flags.append("unregistered_columns")
        self._add_rows(with_whole_items(table, columns), columns, marked)

    def _add_rows(self, table: Table, columns: Sequence[Column], marked: AgencyColumns) -> None:
        """Put the rows of a table of tasks to the plan: headings as sections, others as items."""
        appendix_id = self._appendices[-1].id
        context = self._context(table, columns, marked)
        papi = is_papi(self._head.title) or is_papi(self._appendices[-1].title)
        stack = SectionStack()
        numbers = numbers_with_read(table, columns)
        first = len(self._sections), len(self._items)
        numbered = []
        before: Row | None = None
        above: Item | None = None
        for row, heading, number in zip(table.rows, table.headings, numbers, strict=True):
            if heading:
                self._add_section(row, number, context, appendix_id, stack)
                if papi:
                    self._sections[-1] = section_in_papi(self._sections[-1], self._sections)
                numbered.append(Numbered(self._sections[-1].marker, heading=True))
            elif _says_something(row, columns):
                ids = (f"i{len(self._items) + 1}", appendix_id, stack.current)
                item = with_dittos(corrected_item(row, number, context, ids), row, context, above)
                above = item
                self._items.append(item_in_papi(item, self._sections) if papi else item)
                merged = before is not None and shares_number(before, row, columns)
                numbered.append(Numbered(item.marker, heading=False, merged=merged))
                before = row
        self._check_numbers(numbered, *first)

    def _context(self, table: Table, columns: Sequence[Column], marked: AgencyColumns) -> Context:
        return Context(
            columns=columns,
            limits=line_limits(table),
            to_display=self._to_display,
            issuer=self._issuer,
            year=self._head.year,
            registry=self._registry,
            marked=marked,
        )

    def _check_numbers(self, rows: Sequence[Numbered], section: int, item: int) -> None:
        """Flag sections and items of a table, which begin at those places, by their numbers."""
        self._checks.next_table()
        for row, fault in zip(rows, self._checks.faults(rows), strict=True):
            flags = (fault,) if fault else ()
            if row.heading:
                known = self._sections[section]
                self._sections[section] = known.model_copy(update={"flags": known.flags + flags})
                section += 1
            else:
                found = self._items[item]
                self._items[item] = found.model_copy(update={"flags": found.flags + flags})
                item += 1

    def _print(
        self,
        table: Table,
        columns: Sequence[Column],
        kind: TableKind,
        above: Sequence[TextLine],
    ) -> None:
        """Note a table as it is printed, in the appendix that it begins or on whose pages it is."""
        last = self._appendices[-1] if self._appendices else None
        within = bool(last and last.pages and table.pages[0] <= last.pages[1])
        captioned = any(is_caption(line) for line in above)
        appendix_id = last.id if last and within else None
        if kind == "tasks" or captioned:
            appendix_id = self._appendix(table, above)
        label = TableLabel(table_id(len(self._tables) + 1), appendix_id, kind, title_of(above))
        self._tables.append(printed_table(table, columns, label, self._to_display))

    def _appendix(self, table: Table, above: Sequence[TextLine]) -> str:
        captioned = any(is_caption(line) for line in above)
        if self._appendices and not captioned:
            last = self._appendices[-1]
            pages = (last.pages[0] if last.pages else table.pages[0], table.pages[1])
            self._appendices[-1] = last.model_copy(update={"pages": pages})
            return last.id
        caption = parse_caption(above)
        appendix_id = f"a{len(self._appendices) + 1}"
        self._appendices.append(
            Appendix(
                id=appendix_id,
                marker=caption.marker,
                title=caption.title,
                pages=table.pages,
            )
        )
        return appendix_id

    def _add_section(
        self,
        row: Row,
        numbers: tuple[Number, Number],
        context: Context,
        appendix_id: str,
        stack: SectionStack,
    ) -> None:
        number, read = numbers
        label, title = heading_of(row, number, context)
        section_id = f"s{len(self._sections) + 1}"
        parent = stack.enter(section_id, classify(label) if label else None)
        fragments = fragments_of(as_read(row), context)
        struck = any(fragment.struck for fragment in fragments)
        section = Section(
            id=section_id,
            appendix_id=appendix_id,
            marker=label,
            title=title,
            parent=parent,
            fragments=fragments,
            flags=(*["marker_mended"] * number.mended, *["text_struck"] * struck),
        )
        if was_corrected(row):
            marker, title = heading_of(as_read(row), read, context)
            before = section.model_copy(update={"marker": marker, "title": title})
            section = noted_section(before, section)
        self._sections.append(section)

    def plan(self) -> Plan:
        """Return what has been put together."""
        stitched = self._stitched
        if not stitched.tables:
            self._flags.append("no_table")
        flags = dict.fromkeys([*self._flags, *reading_flags(stitched)])
        by = ParseContext(self._registry, self._issuer, self._head.year)
        plan = Plan(
            produced_by=produced_by(
                stitched.reading.engine,
                self._registry.version,
                self._settings,
                stitched.corrections,
            ),
            document=document_of(stitched, self._head, tuple(flags)),
            appendices=tuple(self._appendices),
            sections=tuple(self._sections),
            items=tuple(correct_items(self._items, stitched.corrections, by)),
            tables=tuple(self._tables),
            decisions=tuple(self._decisions),
            confirmed=confirmed(stitched.corrections),
        )
        return plan if stitched.source.pages else without_nominal_pages(plan)


def _is_unused(column: Column) -> bool:
    """Whether a column may say what the plan should hold: unknown, or a second one of its role."""
    return any(r == "header_unknown" or r.endswith("; role_taken") for r in column.reasons)


def _says_something(row: Row, columns: Sequence[Column]) -> bool:
    """A row of an empty form, with nothing but its number and dots to write on, is no item."""
    return any(
        columns[cell.col].role != "index" and any(c.isalnum() for c in cell_text(cell))
        for cell in row.cells
    )
