"""What axe-core finds on a page as it is shown (WCAG 2.2 AA), and whether it scrolls sideways."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


def faults(page: Page) -> list[object]:
    page.wait_for_load_state()  # sizes and contrasts are those of the style sheet
    found = page.evaluate(f"{_AXE}; axe.run(document, {_RULES})")["violations"]
    return [(fault["id"], [n["html"][:160] for n in fault["nodes"][:3]]) for fault in found]


def widths(page: Page) -> dict[int, int]:
    """How wide the page is on a screen of each width, where it is wider than that."""
    found = {}
    for width in (320, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[width] = wide
    return found
