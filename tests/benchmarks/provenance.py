"""Which state of the code a measurement was made with."""

import subprocess
from pathlib import Path

from msgspec import Struct

from pipeline import __version__

ROOT = Path(__file__).resolve().parents[2]


class Provenance(Struct, frozen=True):
    """Version, short commit and its date (ISO 8601); `changed` where code differs from the commit.

    Commit and date are "" outside a git checkout.
    """

    version: str
    commit: str
    date: str
    changed: bool


def provenance() -> Provenance:
    """Return the state of the checkout that this file lies in."""
    commit, _, date = _git("log", "-1", "--format=%h %cs").partition(" ")
    changed = _git("status", "--porcelain", "--", "pipeline", "flows", "schemas")
    return Provenance(__version__, commit, date, bool(changed))


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
