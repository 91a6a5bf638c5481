"""What people said of the title block, laid over what was read of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from pipeline.language.text import clean
from pipeline.places.units import find_unit
from pipeline.titles import DocumentHead
from schemas.correction import Correction
from schemas.plan import Corrected, IssuedOn

FIELDS = (
    "title", "plan_number", "plan_symbol", "issued_on.day", "issued_on.month", "issued_on.year",
    "issuer", "unit", "province", "year",
)  # fmt: skip
_NUMBER_FLAGS = {
    "no_number", "number_blank", "number_unread", "number_doubtful", "number_conflict",
    "number_repaired", "number_suffix",
}  # fmt: skip
_DATE_FLAGS = {"no_date", "date_conflict", "date_impossible", "date_doubtful"}
_UNIT_FLAGS = {"no_unit", "unit_not_found", "unit_respelled", "unit_from_title", "issuer_conflict"}
_YEAR_FLAGS = {"year_ambiguous", "year_from_range"}
_TITLE_FLAGS = {"no_title", "title_doubtful"}
_ISSUER_FLAGS = {"no_issuer", "issuer_doubtful"}
_UNTIL_TOLD = {"title": _TITLE_FLAGS, "issuer": _ISSUER_FLAGS, "plan_number": _NUMBER_FLAGS}
_ABOUT = (
    (("title",), _TITLE_FLAGS),
    (("plan_number", "plan_symbol"), _NUMBER_FLAGS),
    (("issued_on.day", "issued_on.month", "issued_on.year"), _DATE_FLAGS),
    (("issuer",), _ISSUER_FLAGS | {"issuer_conflict"}),
    (("unit", "province"), _UNIT_FLAGS),
    (("year",), _YEAR_FLAGS),
)


def fields_about(flags: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of the title block that doubts with these flags are about."""
    told = set(flags)
    return tuple(field for fields, about in _ABOUT if about & told for field in fields)


def correct_head(
    head: DocumentHead, corrections: Sequence[Correction]
) -> tuple[DocumentHead, tuple[Corrected, ...]]:
    """Return the title block as people have it, and which fields they changed.

    A unit brings its code, level and province along; a flag about a field goes with it.
    """
    told = {
        entry.field: entry.value or ""
        for entry in corrections
        if entry.verdict == "correct" and entry.page is None and entry.field in FIELDS
    }
    if not told:
        return head, ()
    changed = _with_unit(_with_date(_with_texts(head, told), told), told)
    noted = tuple(
        Corrected(field=field, read=_shown(head, field))
        for field in FIELDS
        if _shown(head, field) != _shown(changed, field)
    )
    return changed, noted


def usable(field: str, value: str) -> bool:
    """Whether a value can stand in a field of the title block; "" takes away what was read."""
    if field not in FIELDS:
        return False
    limits = {
        "issued_on.day": (1, 31), "issued_on.month": (1, 12),
        "issued_on.year": (1945, 2100), "year": (1945, 2100),
    }  # fmt: skip
    if field not in limits or not value.strip():
        return True
    low, high = limits[field]
    return value.strip().isdecimal() and low <= int(value) <= high


def _with_texts(head: DocumentHead, told: Mapping[str, str]) -> DocumentHead:
    texts = {
        field: clean(told[field])
        for field in ("title", "plan_number", "plan_symbol", "issuer")
        if field in told
    }
    gone = [_UNTIL_TOLD.get(field, set()) for field, text in texts.items() if text]
    return _without(replace(head, **texts), set().union(*gone))


def _with_date(head: DocumentHead, told: Mapping[str, str]) -> DocumentHead:
    parts = {
        part: _number(told[f"issued_on.{part}"])
        for part in ("day", "month", "year")
        if f"issued_on.{part}" in told
    }
    if parts:
        on = IssuedOn(**{**head.issued_on.model_dump(), **parts})
        head = _without(replace(head, issued_on=on), _DATE_FLAGS)
    if "year" in told:
        head = _without(replace(head, year=_number(told["year"])), _YEAR_FLAGS)
    return head


def _with_unit(head: DocumentHead, told: Mapping[str, str]) -> DocumentHead:
    if "province" in told:
        head = replace(head, province=clean(told["province"]) or None)
    if "unit" not in told:
        return head
    name, on = clean(told["unit"]), head.issued_on
    day = date(on.year, on.month or 7, on.day or 1) if on.year else None
    unit = find_unit(name, province=head.province, on=day) if name else None
    head = _without(replace(head, unit=name, unit_code=None), _UNIT_FLAGS)
    if unit is None:
        return replace(head, flags=(*head.flags, "unit_not_found")) if name else head
    province = head.province if "province" in told else unit.province
    return replace(head, level=unit.level, unit_code=unit.code or None, province=province)


def _without(head: DocumentHead, flags: set[str]) -> DocumentHead:
    return replace(
        head,
        flags=tuple(flag for flag in head.flags if flag not in flags),
        places=tuple(place for place in head.places if place[0] not in flags),
    )


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _shown(head: DocumentHead, field: str) -> str:
    owner, _, part = field.partition(".")
    value = getattr(head, owner)
    value = getattr(value, part) if part else value
    return "" if value is None else str(value)
