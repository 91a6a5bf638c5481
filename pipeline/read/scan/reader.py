"""Pictures: PNG, JPEG and TIFF, of which only TIFF holds several pages."""

from pathlib import Path

from pipeline.read.reader import Reader
from pipeline.settings import Settings
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Reading, Source

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
)


def _recognises(start: bytes, _: Path) -> bool:
    return start.startswith(_MAGIC)


def _pages_of(path: Path) -> int:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  only pictures need it

    try:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except Image.DecompressionBombError as error:
        raise PhulucError(FailureCode.TOO_LARGE, stage="ingest", limit="pixels") from error
    except (UnidentifiedImageError, OSError) as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="ingest", reason=str(error)) from error


def _read(source: Source, settings: Settings, _: Path | None) -> Reading:
    # pdfplumber, 14 MiB: a process that only interprets what was read, as that of the pages, needs
    # none of it.
    from pipeline.read.pages import read_pages  # noqa: PLC0415

    return read_pages(source, settings)


IMAGE = Reader("image", _SUFFIXES, _recognises, _pages_of, _read)
