"""Times with their truth: those written by hand, and more composed by the published contract.

What a composed phrase means is worked out here from the calendar alone; nothing of the package is
used, so that an error of the parser cannot hide in its own truth.
"""

import calendar
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import yaml
from msgspec import Struct

from tests.benchmarks.corpus.model import When

PLAN_YEAR = 2024
_HERE = Path(__file__).parent
_ROMAN = ("I", "II", "III", "IV")


class _Stretch(Struct, frozen=True):
    """A stretch of time as printed, with its first and last day; `year` tells if it is printed."""

    text: str
    first: date
    last: date
    year: bool = True


def written() -> list[When]:
    """Return the times of times.yaml."""
    groups = yaml.safe_load((_HERE / "times.yaml").read_text(encoding="utf-8"))
    return [
        _meaning(group["means"], line.replace("⏎", "\n"))
        for group in groups
        for line in group["written"].splitlines()
    ]


def _meaning(means: str, text: str) -> When:
    kind, *rest = means.split()
    dates = next((word for word in rest if ".." in word), "..").split("..")
    recurrence = next((word for word in rest if ".." not in word), None)
    return When(text, kind, dates[0] or None, dates[1] or None, recurrence)


def composed(count: int, seed: int) -> list[When]:
    """Return so many times drawn from the grammar, none twice."""
    rng = random.Random(seed)
    found: dict[str, When] = {}
    while len(found) < count:
        time = rng.choice(_PHRASES)(rng)
        if time is not None:
            found.setdefault(time.text, time)
    return list(found.values())


# Stretches of time.


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(text: str, year: int, first: int, last: int, *, printed: bool) -> _Stretch:
    return _Stretch(text, date(year, first, 1), _month_end(year, last), printed)


def _year(rng: random.Random) -> tuple[int, bool]:
    """Return a year, and whether it is to be printed; only the plan's own may be left out."""
    printed = rng.random() < 0.75
    return (rng.randint(2018, 2035), True) if printed else (PLAN_YEAR, False)


def _of_year(rng: random.Random, year: int, printed: bool) -> str:
    return rng.choice(("/{}", " năm {}", "/{}", "/ {}", "-{}")).format(year) if printed else ""


