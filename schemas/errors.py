"""What a person has to mend before anything can be done, and how a command ends.

Imports nothing that takes time: the command line needs it for its help.
"""

from enum import IntEnum
from functools import partial
from typing import Any


class ExitCode(IntEnum):
    """Exit status of the command line."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    ENVIRONMENT = 3
    BUSY = 4
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class UserError(ValueError):
    """Something that a person can mend: a setting, a file of the office, how a command was called.

    `key` names its text in section `errors` of messages.yaml, `details` fill its places. A command
    that ends with it has `exit_code`.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, key: str, **details: object) -> None:
        self.key = key
        self.details = details
        super().__init__(f"{key}: {details}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled with all that it tells."""
        return partial(type(self), self.key, **self.details), ()
