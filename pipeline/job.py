"""One document as a job: what there is to do, and with what."""

from pathlib import Path

from msgspec import Struct

from pipeline.agencies import Office
from pipeline.settings import Settings
from schemas.correction import Correction


class Job(Struct, frozen=True):
    """What there is to do, and with what; it can be handed to another process.

    `source_file` is the path as the user knows it, `sha256` that of the file's content where it is
    known already, `kept` the folder in which its reading is looked for and kept, `corrections` what
    stands of what people said about it (`pipeline.correct.standing`). With `debug`, a picture of
    every page with its rules, cells, words and joins is drawn into that folder.
    """

    path: Path
    source_file: str
    settings: Settings
    office: Office
    sha256: str | None = None
    kept: Path | None = None
    debug: Path | None = None
    corrections: tuple[Correction, ...] = ()
