"""What `phuluc doctor` finds on this machine, for the page that tells whether all is well.

Looked at by a process of its own: what is to be tried out, OCR among it, takes 100 MB.
"""

import sys
import threading
import time
from pathlib import Path

import msgspec

from flows.doctor import Check, examine
from flows.processes import lead_session_until_parent_ends
from pipeline.messages import Language
from web.background.children import run_module

_FRESH = 60.0  # seconds for which an answer holds: a monitor asks often


class Machine:
    """The checks of the machine and of one output folder."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._known: dict[Language, tuple[float, list[Check]]] = {}

    def checks(self, lang: Language) -> list[Check]:
        """Return what was found, a minute ago at most; raises ChildFailedError."""
        with self._lock:
            at, found = self._known.get(lang, (0.0, []))
            if not found or time.monotonic() - at > _FRESH:
                answer = run_module("web.background.machine", str(self._out), "--lang", lang)
                found = msgspec.json.decode(answer, type=list[Check])
                self._known[lang] = (time.monotonic(), found)
            return found


if __name__ == "__main__":
    lead_session_until_parent_ends()
    sys.stdout.buffer.write(msgspec.json.encode(list(examine(Path(sys.argv[1])))))
