"""Makes the pictures of the README from the sample scan: what is seen, and what comes out.

make_pictures.py FOLDER
"""

import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.table import Table

from pipeline.agencies import shipped_office
from pipeline.extract import extract_plan
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.plan import Item, Plan

SCAN = Path(__file__).parents[1] / "samples" / "chi-lang-papi-2024-scan.pdf"
_PAGE = 3
_WIDTH = 1200  # pixels


def main(folder: Path) -> None:
    """Write `page-as-seen.jpg` and `rows.svg` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as drawn:
        plan = extract_plan(Job(SCAN, SCAN.name, Settings(), shipped_office(), debug=Path(drawn)))
        with Image.open(Path(drawn) / f"{SCAN.stem}-{_PAGE}.png") as page:
            height = round(page.height * _WIDTH / page.width)
            small = page.resize((_WIDTH, height), Image.Resampling.LANCZOS)
            small.convert("RGB").save(folder / "page-as-seen.jpg", quality=80)
    console = Console(record=True, width=150, file=sys.stderr)
    console.print(_table(plan))
    svg = console.export_svg(title="plans.xlsx, items.csv", unique_id="rows")
    # Its fonts would be fetched from elsewhere; any monospaced one will do.
    svg = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    (folder / "rows.svg").write_text(svg, "utf-8")


def _table(plan: Plan) -> Table:
    table = Table(show_lines=True)
    for header in ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Trang", "Nối dòng"):
        table.add_column(header)
    for item in plan.items:
        pages = sorted({fragment.page for fragment in item.fragments})
        if _PAGE in pages:
            table.add_row(*_cells(item, pages))
    return table


def _cells(item: Item, pages: list[int]) -> tuple[str, ...]:
    joins = "\n".join(f"{join.score:.2f} {', '.join(join.reasons[:2])}" for join in item.joins)
    lead, partners = (
        "\n".join(agency.name or agency.raw for agency in role)
        for role in (item.lead, item.partners)
    )
    when = f"{item.timeframe.raw}\n({item.timeframe.kind})"
    title = f"{item.marker}) {item.title}"
    return title, lead, partners, when, "-".join(map(str, pages)), joins


if __name__ == "__main__":
    main(Path(sys.argv[1]))
