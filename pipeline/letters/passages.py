"""What is read in one go: the lines of a cell over all of its pages, or of a paragraph."""

from collections.abc import Iterator, Sequence

from schemas.page import TextLine
from schemas.reading import Stitched

_NEAR = 1.0  # line heights of white between lines of one paragraph
_ABOVE = 0.5  # of the narrower line's width


def passages_of(stitched: Stitched) -> Iterator[tuple[TextLine, ...]]:
    """Yield every line of a document once, each with those that it goes on from."""
    seen: set[tuple[int, tuple[float, ...]]] = set()
    for table in stitched.tables:
        for row in (*table.header, *table.rows):
            for cell in row.cells:
                lines = tuple(line for line in cell.lines if (line.page, line.box) not in seen)
                seen.update((line.page, line.box) for line in lines)
                if lines:
                    yield lines
    for outside in stitched.outside.values():
        yield from map(tuple, _paragraphs(outside))


def _paragraphs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines beneath each other; letterheads that stand abreast are apart."""
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        above = (p for p in reversed(paragraphs) if _goes_on(p[-1], line))
        paragraph = next(above, None)
        if paragraph is None:
            paragraphs.append([line])
        else:
            paragraph.append(line)
    return paragraphs


def _goes_on(above: TextLine, line: TextLine) -> bool:
    shared = min(above.box.x1, line.box.x1) - max(above.box.x0, line.box.x0)
    narrower = min(above.box.width, line.box.width)
    white = line.box.top - above.box.bottom
    height = max(above.box.height, line.box.height)
    return shared >= _ABOVE * narrower and -height / 2 < white < _NEAR * height
