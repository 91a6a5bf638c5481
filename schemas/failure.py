"""What can go wrong with a document, and how it is told.

``PhulucError``             a document cannot be done; carries a code of `FailureCode`
└── ``EnvironmentLacks``    because this machine lacks something that can be installed

The words for people (Vietnamese and English) are data: `pipeline/knowledge/messages.yaml`.
"""

from enum import StrEnum
from functools import partial
from typing import Any

from schemas.plan import Record


class FailureCode(StrEnum):
    """Why a document could not be done."""

    EMPTY_FILE = "empty_file"
    UNSUPPORTED_FILE = "unsupported_file"
    DAMAGED_FILE = "damaged_file"
    PASSWORD_PROTECTED = "password_protected"
    TOO_LARGE = "too_large"
    TESSERACT_MISSING = "tesseract_missing"
    LANGUAGE_MISSING = "language_missing"
    LIBREOFFICE_MISSING = "libreoffice_missing"
    OCR_FAILED = "ocr_failed"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    INTERNAL = "internal"


class PhulucError(Exception):
    """A document cannot be done. `details` fill the places of the message's text.

    `stage` is one of ingest, read, tables, stitch, interpret, dataset; `page` counts from 1.
    """

    def __init__(
        self, code: FailureCode, *, stage: str, page: int | None = None, **details: Any
    ) -> None:
        self.code = code
        self.stage = stage
        self.page = page
        self.details = details
        super().__init__(f"{code} at {stage}: {details}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled with all that it tells: pages are read in processes of their own."""
        return partial(type(self), self.code, stage=self.stage, page=self.page, **self.details), ()


class EnvironmentLacks(PhulucError):  # noqa: N818  reads as what it says
    """The machine lacks something (Tesseract, language data); the exit code is 3."""


class Failure(Record):
    """A document's named error, as written to `failed/<source name>.json`.

    `message` says what and why, `hint` what to do; English, and the same in Vietnamese.
    `environment` is true where the machine, not the document, is at fault.
    """

    source_file: str
    code: FailureCode
    stage: str
    page: int | None
    message: str
    hint: str
    message_vi: str
    hint_vi: str
    environment: bool = False
