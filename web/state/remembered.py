"""Answers of the database, remembered until something changes there.

Where people correct something every second, what takes long to count is not counted anew each
time: an answer is shown for up to twenty times as long as it took to make, and made by one thread
while the others show it. What is made in 10 ms is never older than 0.2 s.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.write import CHANGE, mark

_KEPT = 64
_PATIENCE = 20  # times as long as it took
_OLDEST = 30.0  # seconds

Answer = TypeVar("Answer")


class _Made(Struct, frozen=True):
    """An answer: after which change, and until when (monotonic) it is shown after the next one."""

    answer: object
    change: str | None
    until: float


class Remembered:
    """The last answers, by what was asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, _Made] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, connection: sa.Connection, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return what was made for the key of what the connection sees, or make it now.

        Where several ask at once it is made once.
        """
        return self._get(mark(connection, CHANGE), key, make)

    def _get(self, change: str | None, key: Hashable, make: Callable[[], Answer]) -> Answer:
        with self._lock:
            known = self._answers.get(key)
            making = self._making.setdefault(key, threading.Lock())
        if known is not None and (known.change == change or time.monotonic() < known.until):
            return cast(Answer, known.answer)
        if not making.acquire(blocking=known is None) and known is not None:
            return cast(Answer, known.answer)  # somebody is at it
        try:
            with self._lock:
                newer = self._answers.get(key)
            if newer is not None and newer is not known:
                return cast(Answer, newer.answer)
            return self._make(change, key, make)
        finally:
            making.release()

    def _make(self, change: str | None, key: Hashable, make: Callable[[], Answer]) -> Answer:
        began = time.monotonic()
        answer = make()
        ended = time.monotonic()
        until = ended + min(_OLDEST, _PATIENCE * (ended - began))
        with self._lock:
            self._answers[key] = _Made(answer, change, until)
            self._answers.move_to_end(key)
            while len(self._answers) > _KEPT:
                old, _ = self._answers.popitem(last=False)
                self._making.pop(old, None)
        return answer
