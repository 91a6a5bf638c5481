"""Readings kept between runs, so that nothing is read twice: `readings/` of an output folder.

A reading is found again by the file's content and by what reading depends on: the code that reads,
its knowledge, the settings, and, where pages were read by OCR, the engine and its language data.
What an office decides (agencies, thresholds, joins, corrections) comes after it and is no part of
the key. The folder may be deleted at any time, and a damaged file in it counts as none.
"""

import hashlib
import logging
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.files.atomic import write_atomic
from pipeline.read.libreoffice import soffice
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks
from schemas.plan import Decision
from schemas.reading import Reading

FOLDER = "readings"

_log = logging.getLogger(__name__)

# The fastest: a third of the size of the packed bytes; level 6 takes three times as long for a
# twentieth less.
_COMPRESSION = 1
_ROOT = Path(__file__).parents[1]
# All that can change what is read. No number that somebody would have to raise: the files are
# their own version.
_READS = (
    "pipeline/read",
    "pipeline/tables",
    "pipeline/plausibility.py",
    "pipeline/places/table.py",
    "pipeline/language",
    "pipeline/knowledge",
    "schemas",
)
_SUFFIXES = frozenset({".py", ".yaml", ".csv"})
# Knowledge that only interpreting asks for: a change of it reads nothing anew.
_INTERPRETS = frozenset(
    {
        "agencies.csv",
        "agencies_components.csv",
        "agencies_words.yaml",
        "commands.yaml",
        "join_weights.yaml",
        "letters.yaml",
        "messages.yaml",
        "pages.yaml",
        "papi.yaml",
        "table_kinds.yaml",
        "timeframes.yaml",
        "titles.yaml",
        "unit_kinds.yaml",
        "units_changes.csv",
        "units_earlier.csv",
    }
)


def find(folder: Path, sha256: str, settings: Settings) -> Reading | None:
    """Return the reading of that content that is kept in the folder and holds today, or None."""
    path = _path(folder, sha256, settings)
    try:
        reading = _decoder().decode(zlib.decompress(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, zlib.error, ValueError) as error:  # msgspec's errors are ValueErrors
        _log.warning("%s cannot be used, the document is read anew: %s", path, error)
        return None
    return reading if _engine_holds(reading, settings) else None


def is_kept(folder: Path, sha256: str, settings: Settings) -> bool:
    """Return whether a reading of that content lies in the folder; a look at names alone."""
    return _path(folder, sha256, settings).exists()


def keep(folder: Path, sha256: str, reading: Reading, settings: Settings) -> None:
    """Keep the reading of a content in the folder, in place of earlier ones of the same content.

    Raises OSError where it cannot be written.
    """
    path = _path(folder, sha256, settings)
    write_atomic(path, zlib.compress(_encoder().encode(reading), _COMPRESSION), flush=False)
    for other in path.parent.glob(f"{sha256}-*"):
        if other != path:
            other.unlink(missing_ok=True)


def _path(folder: Path, sha256: str, settings: Settings) -> Path:
    return folder / sha256[:2] / f"{sha256}-{_digest(settings)}.msgpack.z"


def _digest(settings: Settings) -> str:
    """Return a digest of what reading depends on but for the file and the engine."""
    said = settings.model_dump_json(include={"ocr_language", "max_pixels"})
    return hashlib.sha256(_digest_of_code() + said.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _digest_of_code() -> bytes:
    digest = hashlib.sha256()
    for read in (_ROOT / name for name in _READS):
        for path in sorted(read.rglob("*")) or [read]:
            if path.suffix in _SUFFIXES and path.name not in _INTERPRETS:
                digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.digest()


def _engine_holds(reading: Reading, settings: Settings) -> bool:
    """Whether the programs that it was read with are those that would be used now."""
    if reading.unrendered and soffice.find() is not None:
        return False
    if reading.engine is None:
        return True
    from pipeline.read.ocr.engines import engine_of  # noqa: PLC0415  OpenCV: not for digital files

    try:
        return reading.engine == engine_of(settings).describe()
    except EnvironmentLacks:
        return True  # what was read before Tesseract went away cannot be read better without it


@lru_cache(maxsize=1)
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_encoded)


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[Reading]:
    return msgspec.msgpack.Decoder(Reading, dec_hook=_decoded)


def _encoded(value: Any) -> Any:
    if isinstance(value, Decision):
        return value.model_dump()
    raise NotImplementedError(f"{type(value).__name__} cannot be kept")


def _decoded(kind: type, value: Any) -> Any:
    if kind is Decision:
        return Decision.model_validate(value)
    raise NotImplementedError(f"{kind.__name__} cannot be kept")
