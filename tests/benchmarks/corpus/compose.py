"""Composes a plan from the content lists: what it says, all drawn from one seeded generator."""

import random
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tests.benchmarks.corpus import agencies, content, numbering, others, timeframes
from tests.benchmarks.corpus.layouts import Layout, load_layouts
from tests.benchmarks.corpus.model import Agencies, Appendix, Item, Place, Plan, Section, Task, When

TAIL_CHANCE = 0.2
COMMUNE_CHANCE = 0.35
PLAIN_SENTENCE_CHANCE = 0.3  # a content cell without a title
EXTRA_CHANCE = 0.6
MERGE_CHANCE = 0.6
SAME_AGENCY_CHANCE = 0.05  # lead and partner in one row
NO_PARTNER_CHANCE = 0.06
LONG_ROW_TASKS = (13, 17)  # enough for three pages of a portrait table


class _Draft(Struct, frozen=True):
    """What is common to all rows while they are drawn."""

    rng: random.Random
    layout: Layout
    place: Place
    year: int
    slots: content.Slots


def compose(layout: Layout, rng: random.Random) -> Plan:
    """Return a plan for the layout; the same state of `rng` gives the same plan."""
    level = "commune" if rng.random() < COMMUNE_CHANCE else "district"
    place = rng.choice([p for p in content.places() if p.level == level])
    year = rng.choice((2025, 2026) if level == "commune" else (2022, 2023, 2024))
    programme = rng.choice(content.programmes(layout.programmes))
    slots = content.Slots(rng, place, year, programme["subject"])
    month = rng.randint(7, 11) if (level, year) == ("commune", 2025) else rng.randint(1, 5)
    before = year != 2025 and rng.random() < 0.2
    layouts = [layout] + ([load_layouts()[layout.second]] if layout.second else [])
    appendices = []
    for i, each in enumerate(layouts):
        draft = _Draft(rng, each, place, year, slots)
        marker = numbering.ROMAN[i] if len(layouts) > 1 else ""
        appendices.append(_appendix(draft, programme, marker))
        programme = rng.choice(
            [p for p in content.programmes(layout.programmes) if p is not programme]
        )
    return Plan(
        place=place,
        year=year,
        issued_year=year - 1 if before else year,
        month=12 if before else month,
        day=rng.randint(1, 28) if rng.random() < 0.7 else "",
        number=str(rng.randint(12, 389)) if rng.random() < 0.6 else "",
        subject=slots.subject,
        appendices=tuple(appendices),
        body=tuple(slots.fill(text) for text in content.phrases()["body"]) if layout.body else (),
    )


def _appendix(draft: _Draft, programme: dict[str, Any], marker: str) -> Appendix:
    rng, layout = draft.rng, draft.layout
    if layout.form == "other":
        title = others.draw_title(rng, layout, draft.year)
        texts = others.draw_rows(rng, layout, draft.place)
        return Appendix(marker, title, layout.name, (), (), texts)
    title = draft.slots.fill(rng.choice(programme["titles"]))
    if layout.form != "table":
        return Appendix(marker, title, layout.name, (), ())
    chosen = _choose(rng, programme, layout)
    sections, groups = _sections(layout, chosen)
    entries = [(at, entry) for at, items in groups for entry in items]
    shared = _shares(rng, layout, [at for at, _ in entries])
    markers = _markers(rng, layout, sections, [at for at, _ in entries], shared)
    long = set(rng.sample(range(len(entries)), min(layout.long_rows, len(entries))))
    items: list[Item] = []
    for i, (at, entry) in enumerate(entries):
        item = _item(draft, entry, at, markers[i], is_long=i in long)
        items.append(_share(items[-1], item, layout.merge_down) if shared[i] else item)
    return Appendix(marker, title, layout.name, tuple(sections), tuple(items))


def _markers(
    rng: random.Random,
    layout: Layout,
    sections: list[Section],
    places: list[int | None],
    shared: list[bool],
) -> list[str]:
    """Return the marker of every row; a row whose number cell is merged has the one above's."""
    joined = [s and "index" in layout.merge_down for s in shared]
    counted = [at for at, j in zip(places, joined, strict=True) if not j]
    groups = [list(group) for _, group in groupby(counted)]
    fresh = iter(
        numbering.item_markers(
            rng,
            style=layout.item_marker,
            numbering=layout.numbering,
            counts=[len(group) for group in groups],
            sections=[sections[g[0]].marker if g[0] is not None else "" for g in groups],
        )
    )
    markers: list[str] = []
    for is_joined in joined:
        markers.append(markers[-1] if is_joined else next(fresh))
    return markers


