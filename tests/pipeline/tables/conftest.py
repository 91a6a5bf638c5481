import pytest

from pipeline.tables.grid import find_grids
from schemas.geometry import Box


@pytest.fixture(params=[1.0, 2.5], ids=["points", "pixels"])
def grids(request):
    """What is found among rules that are given in points, as if they were in pixels, too."""
    unit = request.param

    def find(boxes):
        scaled = [Box(*(v * unit for v in box)) for box in boxes]
        return [
            (
                [pytest.approx(x / unit) for x in grid.xs],
                [pytest.approx(y / unit) for y in grid.ys],
                {(c.row, c.col): c for c in grid.cells},
            )
            for grid in find_grids(scaled, unit)
        ]

    return find
