"""Which documents there are to do: found, told apart, and given their names."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.dataset import assign_names, copies
from pipeline.dataset.known_files import KnownFile
from pipeline.dataset.names import NamedResult
from pipeline.ingest import FoundFile, discover, sha256_of, shown
from schemas.failure import PhulucError


class InputFile(Struct, frozen=True):
    """A file to be read, and the name that its result has in the output folder.

    `source_file` is its path as the user knows it, `sha256` that of its content, or None where it
    cannot be read. `size` and `changed` (nanoseconds) are those of the file when it was found.
    """

    path: Path
    source_file: str
    sha256: str | None
    name: str
    size: int = 0
    changed: int = 0


class InputFiles(Struct, frozen=True):
    """What was found: each content once, and which files repeat it (copy: original)."""

    all: tuple[InputFile, ...]
    copies: dict[str, str]

    @property
    def once(self) -> list[InputFile]:
        """The documents without the copies, in the order of their paths."""
        return [each for each in self.all if each.source_file not in self.copies]


def gather(
    inputs: Sequence[Path], out: Path, known: Iterable[KnownFile] = (), *, verify: bool = True
) -> InputFiles:
    """Return the documents of these files and folders, named as `out` knows them.

    Without `verify` a file whose size and time of change are `known` is taken to have the content
    that it had. Raises FileNotFoundError for an input that does not exist.
    """
    before = {file.source_file: file for file in known}
    found = tell_apart(discover(inputs))
    bare = [_document(each, None if verify else before.get(each.name)) for each in found]
    contents = [(d.source_file, d.sha256 or _key_of_unreadable(d.source_file)) for d in bare]
    held = (
        NamedResult(file.name, file.source_file, file.sha256)
        for file in before.values()
        if not file.failed and file.copy_of is None
    )
    names = assign_names(contents, out, held)
    documents = tuple(replace(each, name=names[each.source_file]) for each in bare)
    return InputFiles(documents, copies(contents))


def _document(found: FoundFile, known: KnownFile | None) -> InputFile:
    size, changed = size_and_time(found.path)
    if known is not None and (known.size, known.changed) == (size, changed):
        sha256 = known.sha256
    else:
        sha256 = _sha256(found)
    return InputFile(found.path, found.name, sha256, "", size, changed)


def size_and_time(path: Path) -> tuple[int, int]:
    """Return a file's size and its time of change in nanoseconds; zeros where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0  # which is told when its turn comes
    return status.st_size, status.st_mtime_ns


def tell_apart(found: Sequence[FoundFile]) -> list[FoundFile]:
    """Return the files with the folders above put before names that would otherwise be equal.

    `a/Phu luc.pdf` and `b/Phu luc.pdf` given one by one are both "Phu luc.pdf" to `discover`.
    """
    result = list(found)
    levels = max((len(each.path.resolve().parts) for each in found), default=0)
    for depth in range(2, levels + 1):
        count = Counter(each.name for each in result)
        if max(count.values(), default=0) < 2:
            break
        result = [
            replace(each, name=shown("/".join(each.path.resolve().parts[-depth:]).lstrip("/")))
            if count[each.name] > 1
            else each
            for each in result
        ]
    return result


def _sha256(found: FoundFile) -> str | None:
    try:
        return sha256_of(found.path)
    except PhulucError:
        return None  # which is found out again and told when its turn comes


def _key_of_unreadable(name: str) -> str:
    """Of each its own, so that two such files are not taken for copies of one another."""
    return hashlib.sha256(f"unreadable {name}".encode()).hexdigest()
