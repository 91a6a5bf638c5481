"""Title blocks with their truth, as lines in boxes: letterheads, captions, references, stamps."""

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from schemas.geometry import Box
from schemas.page import TextLine

_HERE = Path(__file__).parent
_LEFT, _RIGHT, _MIDDLE, _LINE, _LETTER = 60.0, 300.0, 300.0, 16.0, 5.6
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BLANKS = ("      ", "…", "....", "……", "____", "   ")

Slip = Callable[[str], str]


class Truth(Struct, frozen=True):
    """What a title block says; "" and None where it leaves a blank or names nothing."""

    number: str
    symbol: str
    day: int | None
    month: int | None
    issued_year: int
    issuer: str
    unit: str
    level: str
    province: str
    year: int
    title: str
    marker: str


class Head(Struct, frozen=True):
    """Lines as the reader hands them on, and what they say."""

    lines: tuple[TextLine, ...]
    truth: Truth


class _Issuer(Struct, frozen=True):
    name: str
    unit: str
    level: str
    province: str
    symbol: str
    over: str  # the body printed over an agency, "" for none
    within: str  # what a reference adds: ", huyện Chi Lăng"
    place: str  # before the date: "Chi Lăng"


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_HERE / "heads.yaml").read_text(encoding="utf-8"))
    return content


def composed(count: int, seed: int, slip: Slip = str) -> list[Head]:
    """Return so many title blocks; `slip` is put on every line but titles."""
    rng = random.Random(seed)
    return [_head(rng, slip) for _ in range(count)]


def _name(unit: str) -> str:
    """Return the unit's name without its kind."""
    kinds = ("thành phố ", "thị xã ", "thị trấn ", "tỉnh ", "huyện ", "quận ", "phường ", "xã ")
    return next(unit.removeprefix(kind) for kind in kinds if unit.startswith(kind))


def _issuer(rng: random.Random, year: int) -> _Issuer:
    content = _content()
    kind = rng.choice(("province", "district", "commune", "agency", "party"))
    if kind == "commune":
        rows = [
            row
            for row in content["communes"]
            if row.get("since", 0) <= year <= row.get("until", 2100)
        ]
        if rows:
            row = rng.choice(rows)
            within = f", {row['district']}" if "district" in row else f", tỉnh {row['province']}"
            return _committee(row["unit"], "commune", row["province"], within)
        kind = "province"
    if year >= 2025 or kind == "province":
        province = rng.choice(content["provinces"] + content["cities"] * (kind == "province"))
        prefix = "thành phố" if province in content["cities"] else "tỉnh"
        base = _committee(f"{prefix} {province}", "province", province, "")
    else:
        row = rng.choice(content["districts"])
        base = _committee(row["unit"], "district", row["province"], "")
    if kind == "agency":
        return _agency(rng, base)
    return _party(base) if kind == "party" and base.unit.split()[0] != "quận" else base


def _committee(unit: str, level: str, province: str, within: str) -> _Issuer:
    name = f"Ủy ban nhân dân {unit}"
    return _Issuer(name, unit, level, province, "KH-UBND", "", within, _name(unit))


def _agency(rng: random.Random, base: _Issuer) -> _Issuer:
    row = rng.choice(_content()["agencies"][base.level])
    name = f"{row['name']} {base.place if row.get('whole') else base.unit}"
    return replace(base, name=name, symbol=f"KH-{row['symbol']}", over=f"UBND {base.unit}")


def _party(base: _Issuer) -> _Issuer:
    kind = base.unit.removesuffix(base.place).strip()
    word, symbol = {
        "tỉnh": ("Tỉnh ủy", "KH/TU"),
        "huyện": ("Huyện ủy", "KH/HU"),
        "thị xã": ("Thị ủy", "KH/TU"),
        "thành phố": ("Thành ủy", "KH/TU"),
    }[kind]
    return replace(base, name=f"{word} {base.place}", symbol=symbol)


