"""How cells come out: counted by kind of cell, and how fast."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from pipeline.agencies import match_cell, match_roles, shipped_office
from pipeline.agencies.match.lexicon import lexicon_of
from schemas.plan import Agency
from tests.benchmarks.agencies.cells import Case


class Tally(Struct):
    """Counts over cells. References are compared by the agency, unknown ones by their text."""

    cells: int = 0
    right: int = 0
    missed: int = 0
    wrong: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    accepted_wrong: int = 0
    units: int = 0
    units_right: int = 0
    accepted_cells: set[str] = field(default_factory=set)

    @property
    def f1(self) -> float:
        """F1 of agencies by name, whatever their status."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.wrong)

    @property
    def precision(self) -> float:
        """Share of the accepted ones that are right."""
        accepted = self.statuses["accepted"]
        return 1 - self.accepted_wrong / accepted if accepted else 1.0

    def share(self, status: str) -> float:
        """Share of the references that have the status."""
        return self.statuses[status] / max(1, self.statuses.total())


class Miss(Struct, frozen=True):
    """A cell that did not come out as it should, for people to read."""

    case: Case
    found: tuple[Agency, ...]
    accepted_wrong: bool


def judge(cases: Iterable[Case], misses: list[Miss]) -> dict[str, Tally]:
    """Match the cells and return the counts by kind; what went wrong is added to `misses`."""
    tallies: dict[str, Tally] = {}
    for case in cases:
        tally = tallies.setdefault(case.kind, Tally())
        tally.cells += 1
        for truth, found in _sides(case):
            _count(tally, case, truth, found, misses)
    return tallies


def _sides(case: Case) -> Iterator[tuple[tuple[str, ...], tuple[Agency, ...]]]:
    if case.partners is None:
        yield case.truth, match_cell(case.text, case.context, shipped_office().registry())
        return
    found = match_roles(case.text, case.context, shipped_office().registry())
    yield case.truth, found.lead
    yield case.partners, found.partners


def _count(
    tally: Tally, case: Case, truth: Sequence[str], found: tuple[Agency, ...], misses: list[Miss]
) -> None:
    wanted = {_wanted(key) for key in truth}
    had = {_plain(agency.name or agency.raw) for agency in found}
    tally.right += len(wanted & had)
    tally.missed += len(wanted - had)
    tally.wrong += len(had - wanted)
    accepted = [agency for agency in found if agency.status == "accepted"]
    false = [agency for agency in accepted if agency.agency_id not in truth]
    tally.statuses.update(agency.status for agency in found)
    tally.accepted_wrong += len(false)
    if case.units is not None:
        tally.units += len(case.units)
        said = {agency.unit for agency in accepted}
        tally.units_right += sum(unit in said for unit in case.units)
    if false or wanted != had:
        misses.append(Miss(case, found, bool(false)))


def _wanted(key: str) -> str:
    return _plain(key[1:] if key.startswith("!") else shipped_office().registry().entries[key].name)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace(",", " ").split())


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of the counts."""
    total = Tally()
    for tally in tallies:
        for name in ("cells", "right", "missed", "wrong", "accepted_wrong", "units", "units_right"):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.statuses.update(tally.statuses)
    return total


def seconds(cases: Sequence[Case], count: int) -> float:
    """Return the seconds that matching takes on one core, the cells repeated up to `count`."""
    registry = shipped_office().registry()
    lexicon_of(registry)
    start = time.process_time()
    for number in range(count):
        case = cases[number % len(cases)]
        match_cell(case.text, case.context, registry)
    return time.process_time() - start
