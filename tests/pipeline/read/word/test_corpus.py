"""Plans that are composed with known truth, as the Word files that they are laid out from."""

import pytest

for name in ("docx", "img2pdf", "pikepdf"):
    pytest.importorskip(name, reason="needed to build the corpus only")

from pipeline.agencies import shipped_office  # noqa: E402
from pipeline.extract import extract_plan  # noqa: E402
from pipeline.job import Job  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.benchmarks.corpus import build, truth  # noqa: E402
from tests.benchmarks.corpus.layouts import load_layouts  # noqa: E402
from tests.benchmarks.measure.content import content_tally  # noqa: E402


class _FirstPage(dict[str, int]):
    """The pages of bookmarks: a Word file has none, so that all of it stands on the first."""

    def __contains__(self, _: object) -> bool:
        return True

    def __missing__(self, _: str) -> int:
        return 1


FEW = ("two-row-header", "merged-roles", "numbered-bullets", "two-appendices", "empty-form")


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(each, marks=() if each in FEW else (pytest.mark.slow,))
        for each in load_layouts()
    ],
)
def test_every_row_is_exact(layout, tmp_path):
    (job,) = build.jobs(5, 1, [layout], [build.DIGITAL])
    composed, styles = build._write(job, tmp_path)
    path = tmp_path / f"{job.name}.docx"
    gold = truth.gold(composed, styles, _FirstPage(), {"layout": layout, "page_count": 1})
    plan = extract_plan(Job(path, path.name, Settings(), shipped_office()))
    tally = content_tally(gold, plan.model_dump(mode="json"))
    assert (tally.found, tally.matched, tally.exact) == (tally.items,) * 3
    assert tally.errors == 0
    assert tally.accepted_right == tally.accepted