# What is printed.


def _blank_or(rng: random.Random, value: int, form: str = "{}") -> tuple[str, int | None]:
    if rng.random() < 0.3:
        return rng.choice(_BLANKS), None
    return form.format(value), value


def _number(rng: random.Random, issuer: _Issuer) -> tuple[str, str]:
    """Return "154/KH-UBND" as printed, and its digits."""
    printed, number = _blank_or(rng, rng.randint(1, 3500), rng.choice(("{}", "{}", "{:02}")))
    mark = "-" if "/" in issuer.symbol else "/"
    return f"{printed}{mark}{issuer.symbol}", printed if number is not None else ""


def _date(rng: random.Random, year: int) -> tuple[str, int | None, int | None]:
    """Return "ngày … tháng … năm …" or with strokes as printed, its day and month."""
    day_text, day = _blank_or(rng, rng.randint(1, 28), rng.choice(("{}", "{:02}")))
    month_text, month = f"{(n := rng.randint(1, 12))}", n
    if day is None and rng.random() < 0.3:
        month_text, month = _blank_or(rng, n)
    long = f"ngày {day_text} tháng {month_text} năm {year}"
    return rng.choice((long, f"ngày {day_text}/{month_text}/{year}")), day, month


def _letterhead(rng: random.Random, issuer: _Issuer, number: str, date: str) -> list[str]:
    """Return the letterhead's rows; " || " parts its halves, or they were read as one line."""
    if issuer.over:
        bodies = [issuer.over.upper(), issuer.name.removesuffix(f" {issuer.unit}").upper()]
    elif issuer.symbol.startswith("KH/"):
        return [
            f"{issuer.name.upper()} || ĐẢNG CỘNG SẢN VIỆT NAM",
            "* || ",
            f"Số {number} || {issuer.place}, {date}",
        ]
    else:
        bodies = ["ỦY BAN NHÂN DÂN", issuer.unit.upper()]
        if rng.random() < 0.3:
            bodies = [f"UBND {issuer.unit.upper()}", "_______"]
    joint = " " if rng.random() < 0.25 else " || "
    rows = [body + joint + motto for body, motto in zip(bodies, _MOTTO, strict=True)]
    return [*rows, f"Số: {number}{joint}{issuer.place}, {date}"]


def _reference(rng: random.Random, issuer: _Issuer, number: str, date: str) -> list[str]:
    """Return "(Kèm theo Kế hoạch số … ngày … của …)" on one line or two."""
    opening = rng.choice(("Kèm theo", "Ban hành kèm theo", "Đính kèm"))
    body = issuer.name
    if body.startswith("Ủy ban nhân dân"):
        body = body.replace(
            "Ủy ban nhân dân", rng.choice(("Ủy ban nhân dân", "UBND", "Uỷ ban nhân dân"))
        )
    whole = f"{opening} Kế hoạch số {number} {date} của {body}{issuer.within}"
    whole = f"({whole})" if rng.random() < 0.85 else whole
    cut = whole.find(" của ") + 4
    return [whole] if rng.random() < 0.5 else [whole[:cut], whole[cut + 1 :]]


def _stamp(rng: random.Random, issuer: _Issuer) -> list[str]:
    if rng.random() > 0.2:
        return []
    when = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2023 16:29:07 +07:00"
    return rng.choice(
        (
            [f"Người ký: {issuer.name}", f"Thời gian ký: {when}"],
            [f"Ký bởi: {issuer.name}", "Cơ quan: Tỉnh Lạng Sơn", f"Ngày ký: {when}"],
        )
    )


def _wrapped(rng: random.Random, title: str) -> list[str]:
    words = title.split(" ")
    if len(words) < 6 or rng.random() < 0.4:
        return [title]
    cut = rng.randint(3, len(words) - 2)
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def _years(rng: random.Random, issued: int) -> tuple[str, int]:
    """Return what a title says of the year, and the year that the plan is for."""
    return rng.choice(
        (
            (f" năm {issued}", issued),
            (f" năm {issued}", issued),
            (f" năm {issued + 1}", issued + 1),
            (f" giai đoạn {issued}-{issued + 1}", issued),
            (f" giai đoạn {issued - 1} - {issued + 3}", issued),
            ("", issued),
        )
    )


