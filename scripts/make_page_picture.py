"""Makes the picture of the review page for the README, of a scan among the samples.

make_page_picture.py FOLDER; needs Debian's Chromium, as tests do.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.web.office import Served, make_folder, start, stop

SCAN = Path(__file__).parents[1] / "samples" / "corpus" / "dotted-rules-rh-fax200.pdf"
_CHROMIUM = "/usr/bin/chromium"
_SIZE = (1440, 900)  # pixels


def main(folder: Path) -> None:
    """Write `review-page.jpg` into the folder."""
    with tempfile.TemporaryDirectory() as office:
        served = start(make_folder(Path(office) / "office", SCAN))
        try:
            picture = _seen(served)
        finally:
            stop(served)
    with Image.open(io.BytesIO(picture)) as page:
        page.convert("RGB").save(folder / "review-page.jpg", quality=70)


def _seen(served: Served) -> bytes:
    with sync_playwright() as play, play.chromium.launch(executable_path=_CHROMIUM) as browser:
        page = browser.new_page(viewport={"width": _SIZE[0], "height": _SIZE[1]})
        page.goto(served.entry)
        page.goto(f"{served.base}/review/{served.plan(SCAN.stem).document.id}")
        page.wait_for_load_state("networkidle")
        return page.screenshot()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
