"""The head of a document, from all lines before its first table."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.text import clean, plain
from pipeline.places.kinds import LAST_DAY_OF_DISTRICTS
from pipeline.places.units import find_unit
from pipeline.titles.captions import Caption, is_caption, parse_caption
from pipeline.titles.fields import (
    DocumentNumber,
    fill_date,
    find_date,
    find_number,
    is_number_line,
    letterhead_date,
    merged,
    number_of_line,
    overlaid,
    parted_at_number,
    possible,
)
from pipeline.titles.issuers import (
    Issuer,
    parse_issuer,
    province_names,
    segments_of,
    starts_body,
    units_in,
)
from pipeline.titles.words import despeckled, is_furniture, is_upper, joined, one_of, text_of, words
from pipeline.titles.years import plan_period, plan_year
from schemas.page import TextLine
from schemas.plan import AgencyLevel, IssuedOn

_HEAD_LINES = 16  # a letterhead and the heading stand within so many lines
_LONGEST_NAME = 8  # words of a body that is not printed in capitals
_SUBJECT_LINES = 6
_OFF_CENTRE = 8  # points; half the usual indent of a first line is 18
_OF = re.compile(r"\bcua[\s,.'|]+")


class DocumentHead(Struct, frozen=True):
    """What the lines before the first table say of the whole document.

    Strings are "" and others null where nothing is printed. `plan_number` is digits only. `year`
    is the year that the plan is for, `period_from` and `period_to` bound a longer period. `flags`
    tell what is doubtful or missing, `places` in which line, of those that are about one.
    """

    title: str
    plan_number: str
    plan_symbol: str
    issued_on: IssuedOn
    issuer: str
    unit: str
    level: AgencyLevel | None
    unit_code: str | None
    province: str | None
    year: int | None
    flags: tuple[str, ...]
    period_from: int | None = None
    period_to: int | None = None
    places: tuple[tuple[str, TextLine], ...] = ()


class _Letterhead(Struct, frozen=True):
    """The top of a plan's first page: bodies above each other, number, date, heading."""

    segments: tuple[str, ...] = ()
    number: DocumentNumber | None = None
    issued_on: IssuedOn | None = None
    heading: str = ""


def parse_head(lines: Sequence[TextLine]) -> DocumentHead:
    """Return the head of a document from all text lines before its first table, in reading order.

    The first appendix's caption gives the title, what it is attached to gives number, date and
    issuer; blanks there are filled from the letterhead of the plan that may stand before it, where
    the two agree. Without a caption the title is the plan's heading with its subject.
    """
    lines = despeckled(lines)
    caption = _first_caption(lines)
    letterhead = _letterhead(lines)
    number, number_flags = _number(caption.reference, letterhead)
    issued_on, date_flags = _issued_on(caption.reference, letterhead)
    title = caption.title or letterhead.heading
    issuer, province, issuer_flags = _issuer(caption, letterhead, title, issued_on)
    titles = (caption.title, letterhead.heading)
    year, year_flags = plan_year(titles, issued_on.year)
    period_from, period_to, period_flags = plan_period(titles)
    flags = [*number_flags, *date_flags, *issuer_flags, *year_flags, *period_flags]
    flags = list(dict.fromkeys([*flags, *_missing(number, title, issuer, issued_on)]))
    return DocumentHead(
        title=title,
        plan_number=number.number if number else "",
        plan_symbol=number.symbol if number else "",
        issued_on=issued_on,
        issuer=issuer.name if issuer else "",
        unit=issuer.unit if issuer else "",
        level=issuer.level if issuer else None,
        unit_code=(issuer.known.code or None) if issuer and issuer.known else None,
        province=province,
        year=year,
        flags=tuple(flags),
        period_from=period_from,
        period_to=period_to,
        places=tuple(_places(flags, lines)),
    )


def _missing(
    number: DocumentNumber | None, title: str, issuer: Issuer | None, issued_on: IssuedOn
) -> list[str]:
    """The flags for what a head does not say."""
    missing = {
        "no_number": number is None,
        "number_blank": number is not None and not number.number and not number.flags,
        "no_title": not title,
        "no_issuer": not (issuer and issuer.name),
        "no_unit": bool(issuer and not issuer.unit and issuer.level != "central"),
        "no_date": issued_on == IssuedOn(),
    }
    return [flag for flag, on in missing.items() if on]


def _places(flags: Sequence[str], lines: Sequence[TextLine]) -> Iterator[tuple[str, TextLine]]:
    """Where the flags about number and issuer are about.

    Of the number the first line that has a place for it; of issuers at odds every line that names
    one, so that both are seen.
    """
    about = [flag for flag in flags if flag.startswith("number_")]
    numbered = next((line for line in lines if about and find_number(text_of(line))), None)
    if numbered is not None:
        yield from ((flag, numbered) for flag in about)
    if "issuer_conflict" in flags:
        named = (line for line in lines if starts_body(text_of(line)) or _names_issuer(line))
        yield from (("issuer_conflict", line) for line in named)


def _names_issuer(line: TextLine) -> bool:
    return bool(starts_body(_issuer_text(text_of(line))))


