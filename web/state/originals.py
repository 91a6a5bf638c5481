"""Where the files lie that documents were read from, found again by their content.

A file may be moved, put in the place of another or taken away while its document is looked at: what
lies at a path is shown for as long as it is what was read there, and never anything else.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.dataset.known_files import known_files
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
        self._known: dict[str, Path] = {}
        self._looked = -_PATIENCE

    def find(self, sha256: str) -> Path | None:
        """Return where a file of that content lies now; None where it is not at hand."""
        path = self._known.get(sha256)
        if path is not None and self._holds(path, sha256):
            return path
        name = self._named(sha256)
        if name is not None and self._holds(self._inbox / name, sha256):
            self._known[sha256] = self._inbox / name
            return self._known[sha256]
        return self._elsewhere(sha256)

    def _elsewhere(self, sha256: str) -> Path | None:
        with self._lock:
            if self._clock() - self._looked >= _PATIENCE:
                self._known = dict(self._all())
                self._looked = self._clock()
            return self._known.get(sha256)

    def _all(self) -> Iterator[tuple[str, Path]]:
        """All files that lie in the inbox, or where a batch read them, by content."""
        paths = [file.path for file in discover([self._inbox])] if self._inbox.is_dir() else []
        paths += [Path(file.path) for file in known_files(self._out)]
        for path in paths:
            digest = self._digest_of(path)
            if digest is not None:
                yield digest, path

    def _holds(self, path: Path, sha256: str) -> bool:
        return self._digest_of(path) == sha256

    def _digest_of(self, path: Path) -> str | None:
        """The digest of what lies at a path; read anew only where it was changed."""
        try:
            status = path.stat()
            return self._digest(path, status.st_size, status.st_mtime_ns)
        except (PhulucError, OSError):
            return None


def _digest(path: Path, size: int, changed: int) -> str:  # noqa: ARG001  the keys of the cache
    return sha256_of(path)