def _quarter(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    n = rng.randint(1, 4)
    word = rng.choice(("quý", "quý", "quý", "Quý", "quí"))
    number = rng.choice((_ROMAN[n - 1], _ROMAN[n - 1], str(n), f"0{n}"))
    text = f"{word} {number}{_of_year(rng, year, printed)}"
    return _months(text, year, 3 * n - 2, 3 * n, printed=printed)


def _quarters(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    a, b = sorted(rng.sample(range(1, 5), 2))
    if b == a + 1 and rng.random() < 0.6:
        joint = rng.choice((", ", " và ", ",", ", quý ", " và quý "))
    else:
        joint = rng.choice((" - ", "-", " – ", " đến ", " đến quý ", " - quý "))
    tail = _of_year(rng, year, printed)
    text = f"quý {_ROMAN[a - 1]}{joint}{_ROMAN[b - 1]}{tail}"
    return _months(text, year, 3 * a - 2, 3 * b, printed=printed)


def _month(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    n = rng.randint(1, 12)
    number = rng.choice((str(n), f"{n:02}"))
    text = f"tháng {number}{_of_year(rng, year, printed)}"
    if printed and rng.random() < 0.3:
        text = rng.choice((f"{number}/{year}", f"T{number}/{year}"))
    return _months(text, year, n, n, printed=printed)


def _month_run(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    a, b = sorted(rng.sample(range(1, 13), 2))
    joint = rng.choice((" - ", "-", " đến ", " đến tháng ", " – tháng ", " đến hết tháng "))
    text = f"tháng {a}{joint}{b}{_of_year(rng, year, printed)}"
    return _months(text, year, a, b, printed=printed)


def _part_of_year(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    tail = f" {year}" if printed else ""
    form, first, last = rng.choice(
        (
            ("6 tháng đầu năm", 1, 6),
            ("06 tháng đầu năm", 1, 6),
            ("sáu tháng đầu năm", 1, 6),
            ("9 tháng đầu năm", 1, 9),
            ("3 tháng đầu năm", 1, 3),
            ("6 tháng cuối năm", 7, 12),
            ("06 tháng cuối năm", 7, 12),
            ("3 tháng cuối năm", 10, 12),
            ("nửa đầu năm", 1, 6),
            ("nửa cuối năm", 7, 12),
        )
    )
    return _months(form + tail, year, first, last, printed=printed)


def _one_year(rng: random.Random) -> _Stretch:
    year = rng.randint(2018, 2035)
    return _months(rng.choice((f"năm {year}", str(year))), year, 1, 12, printed=True)


def _years(rng: random.Random) -> _Stretch:
    a = rng.randint(2018, 2030)
    b = a + rng.randint(1, 5)
    joint = rng.choice((" - ", "-", " – ", "–"))
    head = rng.choice(("giai đoạn ", "Giai đoạn ", "năm ", ""))
    return _Stretch(f"{head}{a}{joint}{b}", date(a, 1, 1), date(b, 12, 31))


def _day(rng: random.Random) -> _Stretch:
    year, printed = _year(rng)
    day = date(year, 1, 1) + timedelta(rng.randrange(365))
    d, m = rng.choice(((f"{day:%d}", f"{day:%m}"), (str(day.day), str(day.month))))
    if rng.random() < 0.25:
        text = f"ngày {d} tháng {m}" + (f" năm {year}" if printed else "")
    else:
        mark = rng.choice(("/", "/", "/", ".", "-")) if printed else "/"
        text = rng.choice(("ngày ", "")) + f"{d}{mark}{m}" + (f"{mark}{year}" if printed else "")
    return _Stretch(text, day, day, printed)


def _any_stretch(rng: random.Random) -> _Stretch:
    makers = (_quarter, _quarter, _month, _month, _part_of_year, _one_year, _years, _quarters)
    return rng.choice((*makers, _month_run))(rng)


def _point(rng: random.Random) -> _Stretch:
    return rng.choice((_quarter, _month, _one_year, _day, _day))(rng)


# Phrases around them.


def _case(rng: random.Random, text: str) -> str:
    """Return the text begun with a capital, as cells mostly are."""
    return text[:1].upper() + text[1:] if rng.random() < 0.85 else text


def _within(rng: random.Random) -> When:
    span = _any_stretch(rng)
    head = rng.choice(("", "", "", "trong ", "vào ", "dự kiến ", "thực hiện trong ", "khoảng "))
    text = _case(rng, head + span.text)
    return When(text, "period", span.first.isoformat(), span.last.isoformat())


def _due(rng: random.Random) -> When:
    span = rng.choice((_point, _point, _part_of_year))(rng)
    forms = ["đến {}", "đến hết {}", "chậm nhất {}", "chậm nhất là {}", "từ nay đến {}"]
    forms += ["hoàn thành {}", "xong trong {}", "hoàn thành trong {}", "chậm nhất đến hết {}"]
    forms += ["phấn đấu hoàn thành trong {}", "muộn nhất {}", "hoàn thành vào {}", "hết {}"]
    if span.first == span.last:
        forms = ["đến {}", "chậm nhất {}", "chậm nhất là {}", "muộn nhất {}", "không quá {}", "{}"]
    return When(
        _case(rng, rng.choice(forms).format(span.text)), "deadline", None, span.last.isoformat()
    )


def _before(rng: random.Random) -> When:
    span = _point(rng)
    end = span.last if span.first == span.last else span.first - timedelta(1)
    forms = ("trước {}", "hoàn thành trước {}", "xong trước {}", "báo cáo trước {}", "trước {}")
    forms += ("phải hoàn thành trước {}", "gửi trước {}", "chậm nhất trước {}")
    return When(_case(rng, rng.choice(forms).format(span.text)), "deadline", None, end.isoformat())


def _start(rng: random.Random) -> When:
    span = _point(rng)
    forms = ("từ {}", "khởi động {}", "bắt đầu từ {}", "từ {} trở đi", "kể từ {}")
    forms += ("khởi động từ {}", "thực hiện từ {}", "triển khai từ {}", "bắt đầu {}")
    return When(_case(rng, rng.choice(forms).format(span.text)), "period", span.first.isoformat())


def _onwards(rng: random.Random) -> When:
    span = _one_year(rng)
    tail = rng.choice((" và các năm tiếp theo", " và những năm tiếp theo", " và các năm sau"))
    return When(_case(rng, span.text + tail), "period", span.first.isoformat())


def _range(rng: random.Random) -> When | None:
    maker = rng.choice((_day, _month, _quarter, _one_year))
    a, b = maker(rng), rng.choice((maker, maker, _one_year))(rng)
    # Without its own year the first takes that of the last.
    if not a.year and b.year:
        a = _moved(a, b.last.year)
    if a is None or a.first >= b.first or (a.year and not b.year):
        return None
    forms = ["từ {} đến {}", "từ {} đến hết {}", "{} đến {}", "thực hiện từ {} đến {}"]
    if maker is not _one_year and ("-" not in a.text + b.text):
        forms += ["{} - {}", "{} – {}"]
    text = rng.choice(forms).format(a.text, b.text)
    return When(_case(rng, text), "period", a.first.isoformat(), b.last.isoformat())


def _moved(span: _Stretch, year: int) -> _Stretch | None:
    if (span.first.month, span.first.day) == (2, 29) or span.last.month == 2:
        return None
    return _Stretch(
        span.text, span.first.replace(year=year), span.last.replace(year=year), span.year
    )


_RATES: dict[str, tuple[str, ...]] = {
    "yearly": ("hằng năm", "hàng năm", "mỗi năm 01 lần", "01 lần/năm", "mỗi năm một lần"),
    "half-yearly": ("6 tháng/lần", "06 tháng một lần", "02 lần/năm", "mỗi năm 2 lần"),
    "quarterly": ("hằng quý", "hàng quý", "mỗi quý một lần", "01 lần/quý", "3 tháng/lần"),
    "monthly": ("hằng tháng", "hàng tháng", "mỗi tháng một lần", "01 lần/tháng"),
    "weekly": ("hằng tuần", "hàng tuần", "mỗi tuần một lần", "1 lần/tuần"),
}


def _recurring(rng: random.Random) -> When:
    rate = rng.choice(tuple(_RATES))
    words = rng.choice(_RATES[rate])
    forms = ("{}", "định kỳ {}", "thực hiện {}", "{} hoặc khi có yêu cầu", "{}, đột xuất")
    forms += ("{} theo quy định", "{}; khi có yêu cầu", "{}", "{} trong năm")
    return When(
        _case(rng, rng.choice(forms).format(words)), "recurring", None, None, recurrence=rate
    )


def _bounded(rng: random.Random) -> When:
    """Return "Thường xuyên" or "Hằng …" with the dates that it names."""
    rate = rng.choice((None, *_RATES))
    words = rng.choice(_RATES[rate][:2]) if rate and rate != "half-yearly" else "thường xuyên"
    kind, rate = ("continuous", None) if words == "thường xuyên" else ("recurring", rate)
    span = rng.choice((_one_year, _years, _month, _quarter))(rng)
    if not span.year:
        span = _one_year(rng)
    if span.first.year != span.last.year:
        forms = ("trong {}", "{}")
        text = f"{words} {rng.choice(forms).format(span.text)}"
        first, last = span.first.isoformat(), span.last.isoformat()
        return When(_case(rng, text), kind, first, last, rate)
    joint = rng.choice((" ", ", "))
    first, last = span.first.isoformat(), span.last.isoformat()
    text, start, end = rng.choice(
        (
            (f"đến hết {span.text}", None, last),
            (f"đến {span.text}", None, last),
            (f"từ {span.text}", first, None),
            (f"từ {span.text} trở đi", first, None),
            (f"trong {span.text}", first, last),
        )
    )
    return When(_case(rng, f"{words}{joint}{text}"), kind, start, end, rate)


def _continuous(rng: random.Random) -> When:
    forms = ("thường xuyên", "thực hiện thường xuyên", "thường xuyên, liên tục", "liên tục")
    tails = ("", "", " trong năm", ", theo quy định", ", khi có yêu cầu", " (hằng tháng)")
    return When(_case(rng, rng.choice(forms) + rng.choice(tails)), "continuous")


def _conditional(rng: random.Random) -> When:
    organ = rng.choice(("UBND tỉnh", "Bộ Nội vụ", "cấp có thẩm quyền", "Sở Tư pháp", "Trung ương"))
    number = (
        f"số {rng.randint(1, 3000)}/KH-UBND ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/2024"
    )
    forms = (
        f"theo kế hoạch của {organ}",
        f"theo hướng dẫn của {organ}",
        f"theo Kế hoạch {number}",
        f"theo Kế hoạch {number} của {organ}",
        f"sau khi có hướng dẫn của {organ}",
        f"ngay sau khi có văn bản của {organ}",
        f"khi có yêu cầu của {organ}",
        f"khi có chỉ đạo của {organ}",
        "theo kế hoạch",
        "theo quy định",
        "theo tiến độ",
        "khi có yêu cầu",
        "khi có phát sinh",
        "đột xuất",
    )
    return When(_case(rng, rng.choice(forms)), "conditional")


def _relative(rng: random.Random) -> When:
    count = rng.choice((3, 5, 7, 10, 15, 20, 30, 45))
    unit = rng.choice(("ngày", "ngày làm việc"))
    event = rng.choice(("ban hành Kế hoạch", "nhận được hồ sơ", "có kết luận", "nhận được văn bản"))
    forms = (
        "trong vòng {0:02} {1} kể từ ngày {2}",
        "trong thời hạn {0:02} {1}, kể từ ngày {2}",
        "{0:02} {1} kể từ ngày {2}",
        "không quá {0} {1}",
        "chậm nhất {0:02} {1} sau khi {2}",
        "sau {0} {1} kể từ ngày {2}",
        "{0:02} {1}",
        "trong {0} {1}",
    )
    return When(_case(rng, rng.choice(forms).format(count, unit, event)), "conditional")


def _blank(rng: random.Random) -> When:
    dots = rng.choice(("…", "...", "......", "……", "____", ". . . ."))
    year = rng.randint(2020, 2030)
    forms = ("Quý {d}/{y}", "Tháng {d}/{y}", "Ngày {d}/{d}/{y}", "Trước ngày {d}/{m}/{y}")
    forms += ("Từ {d} đến {d}", "Đến ngày {d}", "{d}", "Trước ngày {d}", "Từ ngày {d}/{m}/{y}")
    return When(rng.choice(forms).format(d=dots, y=year, m=rng.randint(1, 12)), "unknown")


def _prose(rng: random.Random) -> When:
    n, year = rng.randint(1, 99), rng.randint(2018, 2030)
    forms = (
        "Đạt {n}% kế hoạch năm {y}",
        "Tỷ lệ {n},5% tính đến tháng 6/{y}",
        "{n} lớp tập huấn",
        "Kinh phí năm {y}: {n} triệu đồng",
        "Quyết định số {n}/QĐ-UBND ngày 5/4/{y}",
        "Nghị quyết số {n}-NQ/TW ngày 5/4/{y}",
        "Giấy phép có giá trị đến ngày 5/4/{y}",
        "Tăng {n}% so với năm {y}",
        "UBND các xã, thị trấn",
        "Báo cáo kết quả thực hiện",
        "Kế hoạch năm {y}",
        "{n} hộ nghèo năm {y}",
        "Số liệu đến 30/6/{y}",
    )
    return When(rng.choice(forms).format(n=n, y=year), "unknown")


def _impossible(rng: random.Random) -> When:
    year = rng.randint(2019, 2027)
    short = rng.choice((2, 4, 6, 9, 11))
    forms = ("31/{m}/{y}", "Trước ngày 31/{m:02}/{y}", "Tháng 13/{y}", "Quý V/{y}", "30/02/{y}")
    return When(rng.choice(forms).format(m=short, y=year), "unknown")


def _two(rng: random.Random) -> When | None:
    first = rng.choice((_within, _due, _before, _continuous, _recurring))(rng)
    second = rng.choice((_before, _recurring, _conditional))(rng)
    if any(mark in first.text for mark in ";,("):
        return None
    join = rng.choice(("; ", "\n", ";\n"))
    text = first.text + join + second.text[:1].upper() + second.text[1:]
    return When(text, first.kind, first.start, first.end, first.recurrence)


_PHRASES: tuple[Callable[[random.Random], When | None], ...] = (
    *(_within,) * 6,
    *(_due,) * 4,
    *(_before,) * 4,
    *(_start,) * 3,
    *(_range,) * 4,
    *(_bounded,) * 3,
    *(_recurring, _onwards, _continuous, _conditional, _relative, _blank, _prose, _impossible),
    *(_two,) * 3,
)
