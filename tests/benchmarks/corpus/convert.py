"""Lays Word documents out as PDF with LibreOffice, headless: one call for many documents."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

TIMEOUT_SECONDS = 600
# Bookmarks become named destinations: from them we learn on which page each cell begins and ends.
EXPORT = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"}}'
)


class ConversionError(RuntimeError):
    """LibreOffice is missing or did not make the PDF."""


def convert(documents: list[Path], out: Path) -> list[Path]:
    """Lay out the documents into `out`; returns the PDFs in the same order.

    Raises ConversionError where LibreOffice is missing or leaves a document out.
    """
    office = shutil.which("soffice")
    if office is None:
        raise ConversionError("soffice not found: install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as profile:
        # A profile of its own: a running LibreOffice, or its settings, must not interfere.
        command = [office, f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", EXPORT, "--outdir", str(out), *map(str, documents)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            env=os.environ | {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC"},
            check=False,
        )
    made = [out / f"{document.stem}.pdf" for document in documents]
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise ConversionError(f"LibreOffice left out {missing}: {done.stderr.strip()}")
    return made


def take_marks(path: Path) -> dict[str, int]:
    """Return the page (from 1) of each named destination, and take them and all dates out.

    What remains is the plain document, the same bytes for the same content.
    """
    with pypdfium2.PdfDocument(path) as document:
        marks = dict(_destination(document, i) for i in range(_count(document)))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for key in ("/Dests", "/Names", "/Metadata", "/OpenAction"):
            if key in pdf.Root:
                del pdf.Root[key]
        for key in ("/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        del pdf.docinfo
        pdf.save(path, deterministic_id=True)
    return marks


def _count(document: pypdfium2.PdfDocument) -> int:
    return int(pdfium.FPDF_CountNamedDests(document.raw))


def _destination(document: pypdfium2.PdfDocument, index: int) -> tuple[str, int]:
    """Return name and page; PDFium knows both places where a PDF may keep its destinations."""
    size = ctypes.c_long(0)
    pdfium.FPDF_GetNamedDest(document.raw, index, None, size)
    buffer = ctypes.create_string_buffer(size.value)
    target = pdfium.FPDF_GetNamedDest(document.raw, index, buffer, size)
    name = buffer.raw[: size.value].decode("utf-16-le").rstrip("\0")
    return name, pdfium.FPDFDest_GetDestPageIndex(document.raw, target) + 1
