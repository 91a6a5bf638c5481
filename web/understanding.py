"""A plan made anew from a kept reading, with what people said of it or without."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from pipeline import readings
from pipeline.agencies import Office
from pipeline.extract import stitch_reading
from pipeline.interpret import interpret, printed_texts
from pipeline.settings import Settings
from schemas.correction import Correction
from schemas.outcome import Outcome
from schemas.plan import Plan
from schemas.reading import Reading, Source

_KEPT = 4  # readings and plans in memory; those of a long scan take some megabytes


class NotKeptError(Exception):
    """The document must be read anew before it can be understood anew."""


class Understanding:
    """Makes plans of what `readings/` holds; nothing is read."""

    def __init__(self, out: Path, settings: Settings) -> None:
        self._out, self._settings = out, settings
        self._lock = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._plain: OrderedDict[tuple[str, str], Plan] = OrderedDict()

    def outcome(self, of: Plan, office: Office, corrections: Sequence[Correction]) -> Outcome:
        """Return what the same content gives with these corrections; raises NotKeptError."""
        reading = self._reading(of.document.sha256)
        source = _source(of)
        stitched = stitch_reading(source, reading, self._settings, corrections)
        return Outcome(
            source_file=source.name,
            sha256=source.sha256,
            plan=interpret(stitched, self._settings, office),
            tables=printed_texts(stitched.tables),
        )

    def as_read(self, of: Plan, office: Office) -> Plan:
        """Return the plan without what people said, itself where they said nothing.

        Where the reading is not kept any more it is the plan as it is.
        """
        if of.produced_by.corrections is None:
            return of
        key = (of.document.sha256, office.digest)
        with self._lock:
            if key in self._plain:
                return self._plain[key]
        try:
            plain = self.outcome(of, office, ()).plan
        except NotKeptError:
            return of
        if plain is None:
            return of
        with self._lock:
            self._plain[key] = plain
            while len(self._plain) > _KEPT:
                self._plain.popitem(last=False)
        return plain

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
