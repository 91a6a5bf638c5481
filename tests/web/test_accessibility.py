"""Every page in both languages: no fault that axe finds, and no sideways scroll."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
PATHS = [
    "/",
    "/inbox",
    "/documents",
    "/documents/{id}",
    "/review",
    "/review/{id}",
    "/review/{id}?pass=1",
    "/groups?text=x",
    "/tasks?q=to",
    "/calendar",
    "/agencies",
    "/missing",
    "/history",
    "/health",
    "/coverage",
    "/compare",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_fault_and_no_sideways_scroll(shared, enter, path):
    address = path.format(id=shared.plan().document.id)
    joint = "&" if "?" in address else "?"
    page = enter(shared, f"{address}{joint}lang=vi")
    for lang in ("vi", "en"):
        page.goto(f"{shared.base}{address}{joint}lang={lang}")
        page.set_viewport_size({"width": 1366, "height": 768})
        faults = page.evaluate(f"{AXE}; axe.run(document, {_RULES})")["violations"]
        told = [(f["id"], [n["html"][:120] for n in f["nodes"][:3]]) for f in faults]
        assert told == []
        for width in (1366, 320):
            page.set_viewport_size({"width": width, "height": 768})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide at {width}"