def _first_caption(lines: Sequence[TextLine]) -> Caption:
    """Return the first appendix's caption; its lines run to the next caption."""
    at = [n for n, line in enumerate(lines) if is_caption(line)]
    if not at:
        return parse_caption(lines)
    ends = [*at[1:], len(lines)]
    captions = [parse_caption(lines[a:b]) for a, b in zip(at, ends, strict=True)]
    # The body may list the appendices; the real caption says what it is attached to.
    return next((c for c in captions if c.reference), captions[0])


def _letterhead(lines: Sequence[TextLine]) -> _Letterhead:
    """Take the top of the first page apart, as far as it stands before any caption."""
    ends = [n for n, line in enumerate(lines) if is_caption(line)]
    before = [line for line in lines[: ends[0] if ends else None] if not _is_stamp(line.text)]
    top = [line for line in before[: 2 * _HEAD_LINES] if line.page == before[0].page]
    heading_at = next((n for n, line in enumerate(top) if _is_heading(line.text)), len(top))
    small = _small_letters(top[:heading_at])
    texts = enumerate(map(text_of, top))
    body_at = next((n for n, text in texts if n >= small and _is_body(text)), len(top))
    head = top[: min(heading_at, body_at, _HEAD_LINES)]
    bodies: list[TextLine] = []
    number, issued_on = None, None
    numbered = False
    for n, line in ((n, part) for n, whole in enumerate(head) for part in _parted(whole)):
        text = text_of(line)
        numbered = numbered or is_number_line(text)
        if number is None and (found := number_of_line(text)):
            number = _overlaid_number(found, line, lines)
        if issued_on is None and (on := letterhead_date(text)):
            issued_on = fill_date(on, overlaid(line, lines))
        is_body = not is_furniture(text) and not numbered and issued_on is None
        beside = bodies and not _overlap(line, bodies[0])
        if is_body and not beside and (n < small or _may_be_issuer(text, first=not bodies)):
            bodies.append(line)
    segments = tuple(segments_of([text_of(line) for line in bodies]))
    heading = _heading(before[heading_at:]) if top[heading_at:] else ""
    return _Letterhead(segments, number, issued_on, heading)


def _parted(line: TextLine) -> tuple[TextLine, ...]:
    """A line with a body and the number behind it as two: the issuer ends before the number."""
    body, number = parted_at_number(text_of(line))
    if not starts_body(body) or not (is_upper(body) or len(body.split()) <= _LONGEST_NAME):
        return (line,)
    return replace(line, text=body), replace(line, text=number)


def _small_letters(top: Sequence[TextLine]) -> int:
    """Return up to which line a letterhead in small letters names its issuer, 0 where none does.

    It is the first on its page, its lines are short, and the number stands beneath.
    """
    at = 0
    for n, line in enumerate(top):
        text = text_of(line)
        body, number = parted_at_number(text)
        if is_number_line(number) and number[:1].isupper():
            return n + bool(body) if at or starts_body(body) else 0
        if is_furniture(text) or letterhead_date(text):
            continue
        named = text[:1].isalpha() and len(text.split()) <= _LONGEST_NAME
        begins = not is_upper(text) and starts_body(text)
        if not named or not (at or begins):
            return 0
        at = n + 1
    return 0


def _may_be_issuer(text: str, *, first: bool) -> bool:
    """Whether a line of a letterhead is part of a body's name: capitals, or a name of its own."""
    named = starts_body(text)
    if is_upper(text):
        return named or not first
    return named and not first and len(text.split()) <= _LONGEST_NAME


def _is_body(text: str) -> bool:
    """Whether a line begins the text of the letter, whose citations are of other documents."""
    return one_of("body", r"(?!\w)").match(plain(text)) is not None and not is_upper(text)


def _overlap(line: TextLine, other: TextLine) -> bool:
    """Whether the two stand above each other; what stands beside is the other half."""
    return line.box.x0 <= other.box.x1 and other.box.x0 <= line.box.x1


def _is_stamp(text: str) -> bool:
    return is_furniture(text) and bool(re.search(r"\bky\b|signed|email", plain(text)))


def _overlaid_number(
    number: DocumentNumber, line: TextLine, lines: Sequence[TextLine]
) -> DocumentNumber:
    over = [] if number.number else [n for n in overlaid(line, lines) if n.isdecimal()]
    return DocumentNumber(over[0], number.symbol, number.flags) if len(over) == 1 else number


def _is_heading(text: str) -> bool:
    short = re.sub(r"\W+", " ", plain(text)).strip()
    return is_upper(text) and short in words()["headings"]


def _heading(lines: Sequence[TextLine]) -> str:
    """Return KẾ HOẠCH and the subject beneath it on one line.

    The subject is centred beneath the heading; the body's first line, indented, is not.
    """
    run = [clean(text_of(lines[0]))]
    for line in lines[1 : _SUBJECT_LINES + 1]:
        text = text_of(line)
        if is_furniture(text):
            if len(run) > 1:
                break
            continue
        goes_on = len(run) == 1 or not text[:1].isupper() or (is_upper(run[1]) and is_upper(text))
        goes_on = goes_on or _centred(line, lines[0])
        if one_of("body", r"(?!\w)").match(plain(text)) or not goes_on:
            break
        run.append(text)
        if re.search(r"nam\s*20\d\d\W*$", plain(text)):
            break
    return joined(run)


