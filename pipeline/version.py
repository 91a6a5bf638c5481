"""What made a result: version, registry, OCR engine."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from pipeline.agencies import Registry
from pipeline.settings import Settings
from schemas.plan import ProducedBy
from schemas.stages import Page


def package_version() -> str:
    """Return the version of the installed distribution, "0+unknown" from a bare checkout."""
    try:
        return version("phuluc")
    except PackageNotFoundError:
        return "0+unknown"


def produced_by(pages: Sequence[Page], registry: Registry, settings: Settings) -> ProducedBy:
    """Return what made a result of these pages."""
    return current(registry, settings, ocr=any(page.method == "ocr" for page in pages))


def current(registry: Registry, settings: Settings, *, ocr: bool) -> ProducedBy:
    """Return what would make a result now; the OCR engine only where `ocr` says that it reads.

    Raises EnvironmentLacks where it should and cannot.
    """
    engine = None
    if ocr:
        from pipeline.read.tesseract import describe  # noqa: PLC0415  OpenCV: not for digital files

        engine = describe(settings.ocr_language)
    return ProducedBy(
        phuluc=package_version(),
        registry=registry.version,
        ocr=engine,
        settings=settings.fingerprint(),
    )
