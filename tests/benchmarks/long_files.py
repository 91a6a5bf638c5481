"""Long files for the measurements: the pages of a corpus's documents, over and over."""

from pathlib import Path

from tests.benchmarks.measure.documents import documents

# Which grade of a corpus a long file is made of; of scans, those with the most pixels.
_GRADES = {"digital": "digital", "scan": "clean300"}
KINDS = tuple(_GRADES)


def long_file(corpus: Path, kind: str, pages: int, folder: Path) -> Path:
    """Write a PDF of so many pages into a folder and return its path.

    `kind` is one of `KINDS`. Its documents follow one another whole, in the order of their names,
    and begin anew after the last. Raises ValueError where the corpus has none of the kind.
    """
    import pikepdf  # noqa: PLC0415  only for making files

    found = [d.path for d in documents(corpus) if d.grade == _GRADES[kind]]
    if not found:
        raise ValueError(f"{corpus} holds no document of grade {_GRADES[kind]}")
    sources = [pikepdf.open(path) for path in found]
    parts = [page for source in sources for page in source.pages]
    with pikepdf.new() as made:
        for number in range(pages):
            made.pages.append(parts[number % len(parts)])
        path = folder / f"{kind}-{pages}-pages.pdf"
        made.save(path, deterministic_id=True)
    for source in sources:
        source.close()
    return path
