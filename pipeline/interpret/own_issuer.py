"""An agency of the office's own list as issuer: title blocks know the shipped ones alone."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.agencies.registry.entries import Entry
from pipeline.language.text import bare, clean
from pipeline.titles import DocumentHead
from schemas.page import TextLine

_LETTERHEAD = 12  # lines; the name of the issuer stands among the first
_MOST_LINES = 3  # that a name is printed on


def with_own_issuer(
    head: DocumentHead, lines: Sequence[TextLine], own: Sequence[Entry]
) -> DocumentHead:
    """Return the head with that agency as issuer whose name stands by itself in the letterhead.

    The unit stays that of the head. As it is where no name of `own` stands there.
    """
    names = {bare(name): entry for entry in own for name in (entry.name, *entry.aliases)}
    found = next((names[text] for text in _texts(lines) if text in names), None)
    if found is None:
        return head
    flags = tuple(flag for flag in head.flags if flag != "no_issuer")
    return replace(head, issuer=found.name, level=found.level or head.level, flags=flags)


def _texts(lines: Sequence[TextLine]) -> Iterator[str]:
    """Yield each line of the letterhead, and lines in a row as one, without marks."""
    printed = [bare(clean(line.text)).strip(" .,:;-") for line in lines[:_LETTERHEAD]]
    for count in range(_MOST_LINES, 0, -1):
        for first in range(len(printed) - count + 1):
            yield " ".join(printed[first : first + count])
