"""A plan made anew from a kept reading, with what people said of it or without."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from pipeline import readings
from pipeline.agencies import Office
from pipeline.dataset.review import doubts_of
from pipeline.extract import stitch_reading
from pipeline.interpret import interpret, printed_texts
from pipeline.settings import Settings
from schemas.correction import Correction
from schemas.dataset import ReviewRow
from schemas.outcome import Outcome
from schemas.plan import Plan
from schemas.reading import Reading, Source

_KEPT = 2  # readings in memory; that of a long scan takes some megabytes
_DOUBTS_KEPT = (
    256  # documents whose doubts as read are in memory; to make them takes 0.1 s and more
)


class NotKeptError(Exception):
    """The document must be read anew before it can be understood anew."""


class Understanding:
    """Makes plans of what `readings/` holds; nothing is read."""

    def __init__(self, out: Path, settings: Settings) -> None:
        self._out, self._settings = out, settings
        self._lock = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._making = threading.Lock()
        self._as_read: OrderedDict[tuple[str, str], list[ReviewRow]] = OrderedDict()

    def outcome(self, of: Plan, office: Office, corrections: Sequence[Correction]) -> Outcome:
        """Return what the same content gives with these corrections; raises NotKeptError."""
        reading = self._reading(of.document.sha256)
        source = _source(of)
        stitched = stitch_reading(source, reading, self._settings, office, corrections)
        return Outcome(
            source_file=source.name,
            sha256=source.sha256,
            plan=interpret(stitched, self._settings, office),
            tables=printed_texts(stitched.tables),
        )

    def doubts_as_read(self, of: Plan, office: Office) -> list[ReviewRow] | None:
        """Return the doubts about a plan as it is without what people said.

        None where the reading does not hold any more, as after an upgrade of the program.
        """
        if of.produced_by.corrections is None:
            return list(doubts_of(of))
        key = (of.document.sha256, office.digest)
        with self._making:  # several people open a document at once
            if key not in self._as_read:
                try:
                    plain = self.outcome(of, office, ()).plan
                except NotKeptError:
                    plain = None
                if plain is None:
                    return None
                self._as_read[key] = list(doubts_of(plain))
                while len(self._as_read) > _DOUBTS_KEPT:
                    self._as_read.popitem(last=False)
            return self._as_read[key]

    def _reading(self, sha256: str) -> Reading:
        with self._lock:
            if sha256 in self._readings:
                return self._readings[sha256]
        reading = readings.find(self._out / readings.FOLDER, sha256, self._settings)
        if reading is None:
            raise NotKeptError
        with self._lock:
            self._readings[sha256] = reading
            while len(self._readings) > _KEPT:
                self._readings.popitem(last=False)
        return reading


def _source(of: Plan) -> Source:
    document = of.document
    kind = document.kind if document.kind in ("word", "sheet") else "pdf"
    return Source(
        Path(document.source_file), document.source_file, document.sha256, kind, document.pages
    )