def _placed(rows: list[str], slip: Slip, page: int) -> list[TextLine]:
    lines = []
    for n, row in enumerate(rows):
        for x, part in zip((_LEFT, _RIGHT), row.split(" || "), strict=False):
            text = slip(part) if part.strip() else ""
            top = 50 + _LINE * n
            if text.strip():
                box = Box(x, top, x + _LETTER * len(text), top + 12)
                lines.append(TextLine(text, box, page))
    return lines


def _head(rng: random.Random, slip: Slip) -> Head:
    issued = rng.choice((2020, 2022, 2023, 2024, 2026))
    issuer = _issuer(rng, issued)
    printed, number = _number(rng, issuer)
    date, day, month = _date(rng, issued)
    when, year = _years(rng, issued)
    truth = Truth(
        number=number,
        symbol=issuer.symbol,
        day=day,
        month=month,
        issued_year=issued,
        issuer=issuer.name,
        unit=issuer.unit,
        level=issuer.level,
        province=issuer.province,
        year=year,
        title="",
        marker="",
    )
    form = rng.choice(("letterhead", "appendix", "appendix", "both"))
    lines: list[TextLine] = []
    if form != "appendix":
        long = f"ngày {day or '    '} tháng {month or '    '} năm {issued}"
        top = [*_stamp(rng, issuer), *_letterhead(rng, issuer, printed, long)]
        subject = rng.choice(_content()["subjects"]) + when
        lines = _placed(top, slip, 1)
        ground = "Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2021 của Chính phủ"
        lines += _centred(_below(["KẾ HOẠCH", *_wrapped(rng, subject)], lines, str))
        lines += _below([ground], lines, str)
        truth = replace(truth, title=f"KẾ HOẠCH {subject}")
    if form != "letterhead":
        if form == "both":  # the appendix leaves blank what the letterhead fills in
            printed = printed.replace(number, "    ", 1) if number else printed
            date = f"ngày    /{month or '  '}/{issued}"
        marker = rng.choice(("", "I", "II", "01", "2", "1"))
        title = rng.choice(_content()["titles"]) + when.upper()
        reference = _reference(rng, issuer, printed, date)
        lines += _appendix(rng, issuer, (marker, title), reference, slip)
        truth = replace(truth, title=title, marker=marker)
    return Head(tuple(lines), truth)


def _appendix(
    rng: random.Random,
    issuer: _Issuer,
    heading: tuple[str, str],
    reference: list[str],
    slip: Slip,
) -> list[TextLine]:
    """Return the lines over an appendix; `heading` is its marker and its title."""
    marker, title = heading
    forms = ("PHỤ LỤC {}", "Phụ lục {}", "PHỤ LỤC SỐ {}", "BIỂU {}") if marker else ("PHỤ LỤC",)
    caption = rng.choice(forms).format(marker)
    lines = _placed([*_stamp(rng, issuer), caption], slip, 3)
    lines += _below(_wrapped(rng, title), lines, str)
    return lines + _below(reference, lines, slip)


def _centred(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines in the middle of the page."""
    return [
        replace(line, box=line.box._replace(x0=_MIDDLE - half, x1=_MIDDLE + half))
        for line in lines
        for half in (line.box.width / 2,)
    ]


def _below(rows: list[str], lines: list[TextLine], slip: Slip) -> list[TextLine]:
    """Return rows as lines beneath the others, on their page."""
    by = lines[-1].box.bottom
    return [
        replace(line, box=line.box._replace(top=line.box.top + by, bottom=line.box.bottom + by))
        for line in _placed(rows, slip, lines[-1].page)
    ]
