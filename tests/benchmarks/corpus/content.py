"""The content lists: programmes, places and phrases, and how their slots are filled."""

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from tests.benchmarks.corpus.model import Place

CONTENT = Path(__file__).parent / "content"


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache
def programmes(folder: str = "programmes") -> tuple[dict[str, Any], ...]:
    """Return the programmes of a folder: titles, subject and sections with their items."""
    return tuple(_load(path) for path in sorted((CONTENT / folder).glob("*.yaml")))


@lru_cache
def phrases() -> dict[str, Any]:
    """Return what all programmes share: citations, tails, notes, running text."""
    return dict(_load(CONTENT / "phrases.yaml"))


@lru_cache
def headers() -> dict[str, list[str]]:
    """Return the headers that offices use, by role."""
    return dict(_load(CONTENT / "headers.yaml"))


@lru_cache
def places() -> tuple[Place, ...]:
    """Return all places, districts first."""
    lists = _load(CONTENT / "places.yaml")
    return tuple(
        Place(entry["province"], entry["unit"], level, tuple(entry["parts"]))
        for level in ("district", "commune")
        for entry in lists[level]
    )


class Slots(Struct, frozen=True):
    """Fills the slots of a text: one number, date or citation a slot, drawn anew each time."""

    rng: random.Random
    place: Place
    year: int
    subject: str

    def fill(self, text: str) -> str:
        """Return the text with each {slot} replaced."""
        for name, draw in self._draws().items():
            while f"{{{name}}}" in text:
                text = text.replace(f"{{{name}}}", draw(), 1)
        return text

    def _draws(self) -> dict[str, Any]:
        rng, place = self.rng, self.place
        return {
            "vb": lambda: rng.choice(phrases()["citations"]),
            "nam0": lambda: str(self.year - 1),
            "nam1": lambda: str(self.year + 1),
            "nam": lambda: str(self.year),
            "cap": lambda: place.kind,
            "noi": lambda: ", ".join(rng.sample(place.parts, rng.randint(1, 2))),
            "don_vi": lambda: place.unit,
            "DON_VI": place.unit.upper,
            "chu_de": lambda: self.subject,
            "pct": lambda: rng.choice(("85%", "90%", "95%", "98,5%", "70%", "20%", "99,2%")),
            "ngay": lambda: f"{rng.randint(1, 28):02}/{rng.randint(3, 12)}/{self.year}",
            "n": lambda: str(rng.randint(2, 98)).zfill(2),
        }
