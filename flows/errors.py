"""Why a command cannot be run at all. Imports nothing heavy: the command line needs it at once."""


class CommandError(Exception):
    """Nothing can be done; the message is for people, in their language.

    `status` is the exit code: 2 for wrong usage, 3 where the machine lacks something.
    """

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status
