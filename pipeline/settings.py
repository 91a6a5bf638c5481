"""Settings of the pipeline; each may be given in the environment as PHULUC_<NAME>."""

import hashlib
import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an office may want to change. Defaults suit two cores and A4 scans."""

    model_config = SettingsConfigDict(env_prefix="PHULUC_", frozen=True)

    ocr_language: str = Field("vie", description="Tesseract language data")
    ocr_timeout: int = Field(120, description="seconds that one page may take")
    workers: int = Field(os.cpu_count() or 1, ge=1, description="pages read side by side")
    max_pixels: int = Field(60_000_000, description="largest page that is rendered, in pixels")
    join_rows: bool = Field(True, description="put rows that a page break cut together again")
    join_threshold: float = Field(0.5, ge=0, le=1, description="rows at or above it are joined")
    agency_accept: float = Field(0.93, ge=0, le=1, description="matches at or above are accepted")
    agency_review: float = Field(0.75, ge=0, le=1, description="matches below stay unresolved")

    def fingerprint(self) -> str:
        """Return a digest of the settings that can change a result, as 12 hex digits."""
        shown = self.model_dump_json(exclude={"workers", "ocr_timeout", "max_pixels"})
        return hashlib.sha256(shown.encode()).hexdigest()[:12]
