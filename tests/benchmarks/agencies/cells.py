"""Cells of agencies with known truth, of every kind that plans show."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agencies import IssuerContext, shipped_office
from tests.benchmarks.agencies.names import (
    CONTEXTS,
    Written,
    draw,
    is_one_of_a_kind,
    listed,
    places,
    pool,
)

SEPARATORS = (
    "; ",
    ", ",
    "\n",
    ";\n",
    ",\n",
    " và ",
    " & ",
    ". ",
    " + ",
    "\n- ",
    "; và ",
    " ;",
    ",",
)


class Case(Struct, frozen=True):
    """A cell and what it means: ids of agencies, or "!" and the text of an unknown name.

    `partners` is None where the cell knows no roles; `units` None where they are not compared.
    """

    kind: str
    text: str
    context: IssuerContext
    truth: tuple[str, ...]
    partners: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None


def _joined(rng: random.Random, parts: Sequence[Written]) -> str:
    text = parts[0].text
    separator = rng.choice(SEPARATORS)
    for part in parts[1:]:
        if rng.random() < 0.25:
            separator = rng.choice(SEPARATORS)
        text += separator + part.text
    return text + rng.choice(("", "", "", ".", ";", " ."))


def _keys(parts: Iterable[Written]) -> tuple[str, ...]:
    return tuple(part.key for part in parts)


# Each maker draws one cell of its kind; None where the draw came to nothing.
def _one(rng: random.Random, context: IssuerContext) -> Case:
    parts = draw(rng, context, 1)
    return Case("one name", parts[0].text, context, _keys(parts))


def _list(rng: random.Random, context: IssuerContext) -> Case:
    parts = draw(rng, context, rng.choice((2, 2, 2, 3, 3, 4, 5)))
    return Case("list", _joined(rng, parts), context, _keys(parts))


def _wrapped(rng: random.Random, context: IssuerContext) -> Case:
    """Lists in narrow columns, where lines break anywhere."""
    case = _list(rng, context)
    lines = [
        line
        for paragraph in case.text.split("\n")
        for line in textwrap.wrap(paragraph, rng.randint(14, 30), break_long_words=False)
    ]
    return replace(case, kind="narrow column", text="\n".join(lines))


def _unparted(rng: random.Random, context: IssuerContext) -> Case:
    """Names one behind the other, what parted them lost."""
    parts = draw(rng, context, 2)
    return Case("nothing between", " ".join(p.text for p in parts), context, _keys(parts))


def _typed(rng: random.Random, context: IssuerContext) -> Case:
    """Typists' habits: capitals, the new places of tones, kinds of hyphen, NFD."""
    case = _list(rng, context)
    habits: tuple[Callable[[str], str], ...] = (
        str.upper, _new_tones, _dashes, lambda text: unicodedata.normalize("NFD", text),
    )  # fmt: skip
    return replace(case, kind="typists' habits", text=rng.choice(habits)(case.text))


def _new_tones(text: str) -> str:
    for old, new in (
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("ọa", "oạ"),
        ("ủy", "uỷ"),
        ("úy", "uý"),
    ):
        text = text.replace(old, new)
    return text


def _dashes(text: str) -> str:
    return text.replace(" - ", " – ").replace("-", "–")


