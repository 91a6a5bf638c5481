"""Which engine reads: another one is a module of its own and a line here."""

from pipeline.read.ocr.engine import OcrEngine
from pipeline.read.ocr.tesseract import Tesseract
from pipeline.settings import Settings


def engine_of(settings: Settings) -> OcrEngine:
    """Return the engine that reads scans: Tesseract with the data that the settings name."""
    return Tesseract(settings.ocr_language)
