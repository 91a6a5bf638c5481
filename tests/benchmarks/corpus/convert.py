"""Lays Word documents out as PDF with LibreOffice, headless: one call for many documents."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf

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
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pages = {page.objgen: i for i, page in enumerate(pdf.pages, start=1)}
        marks = {name: pages[target] for name, target in _destinations(pdf)}
        for key in ("/Names", "/Dests", "/Metadata", "/OpenAction"):
            if key in pdf.Root:
                del pdf.Root[key]
        del pdf.docinfo
        pdf.save(path, deterministic_id=True)
    return marks


def _destinations(pdf: pikepdf.Pdf) -> list[tuple[str, tuple[int, int]]]:
    found = []
    for name, value in (pdf.Root.get("/Dests") or {}).items():
        target = value["/D"] if isinstance(value, pikepdf.Dictionary) else value
        found.append((str(name).lstrip("/"), target[0].objgen))
    tree = pdf.Root.get("/Names", {}).get("/Dests") if "/Names" in pdf.Root else None
    if tree is not None:
        for name, value in pikepdf.NameTree(tree).items():
            target = value["/D"] if isinstance(value, pikepdf.Dictionary) else value
            found.append((str(name), target[0].objgen))
    return found
