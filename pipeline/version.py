"""What made a result: version, registry, OCR engine."""

from collections.abc import Sequence

from pipeline import __version__
from pipeline.correct.standing import digest
from pipeline.letters.context import context_digest
from pipeline.settings import Settings
from schemas.correction import Correction
from schemas.plan import ProducedBy


def produced_by(
    engine: str | None,
    registry: str,
    settings: Settings,
    corrections: Sequence[Correction] = (),
) -> ProducedBy:
    """Return what made a result of a reading: `engine` is the OCR engine that read it, if any.

    `registry` is the version of the registry of agencies.
    """
    return ProducedBy(
        phuluc=__version__,
        registry=registry,
        ocr=engine,
        settings=settings.fingerprint(),
        corrections=digest(corrections),
        context=context_digest() if engine and settings.context else None,
    )


def current(
    registry: str,
    settings: Settings,
    *,
    ocr: bool,
    corrections: Sequence[Correction] = (),
) -> ProducedBy:
    """Return what would make a result now; the OCR engine only where `ocr` says that it reads.

    Raises EnvironmentLacks where it should and cannot.
    """
    engine = None
    if ocr:
        from pipeline.read.ocr.engines import engine_of  # noqa: PLC0415  OpenCV: not for digital files

        engine = engine_of(settings).describe()
    return produced_by(engine, registry, settings, corrections)
