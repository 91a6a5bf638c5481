"""Plans made anew of kept readings: what is not known without one is said to be unknown."""

from pipeline.agencies.registry.office import shipped_office
from pipeline.dataset.plans import read_plan
from pipeline.dataset.review import doubts_of
from pipeline.settings import Settings
from tests.web.office import SAMPLES
from web.state.understanding import Understanding


def test_the_doubts_as_read_of_a_corrected_plan_are_unknown_without_its_reading(tmp_path):
    plan = read_plan(SAMPLES / "expected" / "plans" / "chi-lang-papi-2024.json")
    understanding = Understanding(tmp_path, Settings())
    assert understanding.doubts_as_read(plan, shipped_office()) == list(doubts_of(plan))
    by = plan.produced_by.model_copy(update={"corrections": "0123456789ab"})
    corrected = plan.model_copy(update={"produced_by": by})
    assert understanding.doubts_as_read(corrected, shipped_office()) is None
