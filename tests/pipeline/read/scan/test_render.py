"""Pictures into pixels of 8 bits, whatever they were stored as."""

import numpy as np
import pytest
from PIL import Image

from pipeline.ingest import open_source
from pipeline.read.scan.render import render_page

GREYS = np.linspace(0, 1, 620 * 877).reshape(877, 620)


def rendered(path):
    return render_page(open_source(path, path.name), 1, 10_000_000).pixels


@pytest.fixture
def usual(tmp_path):
    path = tmp_path / "usual.png"
    Image.fromarray((GREYS * 255).round().astype(np.uint8)).save(path)
    return rendered(path)


@pytest.mark.parametrize(
    ("levels", "suffix"),
    [
        ((GREYS * 65535).astype(np.uint16), "png"),
        ((GREYS * 65535).astype(np.uint16), "tif"),
        ((GREYS * 4095).astype(np.uint16), "tif"),  # twelve bits, as cameras and scanners give
        ((GREYS * 2147483647).astype(np.int32), "tif"),
        (GREYS.astype(np.float32), "tif"),
    ],
)
def test_greys_of_more_bits_look_as_those_of_eight(tmp_path, usual, levels, suffix):
    path = tmp_path / f"deep.{suffix}"
    Image.fromarray(levels).save(path)
    assert np.abs(rendered(path).astype(int) - usual).max() <= 2
