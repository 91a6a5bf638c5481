"""What every timed process runs with: two workers, one thread each."""

import os
from collections.abc import Mapping

SIDE_BY_SIDE = 2


def timed(caller: Mapping[str, str]) -> dict[str, str]:
    """Return the caller's environment as timed processes have it."""
    # With it, a checkout is compiled anew in every run, which no installed program is.
    kept = {name: value for name, value in caller.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"OMP_THREAD_LIMIT": "1", "PHULUC_WORKERS": str(SIDE_BY_SIDE)}


ENVIRONMENT = timed(os.environ)
