"""What LibreOffice made of office files, kept by their content: DOCX of old formats, renderings.

`prepare` starts it once for many files. Where nothing was prepared, a file is converted when it is
read; renderings, which only give places, are then left out unless there is a folder to keep them.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.read.libreoffice import soffice
from pipeline.read.sniff import office_kind
from pipeline.read.word.accepted import accepted
from pipeline.read.zipped import unzipped
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError

OLD_KINDS = frozenset({"doc", "rtf", "odt", "wordml"})
_FOLDER = "office"
_DOCUMENT = "word/document.xml"


def prepare(files: Iterable[tuple[str, Path]], kept: Path) -> None:
    """Convert and render office files (SHA-256 of the content, path) that are not kept yet.

    Does nothing without LibreOffice; what it cannot do is told when the file is read.
    """
    if soffice.find() is None:
        return
    kinds = {sha256: (path, _kind(path)) for sha256, path in files}
    old = {
        sha256: path
        for sha256, (path, kind) in kinds.items()
        if kind in OLD_KINDS and not _docx(kept, sha256).exists()
    }
    _converted(old, kept)
    written = {
        sha256: path if kind == "docx" else _docx(kept, sha256)
        for sha256, (path, kind) in kinds.items()
        if kind == "docx" or kind in OLD_KINDS
    }
    _rendered({s: p for s, p in written.items() if not _pdf(kept, s).exists() and p.exists()}, kept)


@contextmanager
def as_docx(path: Path, sha256: str, kept: Path | None) -> Iterator[Path]:
    """Yield a file of an old format as DOCX.

    Raises EnvironmentLacks without LibreOffice, PhulucError where it cannot convert the file.
    """
    if kept is not None and _docx(kept, sha256).exists():
        yield _docx(kept, sha256)
        return
    if soffice.find() is None:
        raise EnvironmentLacks(FailureCode.LIBREOFFICE_MISSING, stage="read")
    with tempfile.TemporaryDirectory(prefix="phuluc-") as folder:
        made = _converted({sha256: path}, kept or Path(folder))
        if sha256 not in made:
            raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason="LibreOffice")
        yield made[sha256]


def rendering_of(docx: Path, sha256: str, kept: Path | None) -> Path | None:
    """Return the tagged PDF of a DOCX; None where there is none, and none can be made and kept."""
    if kept is None:
        return None
    if not _pdf(kept, sha256).exists() and soffice.find() is not None:
        _rendered({sha256: docx}, kept)
    return kept_rendering(kept, sha256)


def kept_rendering(kept: Path, sha256: str) -> Path | None:
    """Return the rendering of a content that was made earlier, None without one."""
    return _pdf(kept, sha256) if _pdf(kept, sha256).exists() else None


def _kind(path: Path) -> str | None:
    try:
        return office_kind(path)
    except OSError:
        return None  # told when its turn comes


def _docx(kept: Path, sha256: str) -> Path:
    return kept / _FOLDER / f"{sha256}.docx"


def _pdf(kept: Path, sha256: str) -> Path:
    return kept / _FOLDER / f"{sha256}.pdf"


def _converted(files: Mapping[str, Path], kept: Path) -> dict[str, Path]:
    """Convert files of old formats, whatever suffix they came with."""
    with tempfile.TemporaryDirectory(prefix="phuluc-") as folder:
        named = {}
        for sha256, path in files.items():
            suffix = "xml" if (kind := office_kind(path)) == "wordml" else kind
            named[sha256] = Path(folder, f"{sha256}.{suffix}")
            named[sha256].symlink_to(path.resolve())
        return soffice.convert(named, soffice.TO_DOCX, kept / _FOLDER) if named else {}


def _rendered(files: Mapping[str, Path], kept: Path) -> None:
    """Render DOCX with their changes accepted: LibreOffice prints deleted text."""
    with tempfile.TemporaryDirectory(prefix="phuluc-") as folder:
        copies = {}
        for sha256, path in files.items():
            copies[sha256] = Path(folder, f"{sha256}.docx")
            try:
                _write_accepted(path, copies[sha256])
            except PhulucError:
                del copies[sha256]  # told when the file is read
        if copies:
            soffice.convert(copies, soffice.TO_TAGGED_PDF, kept / _FOLDER)


def _write_accepted(path: Path, copy: Path) -> None:
    with unzipped(path) as parts, ZipFile(copy, "w", ZIP_DEFLATED) as archive:
        for name in parts.names:
            data = parts.read(name)
            archive.writestr(name, accepted(data) if name == _DOCUMENT else data)
