"""What a person should look at: doubts of every stage in one list, the worst first.

How grave a doubt is stands beside its text in `knowledge/messages.yaml`. Rows of one gravity stand
with the lowest score first, then in the order of documents and pages.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp
from typing import Any, cast

from msgspec import Struct, field

from pipeline.correct.anchors import same_place
from pipeline.correct.told import Spot
from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.twins import Difference
from pipeline.files.addresses import cell_name
from pipeline.language.text import fold
from pipeline.messages import explain, severity
from pipeline.plausibility import doubtful_words
from schemas.dataset import ReviewRow, ReviewSubject
from schemas.failure import Failure
from schemas.plan import BBox, Confirmed, Decision, DecisionKind, FlagPlace, Fragment, Item, Plan

DOUBTFUL_FROM, DOUBTFUL_BELOW = 0.25, 0.75

# text_layer is left out: which reader a page had shows in the document's flags and confidences.
_DOUBTED_DECISIONS: dict[DecisionKind, ReviewSubject] = {
    "row_join": "row_join",
    "table_join": "table_join",
    "header_drop": "header_drop",
    "column_role": "column_role",
    "table_kind": "table_kind",
}
_BOTH_ROLES = "lead_and_partners"
_FAILED = 100
_ABOUT_NUMBERS = frozenset({"numbering_gap", "numbering_repeated", "numbering_out_of_order"})
_LETTERS = "letters_doubtful"


class _Doubt(Struct, frozen=True):
    """Something in doubt: codes (the gravest first), where to look, and what was read there."""

    what: ReviewSubject
    reasons: tuple[str, ...]
    item: Item | None = None
    fragment: Fragment | None = None
    page: int | None = None
    text: str | None = None
    score: float | None = None
    candidates: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def review_plan(plan: Plan) -> Iterator[ReviewRow]:
    """Yield the doubts about one plan that no person settled, in no particular order."""
    for row in doubts_of(plan):
        if not is_confirmed(row, plan):
            yield row


def doubts_of(plan: Plan) -> Iterator[ReviewRow]:
    """Yield all doubts about one plan, also those of which a person said that all is right."""
    for doubt in _doubts(plan):
        yield _row(plan.document.id, plan.document.source_file, doubt)


def place_of(row: ReviewRow) -> Spot:
    """Return where a doubt stands."""
    box = (row.x0, row.top, row.x1, row.bottom)
    x0, top, x1, bottom = box
    placed = x0 is not None and top is not None and x1 is not None and bottom is not None
    return Spot(row.page, cast(BBox, box) if placed else None, row.cell)


def is_confirmed(row: ReviewRow, plan: Plan) -> bool:
    """Whether a person said of a doubt about a plan that all is right."""
    return any(_settles(place, row) for place in plan.confirmed)


def told_as(row: ReviewRow) -> str:
    """Return what the log keeps of a doubt of which a person said something: text, or reasons."""
    return row.text or row.reasons


def holds_for(said: str, row: ReviewRow) -> bool:
    """Whether what was said of a doubt, told as `said`, holds for this one at the same place.

    Of doubts without a text, such as those about the title block, all reasons must have been there:
    what came up since was not seen.
    """
    if row.text or not said:
        return said == row.text
    return set(row.reasons.split(BETWEEN)) <= set(said.split(BETWEEN))


def _settles(place: Confirmed, row: ReviewRow) -> bool:
    same = place.what == row.what and holds_for(place.text, row)
    return same and same_place(place, place_of(row))


def review_failure(failure: Failure) -> ReviewRow:
    """Return the row of a file that failed."""
    row = _row(None, failure.source_file, _Doubt("document", (failure.code,), page=failure.page))
    return row.model_copy(
        update={
            "severity": _FAILED,
            "reason_vi": f"{failure.message_vi} {failure.hint_vi}",
            "reason_en": f"{failure.message} {failure.hint}",
        }
    )


def review_left_out(source_file: str, code: str, detail: str = "") -> ReviewRow:
    """Return the row of a plan that is not in the tables, and why (a code of doubts)."""
    return _row(None, source_file, _Doubt("document", (code,), details={"detail": detail}))


def review_later_version(document_id: str, source_file: str, earlier: str) -> ReviewRow:
    """Return the row of a plan that may be a later version of another, whose file is `earlier`."""
    details = {"earlier": earlier}
    doubt = _Doubt("document", ("possible_new_version",), text=earlier, details=details)
    return _row(document_id, source_file, doubt)


def review_twin(plan: Plan, printed: str) -> ReviewRow:
    """Return the row of an office's file whose print may be the file `printed`."""
    doubt = _Doubt("document", ("twin_of",), text=printed, details={"twin": printed})
    return _row(plan.document.id, plan.document.source_file, doubt)


