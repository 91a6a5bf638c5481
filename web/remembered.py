"""Answers of the database, remembered until something changes there."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import sqlalchemy as sa

from pipeline.dataset.store.write import CHANGE, mark

_KEPT = 64

Answer = TypeVar("Answer")


class Remembered:
    """The last answers, by what was asked; all are forgotten with the next change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._change: str | None = None
        self._answers: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, connection: sa.Connection, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return what was made for the key of what the connection sees, or make it now.

        Where several ask at once it is made once.
        """
        change = mark(connection, CHANGE)
        if (known := self._known(change, key)) is not None:
            return cast(Answer, known)
        with self._making:
            if (known := self._known(change, key)) is not None:
                return cast(Answer, known)
            made = make()
        with self._lock:
            if change == self._change:
                self._answers[key] = made
                while len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
        return made

    def _known(self, change: str | None, key: Hashable) -> object:
        with self._lock:
            if change != self._change:
                self._change = change
                self._answers.clear()
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)
