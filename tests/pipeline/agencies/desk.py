"""An office's desk: its files in a folder of the test's own, and what is done with them."""

from pathlib import Path

from pipeline.agencies import Office, OfficeFiles, match_cell
from pipeline.agencies.registry import decide as store
from pipeline.agencies.registry.decisions import history
from pipeline.agencies.registry.overlay import add_agency
from pipeline.settings import Settings


class Desk:
    """Each question is answered from the files as they are then, as by command after command."""

    def __init__(self, folder: Path) -> None:
        self.files = OfficeFiles(folder / "agencies.csv", folder / "decisions.sqlite3")
        self._office = Office.load(self.files, Settings())

    @property
    def office(self) -> Office:
        self._office = self._office.current()
        return self._office

    def registry(self, unit=None, province=None):
        return self.office.registry(unit, province)

    def match(self, cell, context):
        return match_cell(cell, context, self.registry(context.unit, context.province))

    def write(self, text, encoding="utf-8-sig"):
        self.files.agencies.write_bytes(text.encode(encoding))

    def add(self, *what):
        return add_agency(self.office, *what)

    def decide(self, *what):
        return store.decide(self.office, *what)

    def decide_new(self, *what):
        return store.decide_new(self.office, *what)

    def undo(self, *what):
        return store.undo_decision(self.files.decisions, *what)

    def export(self):
        return store.export_decisions(self.files.decisions)

    def import_(self, *what):
        return store.import_decisions(self.office, *what)

    @property
    def history(self):
        return history(self.files.decisions)
