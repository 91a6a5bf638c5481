"""Which name a document has in `plans/` and `failed/`.

A document is called by the stem of its file. Where that is taken, by another file of the same run
or by what lies in the folder already, the first eight digits of its SHA-256 are added. Names are
given in the order of the files' paths and are kept for as long as the folder holds the file's
result. What exists is read from the results themselves; there is no other record.
"""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath

from msgspec import Struct

PLANS, FAILED, TABLES = "plans", "failed", "tables"

# What Windows and most file systems allow; a stem in UTF-8 leaves room in 255 bytes for a suffix.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST = 160
_SHORT_SHA = (8, 16, 32, 64)

SourceFile = tuple[str, str]  # (source file, SHA-256 in hex)


class NamedResult(Struct, frozen=True):
    """A result that lies in the folder. A failure does not know its file's content."""

    name: str
    source_file: str | None
    sha256: str | None


def assign_names(
    sources: Sequence[SourceFile], out: Path, known: Iterable[NamedResult] = ()
) -> dict[str, str]:
    """Return the name of each (source file, sha256), and make way for them in `out`.

    An earlier plan of the same content under another source file is moved to its new name, so that
    no document is ever there twice. What is `known` of plans is not read from them again. Raises
    ValueError where two sources go by one file name.
    """
    ordered = _in_order(sources)
    plans, failures = _plan_entries(out, known), _failed_entries(out)
    names = choose_names(ordered, [*plans, *failures])
    _make_way(out, (plans, failures), ordered, names)
    return names


def copies(sources: Sequence[SourceFile]) -> dict[str, str]:
    """Return, for each source file that repeats another's content, the one that it repeats.

    Only the first of them, in the order of their paths, need be read; a document has one plan.
    """
    first: dict[str, str] = {}
    repeated: dict[str, str] = {}
    for source_file, sha256 in _in_order(sources):
        if first.setdefault(sha256, source_file) != source_file:
            repeated[source_file] = first[sha256]
    return repeated


def choose_names(sources: Sequence[SourceFile], entries: Iterable[NamedResult]) -> dict[str, str]:
    """Return the name of each source, in the order given, beside the results that exist."""
    run_files, run_contents = {s for s, _ in sources}, {sha for _, sha in sources}
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for entry in entries:
        if entry.source_file in run_files:
            kept.setdefault(str(entry.source_file), entry.name)
        elif entry.sha256 in run_contents:
            continue  # it gives way to the file that has its content now
        taken.add(_collision_key(entry.name))
    names: dict[str, str] = {}
    for source_file, sha256 in sources:
        name = kept.get(source_file) or next(
            name for name in _candidates(source_file, sha256) if _collision_key(name) not in taken
        )
        taken.add(_collision_key(name))
        names[source_file] = name
    return names


def plan_path(out: Path, name: str) -> Path:
    """Return where the plan of that name lies."""
    return out / PLANS / f"{name}.json"


def tables_path(out: Path, name: str) -> Path:
    """Return the folder in which the tables of that document lie, a CSV file each."""
    return out / TABLES / name


def failure_path(out: Path, name: str, source_file: str) -> Path:
    """Return where the failure of that name lies: the name, with the source's own suffix."""
    return out / FAILED / f"{name}{_suffix(source_file)}.json"


def safe_stem(source_file: str) -> str:
    """Return the file's stem in NFC as a name that every usual file system takes."""
    stem = unicodedata.normalize("NFC", PurePosixPath(source_file).stem)
    stem = _UNSAFE.sub("_", stem).strip().rstrip(". ")
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    if stem.startswith(".") or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem or "_"


def _candidates(source_file: str, sha256: str) -> Iterator[str]:
    stem = safe_stem(source_file)
    longer = (f"{stem}-{sha256[:digits]}" for digits in _SHORT_SHA)
    return chain([stem], longer, (f"{stem}-{sha256}-{number}" for number in count(2)))


def _suffix(source_file: str) -> str:
    suffix = unicodedata.normalize("NFC", PurePosixPath(source_file).suffix)
    return _UNSAFE.sub("_", suffix).encode()[:16].decode(errors="ignore").rstrip(". ")


def _collision_key(name: str) -> str:
    """Names with one key are one file where a file system folds case or Unicode forms."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFD", folded)


def _in_order(sources: Iterable[SourceFile]) -> list[SourceFile]:
    ordered = sorted(set(sources), key=lambda s: (unicodedata.normalize("NFC", s[0]), s))
    if len({source_file for source_file, _ in ordered}) < len(ordered):
        raise ValueError("two different files go by one source file name")
    return ordered


def _plan_entries(out: Path, known: Iterable[NamedResult]) -> list[NamedResult]:
    named = {entry.name: entry for entry in known}
    entries = []
    for path in sorted((out / PLANS).glob("*.json")):
        if path.stem in named:
            entries.append(named[path.stem])
            continue
        document = _read_object(path).get("document")
        fields = document if isinstance(document, dict) else {}
        source_file, sha256 = _text(fields.get("source_file")), _text(fields.get("sha256"))
        entries.append(NamedResult(path.stem, source_file, sha256))
    return entries


def _failed_entries(out: Path) -> list[NamedResult]:
    entries = []
    for path in sorted((out / FAILED).glob("*.json")):
        source_file = _text(_read_object(path).get("source_file"))
        name = path.stem.removesuffix(_suffix(source_file or ""))
        entries.append(NamedResult(name, source_file, None))
    return entries


def _read_object(path: Path) -> dict[str, object]:
    """Return the JSON object of the file; empty if it holds none, its name being taken anyhow."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _make_way(
    out: Path,
    entries: tuple[Sequence[NamedResult], Sequence[NamedResult]],
    sources: Sequence[SourceFile],
    names: dict[str, str],
) -> None:
    """Move or remove plans that a source of this run stands for under another name.

    Moving, not removing: should the run be cut short, the document is still there.
    """
    holder: dict[str, str] = {}
    for source_file, sha256 in sources:
        holder.setdefault(sha256, source_file)
    repeated = copies(sources)
    plans, failures = entries
    for entry in failures:
        # Whether a copy fails is for the file that it repeats to show.
        if entry.source_file in repeated:
            failure_path(out, entry.name, entry.source_file).unlink()
    for entry in plans:
        of_content = holder.get(entry.sha256 or "")
        of_file = repeated.get(entry.source_file or "")
        now_held_by = of_content or of_file
        if now_held_by is None or names[now_held_by] == entry.name:
            continue
        old, new = plan_path(out, entry.name), plan_path(out, names[now_held_by])
        if of_content and not new.exists():
            old.replace(new)
            _move_tables(out, entry.name, names[now_held_by])
        elif entry.name not in names.values() or entry.source_file in repeated:
            old.unlink()
            shutil.rmtree(tables_path(out, entry.name), ignore_errors=True)


def _move_tables(out: Path, old: str, new: str) -> None:
    if tables_path(out, old).is_dir():
        shutil.rmtree(tables_path(out, new), ignore_errors=True)
        tables_path(out, old).replace(tables_path(out, new))
