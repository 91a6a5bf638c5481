"""Who works with this process."""

import getpass
import os


def user_of_process() -> str:
    """Return the name of the user of this process; the number where the system knows no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run under a number alone
        return str(os.getuid())
