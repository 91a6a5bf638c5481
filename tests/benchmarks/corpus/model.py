"""What a document of the corpus says, before it is laid out: the truth that becomes gold."""

from msgspec import Struct, field


class Place(Struct, frozen=True):
    """The unit whose plan it is. `level` is "district" or "commune"; `parts` are places in it."""

    province: str
    unit: str
    level: str
    parts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The level word: huyện, thị xã, xã, phường."""
        return next(w for w in ("huyện", "thị xã", "xã", "phường") if self.unit.startswith(w + " "))

    @property
    def proper_name(self) -> str:
        """The name without its level word."""
        return self.unit.removeprefix(self.kind).strip()


class Agencies(Struct, frozen=True):
    """A cell of agencies: as printed (line breaks included), and the canonical names in order."""

    text: str
    names: tuple[str, ...]


class When(Struct, frozen=True):
    """A cell of time: as printed, and what the published contract makes of it (ISO dates)."""

    text: str
    kind: str
    start: str | None = None
    end: str | None = None
    recurrence: str | None = None


class Task(Struct, frozen=True):
    """One bullet without its dash, end punctuation included. Level 1 stands beneath the last 0."""

    text: str
    level: int = 0


class Section(Struct, frozen=True):
    """A heading row; `parent` is an index into the same list of sections."""

    marker: str
    title: str
    parent: int | None = None


class Item(Struct, frozen=True):
    """One row of the table. `share` names cells that are merged with the row above."""

    section: int | None
    marker: str
    title: str
    lead_in: str | None
    tasks: tuple[Task, ...]
    lead: Agencies
    partner: Agencies
    time: When
    deliverable: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    share: frozenset[str] = frozenset()


class Appendix(Struct, frozen=True):
    """One appendix: its heading and rows; `layout` names the layout of its table.

    Of a table without tasks `texts` are the rows, a text a column.
    """

    marker: str
    title: str
    layout: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    texts: tuple[tuple[str, ...], ...] = ()


class Plan(Struct, frozen=True):
    """A whole document. `number` and `day` are "" where the office left a blank to fill by hand."""

    place: Place
    year: int
    issued_year: int
    month: int
    day: int | str
    number: str
    subject: str
    appendices: tuple[Appendix, ...]
    body: tuple[str, ...]
