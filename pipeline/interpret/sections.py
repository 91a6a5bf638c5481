"""Heading rows into sections, each beneath the one that it divides."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.language.markers import Marker


class _Open(Struct, frozen=True):
    id: str
    level: tuple[str, int]


class SectionStack:
    """The sections that are open at a row, from the outermost in.

    Headings of a kind that is open already (I after I, 1 after 1, 1.1 after 1.1) close it; a kind
    that is new opens beneath the last one.
    """

    def __init__(self) -> None:
        self._open: list[_Open] = []

    @property
    def current(self) -> str | None:
        """The id of the innermost open section."""
        return self._open[-1].id if self._open else None

    def enter(self, section_id: str, marker: Marker | None) -> str | None:
        """Open a section and return the id of its parent, None for an outermost one."""
        level = _level(marker)
        levels: Sequence[tuple[str, int]] = [section.level for section in self._open]
        if level in levels:
            del self._open[levels.index(level) :]
        parent = self.current
        self._open.append(_Open(section_id, level))
        return parent


def _level(marker: Marker | None) -> tuple[str, int]:
    return (marker.kind, len(marker.value)) if marker else ("none", 0)
