"""Why a command cannot be run at all."""

from schemas.errors import ExitCode, UserError


class CommandError(UserError):
    """A command cannot be run as it was called."""


class MachineLacksError(UserError):
    """A command cannot be run on this machine as it is."""

    exit_code = ExitCode.ENVIRONMENT
