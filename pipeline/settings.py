"""Settings of the pipeline; each may be given in the environment as PHULUC_<NAME>."""

import hashlib
import os
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import UserError

_PREFIX = "PHULUC_"


class SettingError(UserError):
    """A variable of the environment whose value cannot be used."""


_WRONG: dict[Any, str] = {int: "setting_int", float: "setting_float", bool: "setting_bool"}


class Settings(BaseModel):
    """What an office may want to change. Defaults suit two cores and A4 scans."""

    model_config = ConfigDict(frozen=True)

    ocr_language: str = Field("vie", description="Tesseract language data")
    ocr_timeout: int = Field(120, ge=1, description="seconds that one page may take")
    workers: int = Field(os.cpu_count() or 1, ge=1, description="pages read side by side")
    max_pixels: int = Field(
        60_000_000, ge=1, description="largest page that is rendered, in pixels"
    )
    context: bool = Field(True, description="mend letters of scanned text by the words around them")
    join_rows: bool = Field(True, description="put rows that a page break cut together again")
    join_threshold: float = Field(0.5, ge=0, le=1, description="rows at or above it are joined")
    agency_accept: float = Field(0.93, ge=0, le=1, description="matches at or above are accepted")
    agency_review: float = Field(0.75, ge=0, le=1, description="matches below stay unresolved")

    @classmethod
    def of_environment(cls, **given: Any) -> Self:
        """Return the settings as the environment has them, but for those that are given.

        Raises SettingError for the first variable that cannot be used. (pydantic-settings would do,
        but loading it costs a twentieth of a run over one page.)
        """
        variables = {name: f"{_PREFIX}{name.upper()}" for name in cls.model_fields}
        found = {name: os.environ[v] for name, v in variables.items() if v in os.environ}
        try:
            return cls.model_validate(found | given)
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            if name in given:
                raise
            key = _WRONG[cls.model_fields[name].annotation]
            raise SettingError(key, variable=variables[name], value=found[name]) from error

    def fingerprint(self) -> str:
        """Return a digest of the settings that can change a result, as 12 hex digits."""
        shown = self.model_dump_json(exclude={"workers", "ocr_timeout", "max_pixels"})
        return hashlib.sha256(shown.encode()).hexdigest()[:12]
