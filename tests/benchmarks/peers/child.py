"""Runs one peer over one file: ``python child.py TOOL FILE OUT``, in the peers' own environment.

Writes to OUT, as JSON, the tables as the peer gives them: a list of [page, rows], each row a list
of texts (null where the peer has none). The options are those that the peers' authors advise in
their documentation and issue threads for ruled tables with long texts; nothing else is imported,
so that time and memory are the peer's own.
"""

import json
import re
import sys
from pathlib import Path

_NO_WORD = re.compile(r"\bNone\b[ ]?")  # what img2table writes where Tesseract found no letters


def pdfplumber(path):
    import pdfplumber as peer  # noqa: PLC0415

    with peer.open(path) as pdf:
        return [[page.page_number, rows] for page in pdf.pages for rows in page.extract_tables()]


def camelot(path):
    import camelot as peer  # noqa: PLC0415

    # "Detect short lines" of its documentation: at the default of 15, narrow cells are lost.
    tables = peer.read_pdf(path, pages="all", flavor="lattice", line_scale=40)
    return [[table.page, table.df.values.tolist()] for table in tables]


def img2table(path):
    from img2table.document import PDF  # noqa: PLC0415
    from img2table.ocr import TesseractOCR  # noqa: PLC0415

    def tables(confidence):
        # Mode 3 finds more rows here than 6 (none) and than its default of 11. The texts of digital
        # files come from their text layer, which is its default.
        return PDF(path, detect_rotation=True).extract_tables(
            ocr=TesseractOCR(n_threads=2, lang="vie", psm=3), min_confidence=confidence
        )

    try:
        found = tables(1)  # the least that it allows: its author's advice where cells are empty
    except TypeError:  # over a word without letters, which its default leaves out
        found = tables(50)
    return [
        [page + 1, [[_text(cell) for cell in row] for row in table.df.values.tolist()]]
        for page, tables in sorted(found.items())
        for table in tables
    ]


def _text(cell):
    if not isinstance(cell, str):  # an empty cell of a data frame is NaN
        return None
    return _NO_WORD.sub("", cell)


if __name__ == "__main__":
    tool, path, out = sys.argv[1:]
    tables = {"pdfplumber": pdfplumber, "camelot": camelot, "img2table": img2table}[tool](path)
    Path(out).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
