"""One office's site: its folders, and what its pages share."""

import threading
from collections.abc import Iterator, Set
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from flows.database import database_of_environment
from flows.offices import office_of_environment
from pipeline.agencies import Office
from pipeline.correct.log import standing_of
from pipeline.dataset.store.database import database, reading, url_of
from pipeline.dataset.store.lists import Held
from pipeline.dataset.store.search import contents_with
from pipeline.dataset.store.write import prepare
from pipeline.settings import Settings
from web.access.security import Access
from web.background.machine import Machine
from web.background.publishing import Publisher
from web.background.queue import Queue
from web.background.reader import ReadingThread
from web.background.saving import Writer
from web.state.library import Library
from web.state.originals import Originals
from web.state.pictures import Pictures
from web.state.presence import Presence
from web.state.remembered import Remembered
from web.state.understanding import NotKeptError, Understanding

_CACHE = 1  # megabytes of the database that each connection keeps; the system keeps the rest


class Site:
    """What every page works with; made once, when the server starts."""

    def __init__(self, out: Path, inbox: Path, access: Access, *, two_people: bool = False) -> None:
        self.out, self.inbox, self.access = out, inbox, access
        self.two_people = two_people  # whether a document is to be approved by a second person
        self.settings = Settings.of_environment()
        self.url = url_of(out, database_of_environment())
        self._opened = ExitStack()
        self.store: sa.Engine = self._opened.enter_context(database(self.url, cache=_CACHE))
        self.remembered = Remembered()
        self.library = Library(out, self.store)
        self.publisher = Publisher(out)
        self.writer = Writer(out, self.store, self.library, self.publisher)
        self.understanding = Understanding(out, self.settings)
        self.originals = Originals(out, inbox, self.library.source_of)
        self.pictures = Pictures(out, self.originals, self.settings)
        self.machine = Machine(out)
        self.queue = Queue(out)
        self.presence = Presence()
        self._office = office_of_environment(self.settings)
        self._making = threading.Lock()
        self.reader = ReadingThread(
            out, inbox, self.queue, self.writer, self.store, self.settings, self.office
        )

    def office(self) -> Office:
        """Return the office as its files are now; raises RegistryError where one is unusable."""
        self._office = self._office.current()
        return self._office

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection that sees one state of the database."""
        with reading(self.store) as connection:
            yield connection

    def make_anew(self, held: Held) -> None:
        """Make the plan of a document as the office and its corrections are now, and show it.

        Raises NotKeptError where it must be read first.
        """
        with self._making:  # else what was made of fewer corrections might be written last
            plan = self.library.plan(held)
            entries = standing_of(self.out, held.row.sha256)
            anew = self.understanding.outcome(plan, self.office(), entries)
            if anew.plan != plan:
                self.writer.write(held.name, anew)
            else:
                self.writer.note_said()

    def make_all_anew(self, contents: Set[str]) -> None:
        """Do so with the documents of these contents (SHA-256), behind the pages."""
        threading.Thread(target=self._make_all_anew, args=(contents,), daemon=True).start()

    def make_anew_where(self, text: str) -> None:
        """Do so with all documents that hold a text."""
        with self.reading() as connection:
            self.make_all_anew(contents_with(connection, text))

    def _make_all_anew(self, contents: Set[str]) -> None:
        for content in sorted(contents):
            held = self.library.of_content(content)
            if held is None:
                continue
            try:
                self.make_anew(held)
            except (NotKeptError, OSError, ValueError):
                continue  # the next batch reads it

    def prepare(self) -> None:
        """Make the tables of the store that are not there; raises DatabaseError."""
        prepare(self.store)
        self.queue.prepare()

    def start(self) -> None:
        """Begin the work behind the pages; what changed while they were closed is published."""
        self.writer.start()
        self.publisher.start()
        self.reader.start()

    def stop(self) -> None:
        """End it; what was saved is written first."""
        self.reader.stop()
        self.writer.stop()
        self.publisher.stop()
        self._opened.close()
