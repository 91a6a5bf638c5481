"""Runs one peer over one file: ``python child.py TOOL FILE OUT``, within the peers' own environment.

Writes to OUT, as JSON, the tables as the peer gives them: a list of [page, rows], each row a list
of texts (null where the peer has none). The options are those that the peers' authors advise in
their documentation and issue threads for ruled tables with long texts; nothing else is imported,
so that time and memory are the peer's own.
"""

import json
import sys
from pathlib import Path


def pdfplumber(path):
    import pdfplumber as peer

    with peer.open(path) as pdf:
        return [[page.page_number, rows] for page in pdf.pages for rows in page.extract_tables()]


def camelot(path):
    import camelot as peer

    # "Detect short lines" of its documentation: at the default of 15, narrow cells are lost.
    tables = peer.read_pdf(path, pages="all", flavor="lattice", line_scale=40)
    return [[table.page, table.df.values.tolist()] for table in tables]


def img2table(path):
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    # The least confidence that it allows, as its author advises where cells come out empty; the cells that a digital
    # file has in its text layer are taken from there, which is the default.
    found = PDF(path, detect_rotation=True).extract_tables(
        ocr=TesseractOCR(n_threads=2, lang="vie"), min_confidence=1
    )
    return [
        [page + 1, [[_text(cell) for cell in row] for row in table.df.values.tolist()]]
        for page, tables in sorted(found.items())
        for table in tables
    ]


def _text(cell):
    return cell if isinstance(cell, str) else None  # an empty cell of a data frame is NaN


if __name__ == "__main__":
    tool, path, out = sys.argv[1:]
    tables = {"pdfplumber": pdfplumber, "camelot": camelot, "img2table": img2table}[tool](path)
    Path(out).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
