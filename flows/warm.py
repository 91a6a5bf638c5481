"""What documents need, loaded by importing this.

The server that children are forked from does: places, phrases of time and counts of syllables take
0.2 s to load, which each document of a batch would else pay in its own process; and Tesseract is
asked once where its data lie.
"""

from contextlib import suppress

import pipeline.read.pages  # noqa: F401  pdfplumber, which PDF need
from pipeline.letters.mend import load_candidates
from pipeline.read.ocr.tesseract import language_data
from pipeline.settings import Settings
from pipeline.timeframes import parse_timeframe
from pipeline.titles import parse_head
from schemas.errors import UserError
from schemas.failure import EnvironmentLacks
from schemas.geometry import Box
from schemas.page import TextLine

load_candidates()
parse_head([TextLine("UBND HUYỆN CHI LĂNG", Box(60, 60, 250, 75), 1)])
parse_timeframe("chưa nói thời gian nào", 2026)
with suppress(EnvironmentLacks, UserError):  # which is told where it is needed
    language_data(Settings.of_environment().ocr_language)
