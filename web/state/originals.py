"""Where the files lie that documents were read from, found again by their content.

A file may be moved, put in the place of another or taken away while its document is looked at: what
lies at a path is shown for as long as it is what was read there, and never anything else.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.dataset.known_files import KnownFile, known_files
from pipeline.ingest import discover, sha256_of
from schemas.failure import PhulucError

_PATIENCE = 10.0  # seconds until all files are looked over again for one that was not there
_HASHED = 20_000  # files whose digest is in memory; 200 bytes each


class Originals:
    """The files of the documents of one output folder; they lie wherever they were read.

    `named` gives the file, by its name in the inbox, from which a content (SHA-256) was read.
    """

    def __init__(
        self,
        out: Path,
        inbox: Path,
        named: Callable[[str], str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out, self._inbox, self._named, self._clock = out, inbox, named, clock
        self._digest = lru_cache(maxsize=_HASHED)(_digest)
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}
        self._looked = -_PATIENCE

    def find(self, sha256: str) -> Path | None:
        """Return where a file of that content lies now; None where it is not at hand."""
        path = self._known.get(sha256)
        if path is not None and self._holds(path, sha256):
            return Path(path)
        name = self._named(sha256)
        if name is not None and self._holds(str(self._inbox / name), sha256):
            self._known[sha256] = str(self._inbox / name)
            return self._inbox / name
        return self._elsewhere(sha256)

    def _elsewhere(self, sha256: str) -> Path | None:
        with self._lock:
            if self._clock() - self._looked >= _PATIENCE:
                self._known = dict(self._all())
                self._looked = self._clock()
            path = self._known.get(sha256)
            return None if path is None else Path(path)

    def _all(self) -> Iterator[tuple[str, str]]:
        """All files that lie in the inbox, or where a batch read them, by content."""
        known = {file.path: file for file in known_files(self._out)}
        sent = discover([self._inbox]) if self._inbox.is_dir() else []
        for path in {**dict.fromkeys(str(file.path.absolute()) for file in sent), **known}:
            digest = self._digest_of(path, known.get(path))
            if digest is not None:
                yield digest, path

    def _holds(self, path: str, sha256: str) -> bool:
        return self._digest_of(path) == sha256

    def _digest_of(self, path: str, known: KnownFile | None = None) -> str | None:
        """The digest of what lies at a path; read anew only where it was changed since.

        So is not what a batch knows already: all files of an office are gigabytes.
        """
        try:
            status = Path(path).stat()
            size, changed = status.st_size, status.st_mtime_ns
            if known is not None and (known.size, known.changed) == (size, changed):
                return known.sha256
            return self._digest(path, size, changed)
        except (PhulucError, OSError):
            return None


def _digest(path: str, size: int, changed: int) -> str:  # noqa: ARG001  the keys of the cache
    return sha256_of(Path(path))
