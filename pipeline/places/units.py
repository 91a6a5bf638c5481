"""Administrative units of Viet Nam, before and after July 2025: names to official codes.

A name finds a unit only where there is one candidate: a namesake too many, and the answer is None.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

from pipeline.groups import grouped
from pipeline.language.text import bare, fold, toneless
from pipeline.places.kinds import (
    ANY_KIND,
    FIRST_DAY_WITHOUT_DISTRICTS,
    KIND_OF_SHORT,
    LATER_KINDS,
    without_kind,
)
from pipeline.places.table import UnitRow, unit_rows
from schemas.plan import AgencyLevel

_LEVELS: dict[str, AgencyLevel] = {
    "province": "province",
    "district": "district",
    "commune": "commune",
}
# With tones and all: what is misread goes the long way.
_ABOVE_COMMUNES = re.compile(r"(tỉnh|thành phố|thị xã|huyện|quận) ")
_KIND = re.compile(rf"({ANY_KIND})\s+(?=\S)")
_BARE_KIND = re.compile(rf"({bare(ANY_KIND)})\s+(?=\S)")
_SHORT = re.compile(r"(?<!\w)(t\.?p|t\.?x|t\.?t)(?:\s*\.\s*|\s+)|(?<!\w)([hqpxt])\s*\.\s*")
_OUTER = re.compile(r"\s*,\s*|\s+(?=(?:tỉnh|huyện|quận)\s)|\s+-\s+(?=(?:tỉnh|huyện|quận)\s)")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NOT_IN_NAMES = "|"
_MIN_FUZZY = 5  # letters of a name; below it one letter is too much of it


class Unit(Struct, frozen=True):
    """A province, district or commune as it stood in a span of time.

    `name` carries its kind ("huyện Chi Lăng"), `province` does not ("Lạng Sơn"). `code` is the
    official code, "" where none is known; `parent` is the code of the unit above it. `valid_from`
    and `valid_to` are null where there was or is no change; `successors` are codes of the units
    that it went into, `earlier` bare names of units that went into it before 2025.
    """

    code: str
    name: str
    level: AgencyLevel
    province: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    earlier: tuple[str, ...]

    def stood(self, on: date) -> bool:
        """Whether the unit existed on that day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@lru_cache(maxsize=64)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _key(text: str) -> str:
    """Return the form that names are compared in: folded, quận 01 as quận 1."""
    return _LEADING_ZEROS.sub("", fold(text))


@cache
def _by_name() -> dict[str, list[UnitRow]]:
    """The rows by folded name: nothing but case and spaces at hyphens differs in the data."""
    return grouped((row.name.lower().replace(" - ", "-"), row) for row in unit_rows())


@cache
def by_core() -> dict[str, list[UnitRow]]:
    """Return the rows by their folded names without kinds."""
    return grouped((without_kind(key), row) for key, rows in _by_name().items() for row in rows)


@cache
def _by_earlier() -> dict[str, list[UnitRow]]:
    return grouped((name, row) for row in unit_rows() for name in row.earlier.split())


@lru_cache(maxsize=2)
def _by_bare(*, communes: bool) -> dict[str, list[str]]:
    """The keys of all names, or of those above the communes, by what they are without marks."""
    keys = [
        key
        for key, rows in _by_name().items()
        if communes or any(row.level != "commune" for row in rows)
    ]
    # In one go: name by name it takes a second.
    plain = toneless(_NOT_IN_NAMES.join(keys)).split(_NOT_IN_NAMES)
    return grouped(zip(plain, keys, strict=True))


@cache
def _districts() -> dict[str, list[UnitRow]]:
    return grouped((row.code, row) for row in unit_rows() if row.level == "district")


def _units(rows: Iterable[UnitRow]) -> tuple[Unit, ...]:
    """The units of some rows, provinces first."""
    found = (_unit(row, _province_of(row)) for row in rows)
    return tuple(sorted(found, key=lambda unit: unit.level != "province"))


def _unit(row: UnitRow, province: str) -> Unit:
    return Unit(
        code=row.code,
        name=row.name,
        level=_LEVELS[row.level],
        province=province,
        parent=row.parent,
        valid_from=_day(row.valid_from),
        valid_to=_day(row.valid_to),
        successors=tuple(row.successors.split()),
        earlier=tuple(row.earlier.split()),
    )


