"""Times of a plan with their truth, by the rules of the published contract."""

import calendar
import random
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.corpus.model import When

CONTENT = Path(__file__).parent / "content"
ROMAN_QUARTERS = ("I", "II", "III", "IV")


@lru_cache
def load_forms() -> tuple[dict[str, Any], ...]:
    """Return the forms of timeframes.yaml."""
    text = (CONTENT / "timeframes.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))


def _month_last(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def fill(form: dict[str, Any], *, year: int, month: int, day: int) -> When:
    """Return the form with its slots filled; the quarter is that of the month."""
    quarter = (month + 2) // 3
    words = {
        "Y": str(year),
        "Y1": str(year + 1),
        "q": ROMAN_QUARTERS[quarter - 1],
        "m": str(month),
        "mm": f"{month:02}",
        "dd": f"{day:02}",
    }
    dates = {
        "month_first": date(year, month, 1).isoformat(),
        "month_last": _month_last(year, month),
        "quarter_first": date(year, 3 * quarter - 2, 1).isoformat(),
        "quarter_last": _month_last(year, 3 * quarter),
        "before_month": (date(year, month, 1) - timedelta(days=1)).isoformat(),
        "day": date(year, month, day).isoformat(),
    }

    def value(name: str) -> str | None:
        raw = form.get(name)
        return None if raw is None else dates.get(raw) or raw.format(**words)

    return When(
        text=form["text"].format(**words),
        kind=form["kind"],
        start=value("start"),
        end=value("end"),
        recurrence=form.get("recurrence"),
    )


def draw(rng: random.Random, year: int) -> When:
    """Return a time for a plan of that year, forms drawn by their weight."""
    forms = load_forms()
    form = rng.choices(forms, [f["weight"] for f in forms])[0]
    return fill(form, year=year, month=rng.randint(3, 11), day=rng.randint(1, 28))
