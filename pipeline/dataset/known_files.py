"""The source files that are known already, as they were when they were read.

Kept in the output folder as JSON, so that a night that brings nothing new is over before anything
heavy is loaded. It may be deleted at any time: then every file is looked at again.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.files.atomic import write_atomic

KNOWN_FILES = "sources.json"  # written by each batch


class KnownFile(msgspec.Struct, frozen=True):
    """A source file: its path as the user knows it, how a change of it shows, and what it gave.

    `changed` is in nanoseconds; `name` is that of its result; `made_by` a digest of all that the
    result depends on besides the content, "" where it is to be read again; `copy_of` the file whose
    content it repeats, which has the result then.
    """

    source_file: str
    path: str
    size: int
    changed: int
    sha256: str | None
    name: str
    made_by: str
    ocr: bool = False
    failed: bool = False
    copy_of: str | None = None
    pages: int = 0
    items: int = 0
    review: int = 0


def known_files(out: Path) -> list[KnownFile]:
    """Return the files that `out` knows; none where that cannot be read."""
    try:
        return msgspec.json.decode((out / KNOWN_FILES).read_bytes(), type=list[KnownFile])
    except (OSError, msgspec.DecodeError):
        return []


def remember(out: Path, files: Iterable[KnownFile]) -> None:
    """Keep the files, in the order of their names; raises OSError where they cannot be written.

    When the list was changed is then when the last batch ended, be it one with nothing new.
    """
    ordered = sorted(files, key=lambda file: file.source_file)
    lines = b",\n".join(msgspec.json.encode(file) for file in ordered)
    write_atomic(out / KNOWN_FILES, b"[\n" + lines + b"\n]\n", flush=False)
    (out / KNOWN_FILES).touch()
