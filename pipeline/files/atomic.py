"""Writing files so that a reader sees the old one or the new one, never half of one."""

import filecmp
import os
import secrets
from pathlib import Path


def write_atomic(path: Path, content: bytes) -> None:
    """Put `content` at `path`; its folder is made if need be. Raises OSError as `open` does.

    Written beside its destination under a hidden name, flushed to the disk, then renamed, which
    POSIX and Windows do as one step. Content that is already there is left alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == content:
        return
    # Not tempfile: its files are readable by their owner only, whatever the umask says.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_if_other(new: Path, old: Path) -> None:
    """Put the file `new` in the place of `old`, in one step; where they are the same, `old` stays.

    They must lie on one file system. `new` is flushed to the disk before.
    """
    if old.is_file() and filecmp.cmp(new, old, shallow=False):
        return
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(old)
