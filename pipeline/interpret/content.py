"""The text of a task cell into title, lead-in and tasks: where paragraphs and bullets begin."""

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.language.list_signs import bullet_end, is_stopped, without_bullet
from pipeline.language.markers import classify
from pipeline.language.unwrap import unwrap
from schemas.page import TextLine
from schemas.table import Piece

_NUMBERED = re.compile(r"^\(?(\d{1,2}|[a-zđ])\s?[.)](?!\d)\s*(?=\S)")
# Room at the end of a line, in points: less than this and "- " may have been wrapped.
_ROOM_FOR_DASH = 9.0
_LONGEST_TITLE = 12  # words before the first ":" of a cell that holds title and tasks


class Paragraph(Struct, frozen=True):
    """A paragraph of a cell: its text without the bullet, and whether it had one."""

    text: str
    bullet: bool
    lines: tuple[TextLine, ...]


class Content(Struct, frozen=True):
    """What a task cell says."""

    title: str
    lead_in: str | None
    tasks: tuple[str, ...]


def paragraphs(
    pieces: Sequence[Piece], limit: dict[int, float], *, numbered: bool
) -> list[Paragraph]:
    """Return the paragraphs of a cell over all of its pieces.

    `numbered` says that the row has its number elsewhere: else one that stands alone in the cell
    is the row's, and no bullet.

    `limit` tells by page how far right the lines of this column reach, in points: a line that
    ends well before it, though the next word would have had room, ends a paragraph.
    """
    lines = [line for piece in pieces for line in piece.lines]
    groups: list[list[TextLine]] = []
    for i, line in enumerate(lines):
        if (
            i == 0
            or _counts_on(groups, line)
            or _begins(lines[i - 1], line, limit, [group[0].text for group in groups])
        ):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_paragraph(group, numbered or _in_list(groups, i)) for i, group in enumerate(groups)]


def _in_list(groups: Sequence[Sequence[TextLine]], i: int) -> bool:
    """Whether a paragraph's number is one of a list."""
    return any(
        _counts_on(groups[: k + 1], groups[k + 1][0])
        for k in (i - 1, i)
        if 0 <= k < len(groups) - 1
    )


def _counts_on(groups: Sequence[Sequence[TextLine]], line: TextLine) -> bool:
    """Whether a line carries the number after that of the paragraph before: (1) … (2), a) … b)."""
    before, after = _NUMBERED.match(groups[-1][0].text), _NUMBERED.match(line.text)
    if not before or not after:
        return False
    first, second = classify(before[1]), classify(after[1])
    return first is not None and second is not None and second.follows(first)


def _begins(
    before: TextLine,
    line: TextLine,
    limit: dict[int, float],
    heads: Sequence[str],
) -> bool:
    """Whether `line` begins a paragraph after the line `before`; `heads` begin those so far."""
    points = [without_bullet(head) for head in heads if bullet_end(head)]
    among_bullets = bool(points)
    # Where the first of them begins in lower case, so do the others.
    lower_case = among_bullets and points[0][0].islower()
    same_page = before.page == line.page
    room = limit.get(before.page, before.box.x1) - before.box.x1 if same_page else 0.0
    bullet = bullet_end(line.text) > 0
    if line.hard:  # whoever typed it began a line here, if not always a sentence
        numbered = _NUMBERED.match(line.text) is not None
        return bullet or numbered or is_stopped(before.text) or not line.text[0].islower()
    if bullet:
        rest = without_bullet(line.text)
        if is_stopped(before.text, comma=True):
            return True
        if not rest[0].isupper() and not lower_case:
            return room > 3 * _ROOM_FOR_DASH and same_page and among_bullets
        return room > _ROOM_FOR_DASH or among_bullets or not same_page
    ended = is_stopped(before.text)
    if _NUMBERED.match(line.text):
        return ended
    first = line.text.split(" ", 1)[0]
    fits = room > _width_of(first, line) + 4.0
    return ended and fits and first[0].isupper()


def _width_of(word: str, line: TextLine) -> float:
    return line.box.width * len(word) / len(line.text)


def _paragraph(lines: Sequence[TextLine], numbered: bool) -> Paragraph:
    text = unwrap(lines)
    number = _NUMBERED.match(text) if numbered else None
    end = bullet_end(text) or (number.end() if number else 0)
    return Paragraph(text[end:], end > 0, tuple(lines))


def read_content(found: Sequence[Paragraph], *, with_title: bool) -> Content:
    """Return title, lead-in and tasks of a cell.

    `with_title` says that the table has no column for the title: then a short beginning that
    ends in ":" and is followed by a line or by bullets is the title.
    """
    title = ""
    rest = list(found)
    if with_title and rest:
        title, rest = _split_title(rest)
    first = next((i for i, p in enumerate(rest) if p.bullet), None)
    if first is None:
        return Content(title, None, tuple(p.text for p in rest))
    lead_in = " ".join(p.text for p in rest[:first]) or None
    return Content(title, lead_in, tuple(p.text for p in rest[first:]))


def _split_title(found: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    head = found[0]
    before, colon, after = head.text.partition(":")
    if head.bullet or not colon or len(before.split()) > _LONGEST_TITLE:
        return "", found
    if not after.strip():
        return (before.strip(), found[1:]) if len(found) > 1 else ("", found)
    # The colon must end its printed line, or it is but a clause of a sentence.
    ends_line = any(line.text.rstrip().endswith(":") for line in head.lines)
    if not ends_line:
        return "", found
    return before.strip(), [Paragraph(after.strip(), False, head.lines), *found[1:]]