def _province_of(row: UnitRow) -> str:
    """The name of the province that a unit lies in, at the end of its time."""
    if row.level == "province":
        return without_kind(row.name)
    districts = _districts().get(row.parent, ())
    code = next((district.parent for district in districts), row.parent)
    day = _day(row.valid_to) or _day(row.valid_from) or date.max
    return next(p.province for p in _provinces() if p.code == code and p.stood(day))


@lru_cache(maxsize=32)
def units_of(province: str, level: AgencyLevel, on: date) -> tuple[Unit, ...]:
    """Return the units of a level that lay in a province ("Lạng Sơn") on a day, by name."""
    short = next(name for name, whole in _LEVELS.items() if whole == level)
    found = _units(row for row in unit_rows() if row.level == short)
    inside = (unit for unit in found if unit.province == province and unit.stood(on))
    return tuple(sorted(inside, key=lambda unit: unit.name))


def unit_names(province: str) -> frozenset[str]:
    """Return the folded names of the units that ever lay in a province ("Lạng Sơn"), with kinds."""
    inside = {unit.code for unit in _provinces() if unit.province == province}
    inside |= {code for code, rows in _districts().items() if any(r.parent in inside for r in rows)}
    return frozenset(
        name for name, rows in _by_name().items() if any(row.parent in inside for row in rows)
    )


@lru_cache(maxsize=1)
def _provinces() -> tuple[Unit, ...]:
    return _units(row for row in unit_rows() if row.level == "province")


@lru_cache(maxsize=4096)
def _called(key: str) -> tuple[Unit, ...]:
    """The units of that name, kind and all."""
    return _units(_by_name().get(key, ()))


def _may_be_commune(key: str) -> bool:
    return _ABOVE_COMMUNES.match(key) is None


def _expand(text: str) -> str:
    """Write short kinds out ("TP. Vinh", "H. Chi Lăng") and return the folded text."""

    def kind(match: re.Match[str]) -> str:
        return KIND_OF_SHORT[(match[1] or match[2]).replace(".", "")] + " "

    return _SHORT.sub(kind, fold(text)).strip(" .,;:-")


def _marks(text: str) -> str:
    return unicodedata.normalize("NFD", text).replace("đ", "d\u0335")


