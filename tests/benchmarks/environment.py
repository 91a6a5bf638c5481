"""What every timed process runs with: two workers, one thread each."""

import os

SIDE_BY_SIDE = 2
_OF_THE_CALLER = dict(os.environ)
# With it, a checkout is compiled anew in every run, which no installed program is.
_OF_THE_CALLER.pop("PYTHONDONTWRITEBYTECODE", None)
ENVIRONMENT = {
    **_OF_THE_CALLER,
    "OMP_THREAD_LIMIT": "1",
    "PHULUC_WORKERS": str(SIDE_BY_SIDE),
}