def review_difference(plan: Plan, found: Difference, printed: str) -> ReviewRow:
    """Return the row of what an office's file says otherwise than its print, the file `printed`."""
    texts = {"office": found.office, "other": found.printed}
    details = {"twin": printed, "field": found.field, **texts}
    doubt = _Doubt(
        "item" if found.item else "document",
        ("differs_from_twin",),
        found.item,
        found.fragment,
        text=found.office or found.printed,
        details=details,
    )
    return _row(plan.document.id, plan.document.source_file, doubt)


def worst_first(rows: Iterable[ReviewRow]) -> list[ReviewRow]:
    """Return the rows in the order in which they should be looked at."""
    return sorted(
        rows,
        key=lambda row: (
            -row.severity,
            1.0 if row.score is None else row.score,
            row.source_file,
            row.page or 0,
            row.top or 0.0,
            row.x0 or 0.0,
            row.reasons,
            row.text,
        ),
    )


def _doubts(plan: Plan) -> Iterator[_Doubt]:
    placed = {r for d in plan.decisions if d.what == "page_order" for r in d.reasons}
    for place in plan.document.places:
        if reasons := _worth_a_look([place.flag]):
            placed.add(place.flag)
            yield _Doubt("document", reasons, fragment=_at(place), details={"text": place.text})
    if flags := _worth_a_look(f for f in plan.document.flags if f not in placed):
        yield _Doubt("document", flags)
    for section in plan.sections:
        if reasons := _worth_a_look(section.flags):
            yield _Doubt("section", reasons, fragment=next(iter(section.fragments), None))
        yield from _of_letters(section.fragments)
    for item in plan.items:
        yield from _of_item(item)
        yield from _of_letters(item.fragments, item)
        yield from _of_agencies(item)
        yield from _of_timeframe(item)
    # Of a header that cannot be read, its columns are one doubt.
    unread = {d.page for d in plan.decisions if "header_unread" in d.reasons}
    for decision in plan.decisions:
        if decision.what != "column_role" or decision.page not in unread:
            yield from _of_decision(plan, decision)


def _of_item(item: Item) -> Iterator[_Doubt]:
    low = "low_confidence" in item.flags
    if reasons := _worth_a_look(flag for flag in item.flags if flag != _LETTERS):
        weakest = min(item.fragments, key=lambda fragment: fragment.confidence, default=None)
        fragment = weakest if low else _first(item.fragments, ("title", "tasks"))
        text = None
        if _ABOUT_NUMBERS.issuperset(reasons):  # shown at the number, told by the name
            text = fragment.text if fragment else None
            fragment = _first(item.fragments, ("index",)) or fragment
        words = []
        if "words_doubtful" in reasons:
            holding = [f for f in item.fragments if doubtful_words(f.text)]
            fragment = next(iter(holding), fragment)
            words = [f"“{word}”" for f in holding for word in doubtful_words(f.text)]
        details = {"words": ", ".join(dict.fromkeys(words))}
        yield _Doubt(
            "item", reasons, item, fragment, text=text, score=item.confidence, details=details
        )


def _of_letters(fragments: Iterable[Fragment], item: Item | None = None) -> Iterator[_Doubt]:
    """One doubt a piece of text: words in it that may be read in two ways."""
    for fragment in fragments:
        if not fragment.doubtful:
            continue
        least = min(fragment.doubtful, key=lambda doubt: doubt.log_odds)
        yield _Doubt(
            "letters",
            (_LETTERS,),
            item,
            fragment,
            score=round(1 / (1 + exp(-least.log_odds)), 3),
            candidates=BETWEEN.join(f"{word.text} / {word.other}" for word in fragment.doubtful),
            details={
                "words": ", ".join(f"“{word.text}” / “{word.other}”" for word in fragment.doubtful)
            },
        )


