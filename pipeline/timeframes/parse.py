"""A cell's words into a timeframe, by the rows of knowledge/timeframes.yaml."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from pipeline.language.text import clean, fold, toneless, without_specks
from pipeline.timeframes.breaks import join_lines, mark_phrases, part_bullets
from pipeline.timeframes.forms import is_time_of_day, plain_form
from pipeline.timeframes.meaning import Meaning, TimeframeSketch, bounds, give, is_meant
from pipeline.timeframes.misread import with_whole_years, without_dirt
from pipeline.timeframes.rules import (
    DAY,
    MARKS,
    SPAN,
    PhraseRow,
    Rules,
    blanks,
    repairs,
    rules,
)
from pipeline.timeframes.spans import NoSuchTimeError, Span, make_span
from schemas.plan import Timeframe

_PARTING = f',;.(-:)+/"{DAY}{SPAN}'  # after one of these anything may follow a phrase
_NUMERALS = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"})
# Between a word and a number; strokes that may be a Roman numeral's are no word.
_LOST_SPACE = re.compile(
    r"(?<=[^\W\d_ivxlo][^\W\d_ivxlo])(?=\d)|(?:(?<=vào)|(?<=\blà))(?=\d)|(?<=\d)(?=(?:và|va|trở|tro|đến|den)(?!\w))"
)
# After a day or stretch: the other end of a range, or digits, that were not read.
_UNREAD_REST = re.compile(
    r"[-/.]\s?[\d|!]|[-/.,]\s?[ivxlhmoq]{1,4}(?!\w)|\s?(?:đến|den|tới|toi)(?!\w)"
    rf"|[-/.][\s./]*\w\s[{DAY}{SPAN}]"
)
_SENTENCE_WORDS = 8  # a sentence longer than that before the phrase is prose about something else
# However long the sentence, these words say that its end is a deadline.
_LATEST = re.compile(r"(?:cham|muon) nhat(?!\w)")
_STRETCH = re.compile(r"(?<!\w)(?:quy|thang)(?!\w)")  # "Trong quý HS"
_UNDATED = ("continuous", "recurring", "conditional")  # kinds whose words name no day
# Readings by number: as printed and mended, with marks left out, with words guessed.
_LIKELY, _DIRTY, _UNLIKELY = (0, 3), (3, 5), (5, 6)
_WITH_TONES = (0, 1, 3)
_MAX_LENGTH = 400  # characters; a longer cell holds prose, not a time

Attempt = Callable[["_Text", int | None], TimeframeSketch | None]


class _Text(Struct, frozen=True):
    """A reading of the cell: its text with marks for spans, and the rows to try on it."""

    text: str
    spans: tuple[Span | None, ...]
    rules: Rules
    repaired: bool


def _tidy(text: str) -> str:
    """Return folded text with plain spacing around punctuation."""
    text = re.sub("[÷~→]|->", "-", text).translate(_NUMERALS)
    text = re.sub(r"\s*[/⁄∕／]\s*", "/", fold(text))
    text = re.sub(r"\s+([,;:.)])", r"\1", text)
    text = re.sub(r"…|\.\.\.$", "", text)
    text = _LOST_SPACE.sub(" ", text)
    # What is left of rules and specks at the edge of the cell goes too.
    return re.sub(
        r"^(?:[\s_~'=.,;:]|\|(?!\w)|\|(?=[^\W\d_]{3}))+|(?:\s\||[\s_~'=.,;:-])+$", "", text
    )


def _mend(text: str, *, tones: bool) -> str:
    """Return the text with misread characters put right."""
    for pattern, replacement in repairs(tones=tones):
        text = pattern.sub(replacement, text)
    return text


def _mend_words(text: str, vocabulary: frozenset[str]) -> str:
    """Return toneless text in which words one letter away from a known one became that one."""

    def word(match: re.Match[str]) -> str:
        near = {v for v in vocabulary if Levenshtein.distance(v, match[0], score_cutoff=1) <= 1}
        return match[0] if match[0] in vocabulary or len(near) != 1 else near.pop()

    return re.sub(r"[^\W_]{5,}", word, text)


def _mark(text: str, rows: Rules) -> tuple[str, tuple[Span | None, ...]]:
    """Put a mark for every stretch of time; None stands for one that does not exist."""
    marked, spans, at = "", [], 0
    while at < len(text):
        starts = at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "/_")
        hits = [(r, m) for r in rows.spans if starts and (m := r.pattern.match(text, at))]
        if not hits:
            marked += text[at]
            at += 1
            continue
        row, match = max(hits, key=lambda hit: hit[1].end())
        try:
            span = make_span(row.unit, {k: v for k, v in match.groupdict().items() if v})
        except NoSuchTimeError:
            span = None
        spans.append(span)
        marked += DAY if row.unit == "day" else SPAN
        at = match.end()
    return marked, tuple(spans)


class _Readings:
    """The readings of a text, each made when it is first asked for: few cells need the second."""

    def __init__(self, text: str) -> None:
        self._made: list[_Text] = []
        self._further = _readings(text)

    def part(self, start: int = 0, stop: int = 6) -> Iterator[_Text]:
        """Yield those from `start` up to `stop`, counted from 0, as far as there are any."""
        for at in range(start, stop):
            self._made += islice(self._further, max(0, at + 1 - len(self._made)))
            yield from self._made[at : at + 1]


def _spelt(text: str) -> Iterator[str]:
    """Yield the text as printed, with characters mended, without tones; then without dirt."""
    yield (printed := _tidy(text))
    yield (mended := _mend(printed, tones=True))
    yield (plain := _mend(toneless(mended), tones=False))
    yield (clean := _mend(without_dirt(mended), tones=True))
    yield _mend(toneless(clean), tones=False)
    yield _mend_words(plain, rules(tones=False).vocabulary)


def _readings(text: str) -> Iterator[_Text]:
    seen: set[tuple[str, bool]] = set()
    for number, reading in enumerate(_spelt(text)):
        tones = number in _WITH_TONES
        if (reading, tones) in seen:
            continue
        seen.add((reading, tones))
        rows = rules(tones=tones)
        yield _Text(*_mark(reading, rows), rows, repaired=number > 0)


def _without_fillers(text: _Text) -> int:
    """Return where the text begins after words that say nothing about time."""
    at = 0
    while (match := text.rules.fillers.match(text.text, at)) and match.end() > at:
        at = match.end()
    return at


def _match(text: _Text, row: PhraseRow, at: int) -> re.Match[str] | None:
    match = row.pattern.fullmatch(text.text, at) or row.pattern.match(text.text, at)
    return match if match and is_meant(row, _spans_in(text, *match.span())) else None


def _sketch(
    text: _Text, row: PhraseRow, match: re.Match[str], year: int | None
) -> tuple[TimeframeSketch, int]:
    """Return what the matched phrase gives, with the dates of its bounds, and where it ends."""
    end = match.end()
    meaning = Meaning(row, _spans_in(text, match.start(), end))
    if row.gives in ("continuous", "recurring") and not meaning.spans:
        for bound in text.rules.bounds:
            limit = bound.pattern.match(text.text, end)
            if limit and bounds(row, bound, _spans_in(text, *limit.span())):
                meaning = Meaning(row, _spans_in(text, *limit.span()), bound.gives)
                end = limit.end()
                break
    return give(meaning, year), end


def _spans_in(text: _Text, start: int, end: int) -> tuple[Span | None, ...]:
    first = len(MARKS.findall(text.text[:start]))
    return text.spans[first : first + len(MARKS.findall(text.text[start:end]))]


def _whole(text: _Text, year: int | None) -> TimeframeSketch | None:
    """Try the rows that cover all of the text."""
    at = _without_fillers(text)
    for row in text.rules.phrases:
        if match := _match(text, row, at):
            sketch, end = _sketch(text, row, match, year)
            if not text.text[end:].strip(" .,;:"):
                return sketch.flagged("timeframe_compound", _second_phrase(row, match))
    return None


def _second_phrase(row: PhraseRow, match: re.Match[str]) -> bool:
    """Whether a condition that swallows the rest of its sentence also names a time to finish."""
    words = toneless(match[0])
    return row.gives == "conditional" and bool(
        re.search(f"[,(].*(?:truoc|den|xong|hoan thanh|cham nhat)[^,]{{0,12}}[{DAY}{SPAN}]", words)
    )


def _begins(text: _Text, year: int | None) -> TimeframeSketch | None:
    """Try the rows that begin the text, where what follows does not make it something else."""
    at = _without_fillers(text)
    for row in text.rules.phrases:
        if match := _match(text, row, at):
            sketch, end = _sketch(text, row, match, year)
            if _may_follow(text, end, sketch):
                return sketch.flagged(_tail_flag(text, end), True)
    return None


def _may_follow(text: _Text, end: int, sketch: TimeframeSketch) -> bool:
    tail = text.text[end:].lstrip()
    if sketch.kind not in _UNDATED and text.rules.not_a_time.search(text.text):
        return False
    if MARKS.match(text.text, end - 1) and _UNREAD_REST.match(text.text, end):
        return False
    if tail[:1] == "/" and sketch.kind not in ("continuous", "recurring"):
        return False
    return not tail or tail[0] in _PARTING or bool(text.rules.followers.match(tail))


def _tail_flag(text: _Text, end: int) -> str:
    """Return the flag for words after the phrase: another phrase, or a remark."""
    tail = text.text[end:]
    starts = (m.start() for m in re.finditer(r"(?<!\w)[\w\ue001\ue002]", tail))
    phrases = [r for r in text.rules.phrases if r.gives != "unknown"]
    second = any(r.pattern.match(tail, at) for at in starts for r in phrases)
    return "timeframe_compound" if second else "timeframe_tail"


def _in_prose(text: _Text, year: int | None) -> TimeframeSketch | None:
    """Try the end of a short sentence: "Phê duyệt kế hoạch trước 30/6/2024"."""
    if text.rules.not_a_time.search(text.text):
        return None
    starts = [m.start() for m in re.finditer(r"(?<!\w)[\w\ue001\ue002]", text.text)]
    for number, at in enumerate(starts[1:], 1):
        if number > _SENTENCE_WORDS and not _LATEST.match(toneless(text.text), at):
            continue
        if re.search(r"[\d\ue001\ue002]", text.text[:at]):
            return None
        for row in text.rules.phrases:
            if row.in_prose and (match := _match(text, row, at)):
                sketch, end = _sketch(text, row, match, year)
                if not text.text[end:].strip(" .,;:)"):
                    return sketch.flagged("timeframe_prose", True)
    return None


def _parse(raw: str, year: int | None) -> TimeframeSketch:
    joined = join_lines(raw)
    if not any(c.isalnum() for c in joined) and '"' not in fold(joined):
        return TimeframeSketch("unknown")
    if len(joined) > _MAX_LENGTH:
        return TimeframeSketch("unknown", flags=("timeframe_unread",))
    if blank := blanks().search(joined.lower()):
        return _beside_blank(joined, blank.start(), year).flagged("timeframe_blank", True)
    return _written(raw, year)


def _beside_blank(joined: str, at: int, year: int | None) -> TimeframeSketch:
    """Return what a cell with a blank in it says all the same: no time is read from the blank.

    "Thường xuyên; báo cáo trước ngày …/…" is continuous, "Theo Kế hoạch số …/KH-UBND" conditional.
    """
    for ends in (";", ";,("):
        cut = max(joined.rfind(end, 0, at) for end in ends)
        first = _written(joined[:cut], year) if cut > 0 else TimeframeSketch("unknown")
        if first.kind in _UNDATED or (ends == ";" and first.kind != "unknown"):
            return first.flagged("timeframe_compound", True)
    whole = _written(blanks().sub("_", joined.lower()), year)
    return TimeframeSketch("conditional" if whole.kind == "conditional" else "unknown")


def _written(raw: str, year: int | None) -> TimeframeSketch:
    """Read a cell without blanks."""
    joined = join_lines(raw)
    phrases = part_bullets(raw)
    plain = _Readings(join_lines(phrases))
    marked = _Readings(mark_phrases(phrases))
    for readings, part, attempts in (
        (plain, _LIKELY, (_whole,)),
        (marked, _LIKELY, (_begins, _in_prose)),
        (plain, _DIRTY, (_whole,)),
        (plain, _UNLIKELY, (_whole,)),
        (marked, _UNLIKELY, (_begins, _in_prose)),
    ):
        for attempt in attempts:
            if found := _first(readings.part(*part), attempt, year):
                return found
    named = any(r.spans for r in plain.part()) or _STRETCH.search(toneless(fold(joined)))
    unread = named or any(c.isdigit() for c in joined)
    return TimeframeSketch("unknown", flags=("timeframe_unread",) if unread else ())


def _first(readings: Iterable[_Text], attempt: Attempt, year: int | None) -> TimeframeSketch | None:
    """Return what the first reading gives that gives a time that exists; else what any gives."""
    impossible = None
    for text in readings:
        sketch = attempt(text, year)
        if sketch is None:
            continue
        sketch = sketch.flagged("timeframe_repaired", text.repaired)
        if "timeframe_impossible" not in sketch.flags:
            return sketch
        impossible = impossible or sketch
    return impossible


@lru_cache(maxsize=8192)
def parse_timeframe(raw: str, plan_year: int | None) -> Timeframe:
    """Return when the cell's words say a thing is to be done; no text raises.

    `raw` is the cell's printed lines joined by line breaks; `plan_year` is taken where the phrase
    names no year, and without either the dates stay null. The kinds are those of the published
    contract. Flags tell what a reader should know:

    - timeframe_compound: a second phrase stands in the cell; the first decided
    - timeframe_repaired: characters were read as others (OCR slips, missing tones)
    - timeframe_impossible: a time that does not exist (31/02, Quý V); no dates are made up
    - timeframe_vague: only a part of the stretch is meant ("cuối năm"); the whole of it is given
    - timeframe_year_missing: neither phrase nor plan names a year
    - timeframe_tail, timeframe_prose: words stand after or before the phrase
    - timeframe_unread: holds numbers, or a quarter or a month, but no time that could be read
    - timeframe_blank, timeframe_ditto, timeframe_done: left blank; "as above"; done already
    - timeframe_time_of_day: a time of day and no date, as agendas have it
    - timeframe_daily, timeframe_other_rate: recurs in a way that `recurrence` has no word for
    """
    printed = without_specks(raw)
    text = with_whole_years(printed, plan_year)
    if is_time_of_day(text):
        sketch = TimeframeSketch("period", flags=("timeframe_time_of_day",))
    else:
        sketch = _parse(plain_form(text, plan_year), plan_year)
        sketch = sketch.flagged("timeframe_repaired", text != printed)
    return Timeframe(
        raw=clean(join_lines(raw)),
        kind=sketch.kind,
        start=sketch.start.isoformat() if sketch.start else None,
        end=sketch.end.isoformat() if sketch.end else None,
        recurrence=sketch.recurrence,
        flags=tuple(sorted(set(sketch.flags))),
    )