def _without_tones(rng: random.Random, context: IssuerContext) -> Case:
    case = _list(rng, context)
    decomposed = unicodedata.normalize("NFD", case.text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return replace(case, kind="no tones", text=text)


def _places_listed(rng: random.Random, context: IssuerContext) -> Case:
    count = rng.choice((2, 2, 3, 4))
    units = rng.sample(places("commune"), count)
    head, key = rng.choice(
        (("UBND", "ubnd-cap-xa"), ("Ủy ban nhân dân", "ubnd-cap-xa"), ("Công an", "cong-an-cap-xa"))
    )
    if rng.random() < 0.5:
        kind = rng.choice(("xã", "phường"))
        units = [
            f"{kind} {u.split(' ', 2 if u.startswith(('thị trấn', 'đặc khu')) else 1)[-1]}"
            for u in units
        ]
        names = [u.removeprefix(f"{kind} ") for u in units]
        text = f"{head} các {kind}" + rng.choice((" ", ": ")) + _series(rng, names)
    else:
        text = f"{head} {_series(rng, units)}"
    return Case("head of places once", text, context, (key,) * count, units=tuple(units))


def _series(rng: random.Random, names: Sequence[str]) -> str:
    if rng.random() < 0.5:
        return ", ".join(names)
    return ", ".join(names[:-1]) + " và " + names[-1]


def _heads_left_off(rng: random.Random, context: IssuerContext) -> Case | None:
    head = {"province": "Sở ", "district": "Phòng ", "commune": "Phòng "}[str(context.level)]
    heard = {w.key: w for w in pool(context) if w.text.startswith(head) and w.text == _name(w.key)}
    count = rng.choice((2, 3, 3, 4))
    if len(heard) < count:
        return None
    parts = [heard[k] for k in rng.sample(sorted(heard), count)]
    # A list that is parted by commas cannot be read where its names hold commas themselves.
    separator = "; " if any("," in p.text for p in parts) else ", "
    names = [p.text.removeprefix(head) for p in parts]
    start = rng.choice(
        (
            head,
            f"Các {head.strip().lower()}: ",
            f"Các {head.strip().lower()} ",
            f"các {head.strip()}: ",
        )
    )
    return Case("head once", start + separator.join(names), context, _keys(parts))


def _name(key: str) -> str:
    return shipped_office().registry().entries[key].name


def _roles(rng: random.Random, context: IssuerContext) -> Case:
    parts = draw(rng, context, rng.choice((2, 3, 3, 4)))
    lead, partners = parts[:1], parts[1:]
    many = rng.choice((", ", "; ")).join(p.text for p in partners)
    text = rng.choice(
        (
            "Chủ trì: {a}. Phối hợp: {b}",
            "Chủ trì: {a}; Phối hợp: {b}",
            "Chủ trì: {a}\nPhối hợp: {b}",
            "Cơ quan chủ trì: {a}\nCơ quan phối hợp: {b}",
            "Đơn vị chủ trì: {a}; đơn vị phối hợp: {b}",
            "{a} chủ trì; {b} phối hợp",
            "{a} chủ trì, phối hợp với {b}",
            "{a} (chủ trì); {c}",
            "- Chủ trì: {a}.\n- Phối hợp: {b}.",
            "CQ chủ trì: {a}; CQ phối hợp: {b}",
        )
    ).format(a=lead[0].text, b=many, c="; ".join(f"{p.text} (phối hợp)" for p in partners))
    return Case("both roles", text, context, _keys(lead), partners=_keys(partners))


def _remarks(rng: random.Random, context: IssuerContext) -> Case:
    remarks = (
        "(CĐT)",
        "(thẩm định)",
        "(GPMB)",
        "(đầu mối)",
        "(theo lĩnh vực phụ trách)",
        "(tổng hợp)",
        "[1]",
        "(*)",
    )
    parts = draw(rng, context, rng.choice((1, 2, 3)))
    text = rng.choice(("; ", ", ", "\n")).join(f"{p.text} {rng.choice(remarks)}" for p in parts)
    return Case("remarks in brackets", text, context, _keys(parts))


def _other_units(rng: random.Random, context: IssuerContext) -> Case:
    """Agencies of units that are named."""
    entries = shipped_office().registry().entries.values()
    if (context.issued or date.max) <= date(2025, 6, 30):
        level, where = rng.choice(
            (("district", rng.choice(places("district"))), ("province", "tỉnh Bắc Kạn"))
        )
    else:
        level, where = "commune", rng.choice(places("commune"))
    fitting = [
        e for e in entries
        if e.level == level and e.existed(context.issued) and e.kind in ("agency", "unit", "front")
        and _is_plain(e.name)
    ]  # fmt: skip
    chosen = rng.sample(fitting, 2)
    text = "; ".join(f"{e.name} {where}" for e in chosen)
    return Case("unit named", text, context, tuple(e.id for e in chosen), units=(where, where))


def _is_plain(name: str) -> bool:
    """Return whether a place may follow the name: it holds no word for a level itself."""
    words = {"huyện", "tỉnh", "xã", "ủy", "tỉnh.", "vực", "sở", "HĐND", "chi"}
    return not words & set(name.lower().split()) or name.startswith(("Bảo hiểm xã", "Hội"))


def _unknown(rng: random.Random, context: IssuerContext) -> Case:
    near = rng.random() < 0.6
    name = rng.choice(listed("unknown.yaml")["near" if near else "far"])
    parts = draw(rng, context, rng.choice((0, 1, 2)))
    parts.insert(rng.randint(0, len(parts)), Written(f"!{name}", name))
    text = rng.choice(("; ", ";\n")).join(p.text for p in parts)
    return Case("unknown, near" if near else "unknown, far", text, context, _keys(parts))


def _made_up(rng: random.Random, context: IssuerContext) -> Case | None:
    """Names made of the parts of others, or short of one: no such agency is registered."""
    entries = [
        e
        for e in shipped_office().registry().entries.values()
        if e.kind not in ("collective", "person")
    ]
    name = rng.choice(entries).name
    inside = [part for part in _parts() if part in name]
    if not inside:
        return None
    part = rng.choice(inside)
    if rng.random() < 0.7:
        made = name.replace(part, rng.choice([p for p in _parts() if p not in name]), 1)
    else:
        made = re.sub(rf"(,| và| -)? {part}", "", name)
    if made == name or _run(made) in _registered():
        return None
    return Case("unknown, made up", made, context, (f"!{made}",))


@cache
def _parts() -> tuple[str, ...]:
    return tuple(listed("unknown.yaml")["parts"])


def _run(text: str) -> str:
    """Return what counts of a name: its letters, without the "và" and the marks between them."""
    return "".join(w for w in re.findall(r"\w+", text.lower()) if w != "và")


@cache
def _registered() -> frozenset[str]:
    entries = shipped_office().registry().entries.values()
    return frozenset(_run(name) for e in entries for name in (e.name, *e.aliases))


def _out_of_time(rng: random.Random, context: IssuerContext) -> Case | None:
    entries = shipped_office().registry().entries
    gone = [
        key
        for key in listed("names.yaml")
        if not entries[key].existed(context.issued)
        and entries[key].level != "commune"
        and is_one_of_a_kind(entries[key], entries.values())
    ]
    if not gone:
        return None
    entry = entries[rng.choice(gone)]
    if entry.name in ("Chi cục Thuế", "Đội Thuế"):
        return None
    others = draw(rng, context, rng.choice((0, 1)))
    parts = [Written(entry.id, entry.name), *others]
    return Case("out of its time", "; ".join(p.text for p in parts), context, _keys(parts))


MAKERS: tuple[tuple[Callable[[random.Random, IssuerContext], Case | None], int], ...] = (
    (_one, 3),
    (_list, 8),
    (_wrapped, 6),
    (_unparted, 2),
    (_typed, 3),
    (_without_tones, 1),
    (_places_listed, 1),
    (_heads_left_off, 1),
    (_roles, 2),
    (_remarks, 1),
    (_other_units, 1),
    (_unknown, 2),
    (_made_up, 2),
    (_out_of_time, 1),
)


def clean_cells(count: int, seed: int) -> list[Case]:
    """Return that many distinct cells, read without any mistake; the same for the same seed."""
    rng = random.Random(seed)
    makers, weights = zip(*MAKERS, strict=True)
    cells: dict[tuple[str, IssuerContext], Case] = {}
    while len(cells) < count:
        case = rng.choices(makers, weights)[0](rng, rng.choice(CONTEXTS))
        if case is not None:
            cells.setdefault((case.text, case.context), case)
    return list(cells.values())
