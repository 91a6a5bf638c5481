from pathlib import Path

from pipeline.dataset.dictionary import dictionary
from schemas.dataset import TABLES

WRITTEN = Path(__file__).parents[3] / "docs" / "data-dictionary.md"


def test_the_dictionary_is_up_to_date():
    assert WRITTEN.read_text("utf-8") == dictionary(), (
        "run: python -m pipeline.dataset.dictionary > docs/data-dictionary.md"
    )


def test_every_column_is_described():
    for spec in TABLES:
        infos = spec.row.model_fields.values()
        assert all(info.title and info.description for info in infos), spec.name
        assert len({info.title for info in infos}) == len(infos), spec.name
        assert len(spec.title_vi) <= 31
        assert not set(spec.title_vi) & set("[]:*?/\\")