def _choose(
    rng: random.Random, programme: dict[str, Any], layout: Layout
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return sections with their items; where one has too few, others lend theirs."""
    sections = programme["sections"]
    sections = [
        sections[i]
        for i in sorted(rng.sample(range(len(sections)), min(layout.section_count, len(sections))))
    ]
    others = [p for p in content.programmes(layout.programmes) if p is not programme]
    spare = [item for p in others for section in p["sections"] for item in section["items"]]
    rng.shuffle(spare)
    chosen = []
    for section in sections:
        want = rng.randint(*layout.section_items)
        own = section["items"][:want]
        chosen.append((section["title"], own + [spare.pop() for _ in range(want - len(own))]))
    return chosen


def _sections(
    layout: Layout, chosen: list[tuple[str, list[dict[str, Any]]]]
) -> tuple[list[Section], list[tuple[int | None, list[dict[str, Any]]]]]:
    """Return the headings, and the items grouped beneath the innermost of them."""
    if layout.sections == "none":
        return [], [(None, [item for _, items in chosen for item in items])]
    sections: list[Section] = []
    groups: list[tuple[int | None, list[dict[str, Any]]]] = []
    if layout.subsections:
        for i in range(0, len(chosen), 2):
            parent = len(sections)
            marker = numbering.section_marker(layout.section_marker, i // 2)
            sections.append(Section(marker, GROUP_TITLES[i // 2 % len(GROUP_TITLES)]))
            for j, (title, items) in enumerate(chosen[i : i + 2]):
                groups.append((len(sections), items))
                sections.append(Section(str(j + 1), title, parent))
        return sections, groups
    for i, (title, items) in enumerate(chosen):
        groups.append((i, items))
        sections.append(Section(numbering.section_marker(layout.section_marker, i), title))
    return sections, groups


GROUP_TITLES = (
    "NHÓM NHIỆM VỤ TRỌNG TÂM",
    "NHÓM NHIỆM VỤ THƯỜNG XUYÊN",
    "NHÓM NHIỆM VỤ PHỐI HỢP",
)


def _item(
    draft: _Draft, entry: dict[str, Any], section: int | None, marker: str, *, is_long: bool
) -> Item:
    roles = {column.role for column in draft.layout.columns}
    title, lead_in, texts = _wording(draft, entry, is_long=is_long)
    lead, partner = _agencies(draft)
    when = timeframes.draw(draft.rng, draft.year)
    return Item(
        section=section,
        marker=marker,
        title=draft.slots.fill(title),
        lead_in=draft.slots.fill(lead_in) if lead_in else None,
        tasks=_tasks(draft, texts),
        lead=lead,
        partner=partner if roles & {"partner", "roles"} else Agencies("", ()),
        time=when if "time" in roles else When("", "unknown"),
        deliverable=_product(draft, entry) if "deliverable" in roles else None,
        extra=_extra(draft),
    )


def _wording(
    draft: _Draft, entry: dict[str, Any], *, is_long: bool
) -> tuple[str, str | None, list[str]]:
    """Return title, lead-in and tasks, as the layout's columns can show them."""
    rng, layout = draft.rng, draft.layout
    title, lead_in, texts = entry["title"], entry.get("lead_in"), list(entry["tasks"])
    if is_long:
        texts += rng.sample(_all_tasks(draft.layout.programmes), rng.randint(*LONG_ROW_TASKS))
    if layout.long_titles and len(texts) > 1 and not lead_in:
        title, texts = texts[0], texts[1:2]
    if any(column.role == "content" for column in layout.columns):
        # One content column: a title before a colon, or a sentence that must not look like one.
        lead_in = None
        plain = [text for text in texts if ":" not in text]
        if plain and not is_long and rng.random() < PLAIN_SENTENCE_CHANCE:
            title, texts = "", [rng.choice(plain)]
    return title, lead_in if len(texts) > 1 else None, texts


def _agencies(draft: _Draft) -> tuple[Agencies, Agencies]:
    rng = draft.rng
    lead = agencies.draw(rng, draft.place, rng.choices((1, 2, 3), (65, 27, 8))[0])
    exclude = () if rng.random() < SAME_AGENCY_CHANCE else lead.names
    count = rng.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]
    partner = agencies.draw(rng, draft.place, count, exclude=exclude)
    return lead, partner if rng.random() > NO_PARTNER_CHANCE else Agencies("", ())


def _all_tasks(folder: str) -> list[str]:
    return [
        task
        for programme in content.programmes(folder)
        for section in programme["sections"]
        for item in section["items"]
        if "lead_in" not in item
        for task in item["tasks"]
    ]


def _tasks(draft: _Draft, texts: list[str]) -> tuple[Task, ...]:
    rng = draft.rng
    filled = []
    for text in texts:
        tail = rng.choice(content.phrases()["tails"]) if rng.random() < TAIL_CHANCE else ""
        filled.append(draft.slots.fill(text + tail))
    middle = rng.choice((";", ";", ".", ""))
    last = rng.choice((".", ".", "", ";"))
    levels = [0] * len(filled)
    if draft.layout.bullets == "plus" and len(filled) > 2:
        levels = [0] + [rng.choice((0, 1, 1)) for _ in filled[1:]]
    return tuple(
        Task(text + (last if i == len(filled) - 1 else middle), levels[i])
        for i, text in enumerate(filled)
    )


def _product(draft: _Draft, entry: dict[str, Any]) -> str:
    return draft.slots.fill(entry.get("product") or draft.rng.choice(content.phrases()["products"]))


def _extra(draft: _Draft) -> dict[str, str]:
    rng, result = draft.rng, {}
    for column in draft.layout.columns:
        if column.role == "extra":
            pools = content.phrases()["extras"]
            pool = next(p for start, p in pools.items() if column.header.lower().startswith(start))
            filled = rng.random() < EXTRA_CHANCE
            result[column.header] = draft.slots.fill(rng.choice(pool)) if filled else ""
    return result


def _shares(rng: random.Random, layout: Layout, places: list[int | None]) -> list[bool]:
    """Return for each row whether cells are merged with the row above, of the same section."""
    return [
        bool(layout.merge_down) and i > 0 and places[i - 1] == at and rng.random() < MERGE_CHANCE
        for i, at in enumerate(places)
    ]


def _share(above: Item, item: Item, merge_down: tuple[str, ...]) -> Item:
    """Return the item with the merged cells of the one above it."""
    taken = {
        name: getattr(above, name) for name in ("title", "lead", "partner", "time")
        if name in merge_down
    }  # fmt: skip
    return replace(item, share=frozenset(merge_down), **taken)