def _of_agencies(item: Item) -> Iterator[_Doubt]:
    for column, agencies in (("lead", item.lead), ("partners", item.partners)):
        for agency in agencies:
            status = () if agency.status == "accepted" else (f"agency_{agency.status}",)
            if reasons := _worth_a_look([*status, *agency.flags]):
                yield _Doubt(
                    "agency",
                    reasons,
                    item,
                    _first(item.fragments, (column, _BOTH_ROLES), agency.raw),
                    text=agency.raw,
                    score=agency.score,
                    details={"name": agency.name, "runner_up": agency.runner_up},
                )


def _of_timeframe(item: Item) -> Iterator[_Doubt]:
    timeframe = item.timeframe
    # Dots are a blank left to be filled in by hand, not words that were not understood.
    words = any(char.isalnum() for char in timeframe.raw)
    if timeframe.kind == "unknown" and words:
        reasons = _worth_a_look(timeframe.flags or ("timeframe_unknown",))
    else:
        reasons = _worth_a_look(timeframe.flags)
    if reasons:
        fragment = _first(item.fragments, ("timeframe",), timeframe.raw)
        yield _Doubt("timeframe", reasons, item, fragment, text=timeframe.raw)


def _of_decision(plan: Plan, decision: Decision) -> Iterator[_Doubt]:
    if decision.what == "page_order":
        details = decision.figures
        yield _Doubt("document", decision.reasons, page=decision.page, details=details)
        return
    what = _DOUBTED_DECISIONS.get(decision.what)
    if what is None or not DOUBTFUL_FROM <= decision.score < DOUBTFUL_BELOW:
        return
    code = f"{what}_{'uncertain' if decision.taken else 'refused'}"
    item, fragment = None, None
    if what == "row_join":
        item = _joined_item(plan, decision)
        fragment = _uppermost(item.fragments if item else _fragments(plan), decision.page)
    reasons = (code, *decision.reasons)
    yield _Doubt(what, reasons, item, fragment, decision.page, score=decision.score)


def _joined_item(plan: Plan, decision: Decision) -> Item | None:
    """Return the item that a join made; None for a refusal, which made none."""
    wanted = (decision.page, decision.score, decision.reasons)
    for item in plan.items if decision.taken else ():
        if any((join.page, join.score, join.reasons) == wanted for join in item.joins):
            return item
    return None


def _uppermost(fragments: Iterable[Fragment], page: int | None) -> Fragment | None:
    """Return the fragment that stands highest on the page: a row join is about its first row."""
    on_page = [(f.bbox[1], f.bbox[0], f) for f in fragments if f.page == page and f.bbox]
    return min(on_page, key=lambda placed: placed[:2], default=(0, 0, None))[2]


def _fragments(plan: Plan) -> Iterator[Fragment]:
    for section in plan.sections:
        yield from section.fragments
    for item in plan.items:
        yield from item.fragments


def _at(place: FlagPlace) -> Fragment:
    return Fragment(
        page=place.page, bbox=place.bbox, column="document", text=place.text, confidence=1.0
    )


def _worth_a_look(codes: Iterable[str]) -> tuple[str, ...]:
    graded = [code for code in dict.fromkeys(codes) if severity(code) > 0]
    return tuple(sorted(graded, key=lambda code: -severity(code)))


def _first(
    fragments: Sequence[Fragment], columns: Sequence[str], text: str = ""
) -> Fragment | None:
    """Return the fragment of those columns that holds the text, else the first of them, if any."""
    of_columns = [fragment for fragment in fragments if fragment.column in columns]
    with_text = (fragment for fragment in of_columns if fold(text) in fold(fragment.text))
    return next(with_text, of_columns[0] if of_columns else None)


def _row(document_id: str | None, source_file: str, doubt: _Doubt) -> ReviewRow:
    fragment = doubt.fragment
    x0, top, x1, bottom = (fragment and fragment.bbox) or (None, None, None, None)
    text = doubt.text if doubt.text is not None else (fragment.text if fragment else "")
    return ReviewRow(
        severity=severity(doubt.reasons[0]),
        document_id=document_id,
        source_file=source_file,
        item_id=doubt.item.id if doubt.item else None,
        what=doubt.what,
        reasons=BETWEEN.join(doubt.reasons),
        reason_vi=" ".join(explain(code, "vi", **doubt.details) for code in doubt.reasons),
        reason_en=" ".join(explain(code, "en", **doubt.details) for code in doubt.reasons),
        text=text,
        candidates=doubt.candidates,
        score=doubt.score,
        page=fragment.page if fragment else doubt.page,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        cell=cell_name(fragment.cell) if fragment else None,
    )
