"""Who issued a document, and for which unit: from a letterhead or from "của Ủy ban nhân dân …"."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

from pipeline.knowledge import read_text
from pipeline.language.text import bare, clean, fold, plain
from pipeline.places.kinds import (
    ANY_KIND,
    HEIGHT_OF_LEVEL,
    KIND_OF_SHORT,
    LEVEL_OF_KIND,
    OTHER_WORDS_WITHOUT_MARKS,
    without_kind,
)
from pipeline.places.units import Unit, find_unit
from pipeline.titles.fields import is_number_line
from pipeline.titles.words import is_upper, words
from schemas.plan import AgencyLevel

_LEVELS: dict[str, AgencyLevel] = {
    level: level for level in ("central", "province", "district", "commune")
}


def _without_marks(kinds: Iterable[str]) -> str:
    """Kinds as a regular expression for texts without marks."""
    return "|".join(map(plain, kinds))


# Of two words, so no other even without marks; "THI XÃ" must not be read as XÃ.
_LONG_KIND = re.compile(
    rf"(?<!\w)({_without_marks(k for k in LEVEL_OF_KIND if ' ' in k)})\s+(?=\S)"
)
# Right after the body a kind may have lost a mark: "UBND phuờng".
_AFTER_BODY = re.compile(rf"(?:ubnd|nhan dan)\s+({_without_marks(LEVEL_OF_KIND)})\s+")
_WORDS_OF_A_NAME = 6


class _Patterns(Struct, frozen=True):
    """How units are named: `kind` of a unit, `plain_kind` without marks, `name_ends` behind a name,
    `before_society` before "xã hội"."""

    kind: re.Pattern[str]
    plain_kind: re.Pattern[str]
    name_ends: re.Pattern[str]
    before_society: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    said = words()["units"]
    short, not_behind = "|".join(said["short_forms"]), said["behind_no_unit"]
    # OCR drops marks of capitals; kinds that would then be other words stay out.
    certain = _without_marks(k for k in LEVEL_OF_KIND if k not in OTHER_WORDS_WITHOUT_MARKS)
    return _Patterns(
        kind=re.compile(rf"(?<!\w)({ANY_KIND}|{short})(?!\w|\s*(?:{'|'.join(not_behind)})\b)\s*"),
        plain_kind=re.compile(rf"(?<!\w)({certain})\s+(?!(?:{_without_marks(not_behind)})\b)"),
        name_ends=re.compile(
            rf"\s*[,;()\[\]:/]|\s+(?=(?:{'|'.join(said['behind_a_name'])})\s)", re.IGNORECASE
        ),
        before_society=re.compile(rf"(?:[-–]|{'|'.join(said['before_society'])})\s*$"),
    )


class PrintedUnit(Struct, frozen=True):
    """A unit as it was printed, its kind written out; `name` is "" where only the kind stands."""

    kind: str
    name: str
    start: int

    @property
    def text(self) -> str:
        """Kind and name: huyện Chi Lăng."""
        return f"{self.kind} {self.name}".strip()


class Issuer(Struct, frozen=True):
    """Who issued it: `name` whole, `unit` with its kind or "", `known` as the list has it.

    `kind` is what is said of a unit without its name ("của UBND huyện").
    """

    name: str
    unit: str
    level: AgencyLevel | None
    known: Unit | None = None
    flags: tuple[str, ...] = ()
    kind: str = ""


@lru_cache(maxsize=1)
def _agency_names() -> dict[str, str]:
    """Return official names of agencies by their bare form."""
    rows = csv.DictReader(read_text("agencies.csv").splitlines())
    return {bare(row["name"]): row["name"] for row in rows}


def _proper(name: str) -> str:
    """Return a name in capitals as it is written otherwise: CHI LĂNG as Chi Lăng."""
    return " ".join(word.capitalize() for word in name.split()) if is_upper(name) else name


def _name_at(text: str, start: int) -> str:
    """Return the place name that begins there: capitalised words, up to a comma or another kind."""
    rest = text[start:]
    if end := _patterns().name_ends.search(rest):
        rest = rest[: end.start()]
    name: list[str] = []
    for word in rest.split()[:_WORDS_OF_A_NAME]:
        if not (word[:1].isupper() or word[:1].isdigit() or (word in "-–" and name)):
            break
        name.append(word)
    return " ".join(name).strip(" .-–*'\"{}|")


def units_in(text: str) -> list[PrintedUnit]:
    """Return the units named in a text, in order, names of kinds alone included."""
    text = clean(text)
    short = plain(text)
    kinds = {plain(kind): kind for kind in LEVEL_OF_KIND}
    found = {m.end(): (m.start(), m[1]) for m in _patterns().kind.finditer(text.lower())}
    for pattern in (_LONG_KIND, _AFTER_BODY):
        for m in pattern.finditer(short):
            if m.end() not in found or m.start(1) < found[m.end()][0]:
                found[m.end()] = m.start(1), kinds[m[1]]
    if not found:
        found = {m.end(): (m.start(), kinds[m[1]]) for m in _patterns().plain_kind.finditer(short)}
    return [
        _unit(KIND_OF_SHORT.get(kind.rstrip("."), kind), _name_at(text, end), start)
        for end, (start, kind) in sorted(found.items())
        if not _is_society(text, start, end)
    ]


def _unit(kind: str, printed: str, start: int) -> PrintedUnit:
    """The place of a kind, its name without what stands behind it on one line.

    "tỉnh Bình Dương Đoàn Giám Sát" is a unit and a body: a name that is in no list, but whose
    beginning is, ends before the word with which a body begins.
    """
    name = printed.split()
    if find_unit(f"{kind} {printed}") is None:
        for end in range(len(name) - 1, 0, -1):
            known = find_unit(f"{kind} {' '.join(name[:end])}") is not None
            if known and plain(name[end]) in words()["body_words"]:
                return PrintedUnit(kind, _proper(" ".join(name[:end])), start)
    return PrintedUnit(kind, _proper(printed), start)


def _is_society(text: str, start: int, end: int) -> bool:
    """Whether it is "xã hội" (Bảo hiểm xã hội, VĂN HÓA - XÃ HỘI) and no commune (XÃ HỘI HOAN)."""
    if not re.match(r"hội\b", text[end:].lower()):
        return False
    whole = _patterns().before_society.search(text[:start].lower())
    return bool(whole) or not re.match(r"H\w+\s+[^\W\d_a-z]", text[end:])


def _body(text: str) -> tuple[str, dict[str, str]]:
    """Return a body's name in its usual spelling, and its row's other fields; ("", {}) for none."""
    text = clean(text).strip(" .,;:-–()")
    short = plain(text)
    for row in words()["bodies"]:
        for written in row["written"]:
            if found := re.match(rf"{written}(?!\w)", short):
                rest = text[found.end() :].strip(" ,;-–")
                return f"{row['name']} {_agency_case(rest)}".strip(), row
    if _is_misread_body(short):
        return words()["bodies"][0]["name"], {}
    for row in words()["agencies"] if not is_number_line(text) else ():
        if found := re.match(rf"{row['word']}(?!\w)", short):
            known = _agency_names().get(bare(text))
            rest = text[found.end() :].strip()
            named = _proper_case(rest) if row.get("proper") else _agency_case(rest)
            return known or f"{row['name']} {named}".strip(), row
    return "", {}


def _is_misread_body(short: str) -> bool:
    body = words()["bodies"][0]["written"][0]
    return Levenshtein.distance(short[: len(body) + 1].strip(), body, score_cutoff=2) <= 2


def _agency_case(text: str) -> str:
    """Return what follows "Phòng" with a capital: NỘI VỤ as Nội vụ."""
    return text.capitalize() if is_upper(text) and len(text.split()) > 1 else text


def _proper_case(text: str) -> str:
    """Return what follows "Trường", whose name is one of a person or a place: TIỂU HỌC LÊ LỢI as
    Tiểu học Lê Lợi, THPT as it is."""
    if not is_upper(text):
        return text
    kept = {short.lower(): short for short in words()["short_forms"]}
    named = " ".join(kept.get(word.lower(), word.capitalize()) for word in text.split())
    for phrase in words()["kinds_of_school"]:
        named = re.sub(rf"\b{phrase}\b", phrase, named, flags=re.IGNORECASE)
    return named


def parse_issuer(
    segments: Sequence[str], *, province: str | None, on: date | None
) -> Issuer | None:
    """Return who issued it; the last of `segments` is the issuer, those before stand over it.

    `province` narrows the choice of the unit, `on` is the day of issue. None where the last
    segment names no body that issues documents.
    """
    named = [place for text in segments for place in units_in(text) if place.name]
    last = units_in(segments[-1])
    name, row = _body(segments[-1][: last[0].start] if last else segments[-1])
    if not name:
        return None
    own = [place for place in last if place.name]
    chosen = own or named[::-1]
    if not own and row.get("kind"):
        chosen = _after_party_name(segments[-1], row) or chosen
        name = row["name"]
    if not chosen:
        kind = last[0].kind if last else ""
        level = _LEVELS.get(row.get("level", "")) or _level_of(kind)
        return Issuer(f"{name} {kind}".strip(), "", level, kind=kind)
    outer = [p for p in named if p.text != chosen[0].text and _wider(p, chosen[0])]
    issuer = _with_unit(name, chosen[0], outer, province, on)
    if row.get("kind"):
        return replace(issuer, name=f"{name} {issuer.unit.removeprefix(row['kind']).strip()}")
    return issuer


def _after_party_name(text: str, row: dict[str, str]) -> list[PrintedUnit]:
    """Return the place after "Huyện ủy": Chi Lăng, of the kind that the word says."""
    words_before = len(row["name"].split())
    found = re.match(rf"(?:\S+\s+){{{words_before}}}", clean(text))
    place = _proper(_name_at(clean(text), found.end())) if found else ""
    return [PrintedUnit(row["kind"], place, 0)] if place else []


def _wider(place: PrintedUnit, inner: PrintedUnit) -> bool:
    """Whether a place is of a kind that may hold the other."""
    outer = HEIGHT_OF_LEVEL[LEVEL_OF_KIND[place.kind]]
    return outer >= HEIGHT_OF_LEVEL[LEVEL_OF_KIND[inner.kind]]


def _with_unit(
    name: str,
    place: PrintedUnit,
    outer: Sequence[PrintedUnit],
    province: str | None,
    on: date | None,
) -> Issuer:
    """Return the issuer with its unit looked up; one that is not found stays as printed."""
    whole = ", ".join([place.text, *(p.text for p in outer)])
    unit = find_unit(whole, province=province, on=on)
    if unit is None:
        level = _level_of(place.kind)
        return Issuer(f"{name} {place.text}", place.text, level, flags=("unit_not_found",))
    shown = f"{place.kind} {without_kind(unit.name)}"
    flags = () if fold(shown) == fold(place.text) else ("unit_respelled",)
    return Issuer(f"{name} {shown}", shown, unit.level, unit, flags)


def _level_of(kind: str) -> AgencyLevel | None:
    """Return the level of a kind of unit; a city may be of two."""
    level = LEVEL_OF_KIND.get(kind)
    return None if level == "either" else level


def starts_body(text: str) -> bool:
    """Whether a line of a letterhead begins with a body or agency that issues documents."""
    name, _ = _body(text)
    return bool(name)


def segments_of(lines: Sequence[str]) -> list[str]:
    """Return a letterhead's lines as one text for each body: what runs on is put together, and
    what stands on one line with the body above it is parted."""
    segments: list[str] = []
    for line in lines:
        begins = starts_body(line)
        if begins or not segments:
            segments.append(line)
        else:
            segments[-1] += f" {line}"
    return [body for segment in segments for body in _bodies_in(segment)]


def _bodies_in(text: str) -> list[str]:
    """The bodies that stand one behind the other: UBND TỈNH LẠNG SƠN SỞ NỘI VỤ.

    The first must be whole and known, since names of places hold words of bodies: HẢI PHÒNG.
    """
    printed = clean(text).split()
    for end in range(len(printed) - 1, 1, -1):
        upper, lower = " ".join(printed[:end]), " ".join(printed[end:])
        if lower[:1].isupper() and starts_body(lower) and _is_whole_body(upper):
            return [upper, *_bodies_in(lower)]
    return [text]


def _is_whole_body(text: str) -> bool:
    """Whether a text is a body with its known unit, or an agency that others stand beneath, with
    its province or without: SỞ Y TẾ LẠNG SƠN."""
    _, row = _body(text)
    if row.get("word") in words()["agencies_above_others"] and _is_known_agency(text):
        return True
    named = units_in(text) or (_after_party_name(text, row) if row.get("kind") else [])
    place = named[-1] if named else None
    unit = find_unit(place.text) if place and place.name else None
    if place is None or unit is None or not starts_body(text):
        return False
    whole = fold(without_kind(unit.name)) == fold(place.name)
    return whole and fold(text).endswith(fold(place.name))


def _is_known_agency(text: str) -> bool:
    printed = text.split()
    return any(
        bare(" ".join(printed[:end])) in _agency_names()
        and (end == len(printed) or _is_province(" ".join(printed[end:])))
        for end in range(2, len(printed) + 1)
    )


def _is_province(name: str) -> bool:
    units = (find_unit(f"{kind} {name}") for kind in ("tỉnh", "thành phố"))
    return any(unit is not None and fold(unit.province) == fold(name) for unit in units)


def province_names(texts: Sequence[str]) -> Iterator[str]:
    """Yield the provinces that texts name with their kind ("TỈNH LẠNG SƠN")."""
    for text in texts:
        for place in units_in(text):
            unit = find_unit(place.text) if place.kind in ("tỉnh", "thành phố") else None
            if unit and unit.level == "province":
                yield unit.province
