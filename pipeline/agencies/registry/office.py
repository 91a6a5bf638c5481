"""One office: its own list of agencies, what its people decided, and how sure a match must be."""

import hashlib
import os
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from pipeline.agencies.registry.decisions import AgencyDecision, Verdicts, history, verdicts
from pipeline.agencies.registry.entries import Entry, UnitKey, is_of_unit, read_rows
from pipeline.agencies.registry.errors import RegistryError
from pipeline.agencies.registry.registry import (
    Registry,
    Thresholds,
    check_decided,
    check_successors,
    laid_over,
    shipped_entries,
    version_of,
)
from pipeline.language.text import fold
from pipeline.settings import Settings

_ANYWHERE: UnitKey = ("", "")


class OfficeFiles(Struct, frozen=True):
    """Where an office keeps its own list of agencies and its decisions; neither need exist."""

    agencies: Path
    decisions: Path


class Office(Struct, frozen=True, dict=True):
    """What interpreting takes from one office. The files are read once, by `load`.

    It can be handed to another process, and one process can hold several.
    """

    files: OfficeFiles
    overlay: bytes
    decided: tuple[AgencyDecision, ...]
    thresholds: Thresholds

    @classmethod
    def load(cls, files: OfficeFiles, settings: Settings) -> "Office":
        """Return the office of these files; raises RegistryError where one cannot be used."""
        overlay = _content(files.agencies)
        thresholds = Thresholds(settings.agency_accept, settings.agency_review)
        office = cls(files, overlay, history(files.decisions), thresholds)
        source = str(files.agencies) if overlay else "agencies.csv"
        check_successors(office.every, source)
        check_decided(office.verdicts, office.every, str(files.decisions))
        return office

    def current(self) -> "Office":
        """Return this office, or a new one where its files have changed; raises as `load`."""
        settings = Settings(
            agency_accept=self.thresholds.accept, agency_review=self.thresholds.review
        )
        office = Office.load(self.files, settings)
        return self if office == self else office

    def registry(self, unit: str | None = None, province: str | None = None) -> Registry:
        """Return the registry for the plans of a unit ("huyện Chi Lăng"), made once.

        Rows of the office's list that name a unit hold only for that `unit`, and `province`
        ("Lạng Sơn") where they name one too ("xã Tân Lập, Thái Nguyên").
        """
        place: UnitKey = (fold(unit or ""), fold(province or ""))
        if not any(is_of_unit(said, place) for said in self._units):
            place = _ANYWHERE
        if place not in self._registries:
            entries = laid_over(self.overlay, str(self.files.agencies), self.verdicts, place)
            self._registries[place] = Registry(
                entries, self.version, self.verdicts, self.every, self.thresholds
            )
        return self._registries[place]

    @cached_property
    def every(self) -> dict[str, Entry]:
        """All agencies by id, those that the office keeps to some unit's plans included."""
        return laid_over(self.overlay, str(self.files.agencies), self.verdicts, None)

    @cached_property
    def own(self) -> tuple[Entry, ...]:
        """The bodies that only the office's own list has."""
        shipped = shipped_entries()
        bodies = (e for e in self.every.values() if e.kind in ("agency", "front", "unit"))
        return tuple(entry for entry in bodies if entry.id not in shipped)

    @cached_property
    def verdicts(self) -> Verdicts:
        """What was decided and holds."""
        return verdicts(self.decided)

    @cached_property
    def version(self) -> str:
        """The version of the registry, see `Registry`."""
        return version_of(self.overlay, self.verdicts)

    @cached_property
    def digest(self) -> str:
        """All that interpreting depends on here, as 12 hex digits."""
        return hashlib.sha256(repr((self.version, *self.thresholds)).encode()).hexdigest()[:12]

    @cached_property
    def _units(self) -> frozenset[str]:
        rows = read_rows(self.overlay, str(self.files.agencies)) if self.overlay else []
        return frozenset(row["unit"] for row in rows if row["unit"])

    @cached_property
    def _registries(self) -> dict[UnitKey, Registry]:
        return {}


def _content(agencies: Path) -> bytes:
    try:
        return agencies.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise RegistryError("file_unusable", path=agencies, reason=error) from error


@lru_cache(maxsize=1)
def shipped_office() -> Office:
    """Return one without files of its own: the registry as shipped, the usual thresholds."""
    nowhere = Path(os.devnull)
    files = OfficeFiles(nowhere / "agencies.csv", nowhere / "decisions.sqlite3")
    return Office.load(files, Settings())
