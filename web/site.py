"""One office's site: its folders, and what its pages share."""

import threading
from pathlib import Path

from flows.database import database_of_environment
from flows.offices import office_of_environment
from pipeline.agencies import Office
from pipeline.correct.log import standing_of
from pipeline.dataset.store.database import database, url_of
from pipeline.dataset.store.write import prepare
from pipeline.settings import Settings
from web.library import Library
from web.pictures import Pictures
from web.presence import Presence
from web.queue import Queue
from web.reader import Reader
from web.saving import Writer
from web.security import Access
from web.understanding import NotKeptError, Understanding


class Site:
    """What every page works with; made once, when the server starts."""

    def __init__(self, out: Path, inbox: Path, access: Access, *, two_people: bool = False) -> None:
        self.out, self.inbox, self.access = out, inbox, access
        self.two_people = two_people  # whether a document is to be approved by a second person
        self.settings = Settings.of_environment()
        self.library = Library(out)
        self.named_database = database_of_environment()
        self.database = url_of(out, self.named_database)
        self.writer = Writer(out, self.library, self.named_database)
        self.understanding = Understanding(out, self.settings)
        self.pictures = Pictures(out, inbox, self.settings)
        self.queue = Queue(out)
        self.presence = Presence()
        self._office = office_of_environment(self.settings)
        self.reader = Reader(out, inbox, self.queue, self.writer, self.settings, self.office)

    def office(self) -> Office:
        """Return the office as its files are now; raises RegistryError where one is unusable."""
        self._office = self._office.current()
        return self._office

    def understand_all(self) -> None:
        """Have every plan made anew, as the office and its corrections are now, in its turn."""
        self.writer.call(self._understand_all)

    def _understand_all(self) -> None:
        office = self.office()
        for held in self.library.documents():
            plan = self.library.plan(held)
            try:
                entries = standing_of(self.out, held.row.sha256)
                anew = self.understanding.outcome(plan, office, entries)
            except NotKeptError:
                continue  # the next batch reads it
            if anew.plan != plan:
                self.writer.write(held.name, anew)

    def prepare(self) -> None:
        """Make the tables of the store that are not there; raises DatabaseError."""
        with database(self.database) as engine:
            prepare(engine)
        self.queue.prepare()

    def start(self) -> None:
        """Begin the work behind the pages; what changed while they were closed is published."""
        self.writer.start()
        self.writer.call(lambda: None)
        # Thousands of plans take a while to look through the first time; nobody should wait for it.
        threading.Thread(target=self.library.documents, name="library", daemon=True).start()
        self.reader.start()

    def stop(self) -> None:
        """End it; what was saved is written first."""
        self.reader.stop()
        self.writer.stop()
