"""Who else looks at a document at this moment: told, so that two people do not do one work."""

import threading
import time
from collections.abc import Callable

_HERE = 45.0  # seconds for which a look counts; the page looks every 20


class Presence:
    """Who looked at which document, and when; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, dict[str, float]] = {}

    def look(self, document: str, who: str) -> list[str]:
        """Note that somebody looks at a document, and return who else does."""
        now = self._clock()
        with self._lock:
            held = self._seen.setdefault(document, {})
            held[who] = now
            for name in [name for name, at in held.items() if now - at > _HERE]:
                del held[name]
            return sorted(name for name in held if name != who)