def _centred(line: TextLine, over: TextLine) -> bool:
    same_page = line.page == over.page
    return same_page and abs(line.box.center[0] - over.box.center[0]) < _OFF_CENTRE


def _number(reference: str, letterhead: _Letterhead) -> tuple[DocumentNumber | None, list[str]]:
    """Return the number of the plan: the reference's, its blank filled from the letterhead."""
    printed = find_number(reference)
    above = letterhead.number
    if printed is None or (not printed.number and above and above.symbol == printed.symbol):
        return above, list(above.flags) if above else []
    at_odds = above and above.number and above.number != printed.number
    same_kind = above and above.symbol == printed.symbol
    return printed, [*printed.flags, *["number_conflict"] * bool(at_odds and same_kind)]


def _issued_on(reference: str, letterhead: _Letterhead) -> tuple[IssuedOn, list[str]]:
    dates = [on for on in (find_date(reference), letterhead.issued_on) if on]
    sound = [possible(on) for on in dates]
    whole, at_odds = merged(sound)
    return whole, [*["date_conflict"] * at_odds, *["date_impossible"] * (sound != dates)]


def _issuer(
    caption: Caption, letterhead: _Letterhead, title: str, issued_on: IssuedOn
) -> tuple[Issuer | None, str | None, list[str]]:
    """Return who issued it and the province, from the reference, else from the letterhead."""
    on = _day(issued_on)
    named = _issuer_text(caption.reference)
    printed = list(dict.fromkeys(province_names([*letterhead.segments, named])))
    hint = printed[0] if printed else _only(list(province_names([title])))
    by_reference = parse_issuer([named], province=hint, on=on) if named else None
    by_letterhead = (
        parse_issuer(letterhead.segments, province=hint, on=on) if letterhead.segments else None
    )
    issuer, flags = _agreed(by_reference, by_letterhead)
    if issuer and not issuer.unit and issuer.level != "central":
        issuer = _unit_from_title(issuer, title, hint, on)
    if issuer is None:
        issuer = _from_title_alone(title, hint, on)
    if issuer is None:
        return None, hint, flags
    province = issuer.known.province if issuer.known else hint
    return issuer, province, [*flags, *issuer.flags]


def _agreed(reference: Issuer | None, letterhead: Issuer | None) -> tuple[Issuer | None, list[str]]:
    """Return the letterhead's issuer where it names a unit, else the reference's.

    A reference without the name of its unit ("của UBND huyện") takes it from the letterhead.
    """
    if not reference or not letterhead or reference.unit == letterhead.unit:
        return reference or letterhead, []
    if reference.unit:
        return (letterhead if letterhead.unit else reference), ["issuer_conflict"]
    if not letterhead.unit.startswith(reference.kind):
        return reference, []
    body = reference.name.removesuffix(reference.kind).strip()
    return replace(letterhead, name=f"{body} {letterhead.unit}".strip()), []


def _unit_from_title(issuer: Issuer, title: str, province: str | None, on: date | None) -> Issuer:
    """Fill the unit from the title: "của UBND huyện" over "… TRÊN ĐỊA BÀN HUYỆN CHI LĂNG"."""
    named = {p.text for p in units_in(title) if p.name and p.kind == issuer.kind}
    if len(named) != 1:
        return issuer
    body = issuer.name.removesuffix(issuer.kind)
    whole = parse_issuer([f"{body}{named.pop()}"], province=province, on=on)
    if whole is None or whole.known is None:
        return issuer
    return Issuer(
        whole.name, whole.unit, whole.level, whole.known, (*whole.flags, "unit_from_title")
    )


def _from_title_alone(title: str, province: str | None, on: date | None) -> Issuer | None:
    """Return the unit that the title names, where nobody is named as issuer.

    Only below the province: a district's plan is often about an index of its province.
    """
    named = {p.text for p in units_in(title) if p.name and p.kind != "tỉnh"}
    unit = find_unit(named.pop(), province=province, on=on) if len(named) == 1 else None
    if unit is None or unit.level == "province":
        return None
    return Issuer("", unit.name, unit.level, unit, ("unit_from_title",))


def _issuer_text(reference: str) -> str:
    """Return what stands after "của" in a reference."""
    text = clean(reference)
    found = list(_OF.finditer(plain(text)))
    return text[found[0].end() :].strip(" ().;,") if found else ""


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(set(names)) == 1 else None


def _day(on: IssuedOn) -> date | None:
    """Return the day of issue for looking units up; None where the blank could matter.

    In the year in which districts ended a date without its month tells nothing.
    """
    if on.year is None or (on.month is None and on.year == LAST_DAY_OF_DISTRICTS.year):
        return None
    return date(on.year, on.month or 7, on.day or 1)
