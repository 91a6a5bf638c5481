"""The document as a whole: its head as it goes into the plan, what kind it is, and its flags."""

from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.tables.doubtful import doubts_outside
from pipeline.titles import DocumentHead
from schemas.geometry import Box
from schemas.page import Page, PlaceDoubt
from schemas.plan import Decision, Document, DocumentKind, FlagPlace
from schemas.reading import Stitched


def document_of(stitched: Stitched, head: DocumentHead, flags: tuple[str, ...]) -> Document:
    """Return the plan as a whole: its head, and the places that its flags are about."""
    source = stitched.source
    return Document(
        id=f"doc-{source.sha256[:16]}",
        source_file=source.name,
        sha256=source.sha256,
        pages=source.pages or stitched.reading.rendered_pages,
        kind=_kind(stitched),
        title=head.title,
        plan_number=head.plan_number,
        plan_symbol=head.plan_symbol,
        issued_on=head.issued_on,
        issuer=head.issuer,
        unit=head.unit,
        unit_code=head.unit_code,
        province=head.province,
        year=head.year,
        period_from=head.period_from,
        period_to=head.period_to,
        flags=flags,
        places=tuple(_places(stitched, head)),
    )


def reading_flags(stitched: Stitched) -> list[str]:
    """Return the flags for what is in doubt of the reading, and of the pages outside of tables."""
    order = (d.reasons for d in stitched.decisions if d.what == "page_order")
    outside = (doubt for page in stitched.pages for doubt in _doubts_outside(page, stitched))
    return [
        *_layer_flags(stitched.decisions),
        *(reason for reasons in order for reason in reasons),
        *stitched.reading.flags,
        *(doubt.code for doubt in outside),
    ]


def _layer_flags(decisions: Sequence[Decision]) -> list[str]:
    """What a reader should know of the text layers; a scan that has none is nothing to tell."""
    layers = [d for d in decisions if d.what == "text_layer"]
    harmless = {
        "no_text_layer",
        "text_layer_sparse",
        "lines_in_picture",
        "text_sideways",
        "text_drawn",
        "text_under_picture",
    }
    flags = []
    if any(not d.taken and harmless.isdisjoint(d.reasons) for d in layers):
        flags.append("text_layer_rejected")
    if any(d.taken and any(r.startswith("encoding_") for r in d.reasons) for d in layers):
        flags.append("text_layer_repaired")
    return flags


def _kind(stitched: Stitched) -> DocumentKind:
    if stitched.source.kind in ("word", "sheet"):
        return cast(DocumentKind, stitched.source.kind)
    methods = {page.method for page in stitched.pages} - {"blank"}
    if methods == {"ocr"}:
        return "scanned"
    return "mixed" if len(methods) > 1 else "digital"


def _places(stitched: Stitched, head: DocumentHead) -> Iterator[FlagPlace]:
    """Where the flags of the document are about, on the pages as a reader sees them."""
    pages = {page.number: page for page in stitched.pages}
    for flag, line in head.places:
        if flag in head.flags and line.page in pages:
            yield _flag_place(flag, pages[line.page], line.box, line.text)
    for page in stitched.pages:
        for doubt in _doubts_outside(page, stitched):
            yield _flag_place(doubt.code, page, doubt.box, doubt.text)


def _doubts_outside(page: Page, stitched: Stitched) -> list[PlaceDoubt]:
    """What is in doubt on a page outside of its tables."""
    parts = [part for table in stitched.tables for part in table.parts if part.page == page.number]
    return list(doubts_outside(page, parts)) if page.doubts or page.struck else []


def _flag_place(flag: str, page: Page, box: Box, text: str) -> FlagPlace:
    x0, top, x1, bottom = (round(v, 2) for v in page.to_display.apply(box))
    return FlagPlace(flag=flag, page=page.number, bbox=(x0, top, x1, bottom), text=text)
