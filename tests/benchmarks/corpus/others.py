"""Tables that hold no tasks: statistics, scores, budgets, lists of people, comments, …"""

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.corpus.layouts import Layout
from tests.benchmarks.corpus.model import Place
from tests.benchmarks.corpus.rows import CellText, Paragraph, TableRow, header_rows

_CONTENT = Path(__file__).parent / "content" / "others.yaml"
_ROWS = (24, 60)  # two pages at least


@lru_cache
def _content() -> dict[str, Any]:
    return dict(yaml.safe_load(_CONTENT.read_text(encoding="utf-8")))


def draw_title(rng: random.Random, layout: Layout, year: int) -> str:
    """Return a title for a table of the layout."""
    titles: list[str] = _content()["titles"][layout.name]
    return rng.choice(titles).replace("<year>", str(year))


def draw_rows(rng: random.Random, layout: Layout, place: Place) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of the layout, a text a column: the truth."""
    return tuple(
        tuple(_cell(rng, column.role, number, place) for column in layout.columns)
        for number in range(1, rng.randint(*_ROWS) + 1)
    )


def _cell(rng: random.Random, role: str, number: int, place: Place) -> str:
    pools = _content()["pools"]
    makers: dict[str, Callable[[], str]] = {
        "index": lambda: str(number),
        "number": lambda: f"{rng.randint(1, 98_000):,}".replace(",", "."),
        "score": lambda: f"{rng.randint(0, 19) / 4:g}".replace(".", ","),
        "percent": lambda: f"{rng.randint(20, 1300) / 10}%".replace(".", ","),
        "person": lambda: " ".join(rng.choice(pools[p]) for p in ("family", "middle", "given")),
        "born": lambda: (
            f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(1962, 2001)}"
        ),
        "place": lambda: f"UBND {rng.choice(place.parts)}",
        "phone": lambda: (
            f"0{rng.randint(321, 989)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}"
        ),
        "few": lambda: f"{rng.randint(1, 30):02}",
        "years": lambda: f"{(first := rng.randint(2021, 2025))}-{first + rng.randint(1, 3)}",
        "symbol": lambda: f"{rng.randint(1, 900)}/{rng.choice(('QĐ', 'KH', 'BC', 'CV'))}-UBND",
    }
    return makers[role]() if role in makers else str(rng.choice(pools[role]))


def table_rows(
    rows: tuple[tuple[str, ...], ...], layout: Layout, headers: tuple[str, ...]
) -> list[TableRow]:
    """Return header and body as they are printed."""
    body = [
        TableRow(
            tuple(
                CellText((Paragraph(text, align=column.align),))
                for text, column in zip(row, layout.columns, strict=True)
            )
        )
        for row in rows
    ]
    return [*header_rows(layout, headers), *body]