def _holds(whole: str, part: str) -> bool:
    """Whether `part` is `whole` with characters left out."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _toneless(key: str) -> list[Unit]:
    """Return units that the key spells with marks left out, or with one mark misread."""
    found: list[Unit] = []
    printed = _marks(key)
    for name in _by_bare(communes=_may_be_commune(key)).get(bare(key), ()):
        official = _marks(name)
        if _holds(official, printed) or Levenshtein.distance(official, printed) <= 1:
            found += _called(name)
    return found


def _renamed(key: str) -> list[Unit]:
    """Return units of the same name and a later kind: huyện Việt Yên, since thị xã Việt Yên."""
    kind = _KIND.match(key)
    if not kind:
        return []
    later = LATER_KINDS.get(kind[1], ())
    return [u for k in later for u in _called(f"{k} {key[kind.end() :]}")]


def _misread(key: str) -> list[Unit]:
    """Return units whose name without marks is one letter away, kind alike; communes never."""
    plain = bare(key)
    kind = _BARE_KIND.match(plain)
    if not kind or re.search(r"\d", key) or len(plain) - kind.end() < _MIN_FUZZY:
        return []
    names = _by_bare(communes=False)
    near = [n for n in names if Levenshtein.distance(n, plain, score_cutoff=1) <= 1]
    return [u for n in near if n.startswith(kind[0]) for key in names[n] for u in _above(key)]


def _above(key: str) -> list[Unit]:
    return [u for u in _called(key) if u.level != "commune"]


def _province_key(core: str) -> str:
    """Return one bare name for a province that was renamed: hue for thua thien hue."""
    since = {p.code for p in _provinces() if bare(p.province) == core and _was_renamed(p)}
    names = (bare(p.province) for p in _provinces() if p.code in since)
    return next((name for name in names if name != core), core)


def _was_renamed(province: Unit) -> bool:
    """Whether the province only took another name, and was not merged in July 2025."""
    ended = province.valid_to
    before = ended is not None and ended < FIRST_DAY_WITHOUT_DISTRICTS - timedelta(days=1)
    return before and province.code in province.successors


def _at(units: Iterable[Unit], on: date | None) -> list[Unit]:
    """Return the units that stood on the day; all of them where none did or no day is known."""
    found = list(units)
    return [u for u in found if on and u.stood(on)] or found


def _inside(units: list[Unit], place: str) -> list[Unit]:
    """Return those of the units that lie in the place: a district or a province by its name."""
    codes = {u.code for u in _called(place) if u.level == "district"} - {""}
    in_district = [u for u in units if u.parent in codes and u.level == "commune"]
    if in_district or place.startswith(("huyện ", "quận ", "thị xã ")):
        return in_district
    province = _province_key(bare(without_kind(place)))
    return [u for u in units if _province_key(bare(u.province)) == province]


def _only(units: Iterable[Unit], outer: list[str], on: date | None) -> Unit | None:
    """Return the one unit that lies in all of `outer` and stood on the day; None if not one."""
    found = list(units)
    for place in outer:
        found = _inside(found, place)
    found = _at(found, on)
    if len({u.parent for u in found}) == 1:
        found += _namesakes_gone(found[0], outer)
    if on is None and len({(u.code, u.level) for u in found}) == 1:
        found = [u for u in found if u.valid_to is None] or found  # the same under another name
    names = {(u.code, u.name, u.province, u.level) for u in found}
    return _of_its_day(found[-1], on) if len(names) == 1 else None


def _namesakes_gone(unit: Unit, outer: list[str]) -> list[Unit]:
    """Return communes elsewhere that hold one of the same name, which was there before 2025."""
    key = re.sub(r"\W", "", bare(_key(unit.name)))
    gone = list(_units(_by_earlier().get(key, ()))) if unit.level == "commune" else []
    for place in outer:
        gone = _inside(gone, place)
    return [
        u for u in gone if not unit.stood(FIRST_DAY_WITHOUT_DISTRICTS) and u.parent != unit.parent
    ]


def _of_its_day(unit: Unit, on: date | None) -> Unit:
    """Return the unit with the province's name of that day (huyện Phú Lộc: Thừa Thiên Huế)."""
    key, at = bare(unit.province), unit.valid_to or date.max
    own = {p.code for p in _provinces() if bare(p.province) == key and p.stood(at)}
    renamed = (p for p in _provinces() if on and p.stood(on) and p.code in own and _was_renamed(p))
    name = next((p.province for p in renamed), unit.province)
    return replace(unit, province=name) if unit.level != "province" else unit


def _rivals(key: str, exact: tuple[Unit, ...]) -> list[Unit]:
    """Return districts of other provinces that may have borne this name before they rose in kind.

    The list shows the kinds of mid-2025: huyện Phong Điền of Huế is a thị xã there, and must still
    stand in the way of taking the name for Cần Thơ's.
    """
    at_home = {u.province for u in exact}
    return [u for u in _renamed(key) if u.level == "district" and u.province not in at_home]


@lru_cache(maxsize=4096)
def find_unit(name: str, *, province: str | None = None, on: date | None = None) -> Unit | None:
    """Return the unit that a printed name means, or None where that is not certain.

    The name may be in capitals, without tones, misread by a letter, or followed by what it lies in
    ("xã Vạn Linh, huyện Chi Lăng"). `province` narrows the choice, and so does `on`: units that
    stood on that day are preferred; where none did, one of another time is returned all the same
    (see `Unit.stood`). Names without a kind ("Chi Lăng") are found where nothing else is so called.
    """
    places = [p for p in _OUTER.split(_expand(name)) if p]
    if not places:
        return None
    key, outer = _key(places[0]), [_key(p) for p in places[1:]]
    if province:
        outer.append(_key(_expand(province)))
    exact = _called(key) if _KIND.match(key) else _units(by_core().get(key, ()))
    if exact:
        return _only((*exact, *_rivals(key, exact)), outer, on)
    for look in (_toneless, _renamed, _misread):
        found = look(key)
        if found:
            return _only(found, outer, on)
    return None
