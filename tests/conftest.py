"""What all tests share: profiles of the property tests, and nothing of this machine's user.

`make test` is quick, `make fuzz` looks harder. What the user has set, listed or decided is put away
before any module is loaded: every test sees the program as it is shipped.
"""

import os
import tempfile

from hypothesis import settings

settings.register_profile("fuzz", max_examples=5000, deadline=None)

_EMPTY = tempfile.TemporaryDirectory(prefix="phuluc-tests-")
for _name in [name for name in os.environ if name.startswith("PHULUC_")]:
    del os.environ[_name]
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = _EMPTY.name
