"""Who else looks at a document, and who reviews it: told, so that two people do not do one work.

Who opens a document first holds it for as long as they look. A lease is no lock: anybody may take
it over, everybody may save, and what two people say of one place is settled on saving.
"""

import threading
import time
from collections.abc import Callable

from msgspec import Struct

_HERE = 45.0  # seconds for which a look counts; the page looks every 20
_HELD = 180.0  # seconds after its holder's last look for which a lease holds: a reload, a call


class Here(Struct, frozen=True):
    """Who else looks at a document, and who else holds it ("" for nobody)."""

    others: tuple[str, ...]
    holder: str


class Presence:
    """Who looked at which document, and when; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, dict[str, float]] = {}
        self._holders: dict[str, str] = {}

    def look(self, document: str, who: str) -> Here:
        """Note that somebody looks at a document; nobody else's is theirs from now on."""
        with self._lock:
            now = self._clock()
            seen = self._seen.setdefault(document, {})
            seen[who] = now
            for name in [name for name, at in seen.items() if now - at > _HELD]:
                del seen[name]
            if self._holders.get(document) not in seen:
                self._holders[document] = who
            holder = self._holders[document]
            others = sorted(name for name, at in seen.items() if name != who and now - at <= _HERE)
            return Here(tuple(others), "" if holder == who else holder)

    def take(self, document: str, who: str) -> None:
        """Give a document to somebody who takes it over."""
        with self._lock:
            self._seen.setdefault(document, {})[who] = self._clock()
            self._holders[document] = who

    def held_by_others(self, who: str) -> list[str]:
        """Return the documents that anybody but one person holds."""
        with self._lock:
            known = list(self._holders)
        return [document for document in known if self.holder(document) not in ("", who)]

    def holder(self, document: str) -> str:
        """Return who holds a document, "" where nobody does."""
        with self._lock:
            name = self._holders.get(document, "")
            at = self._seen.get(document, {}).get(name)
            return name if at is not None and self._clock() - at <= _HELD else ""
