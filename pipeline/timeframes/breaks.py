"""Printed lines of a cell into one: what a narrow column broke inside a token is put together."""

import re

from pipeline.language.list_signs import bullet_end, without_bullet

_DATE = re.compile(r"(?:(?:0?[1-9]|[12]\d|3[01])/)?(?:0?[1-9]|1[0-2])/(?:19|20)\d\d$")
_QUARTER_YEAR = re.compile(r"(?:I{1,3}|IV|[1-4])/(?:19|20)\d\d$")
_ROMAN = re.compile(r"(?:I{1,3}|IV|V?I{0,3})(?:/\d{1,4})?$")
_ROMAN_WORD = re.compile(r"[IVX]+\b")


def _broken(before: str, after: str) -> bool:
    """Whether the line break between the two tokens fell inside one."""
    whole = before + after
    if before.endswith("/") or after.startswith("/"):
        return bool(re.search(r"\w/?$", before) and re.match(r"/?\w", after))
    if re.search(r"\w-$", before) and re.match(r"\w", after):
        return True
    if before.isdecimal() and re.match(r"\d", after):
        # 202|4, 20|24 and 1|2/2024: two numbers side by side would mean nothing.
        return bool(re.match(r"(?:19|20)\d\d$", whole) or _DATE.match(whole))
    if year := re.search(r"-(\d{1,3})$", before):
        return bool(re.match(r"(?:19|20)\d\d(?!\d)", year[1] + after))
    if "/" in before and not (_DATE.match(before) or _QUARTER_YEAR.match(before)):
        return bool(_DATE.match(whole) or _QUARTER_YEAR.match(whole))
    return bool(re.match(r"[IVX]+$", before) and _ROMAN.match(after) and _ROMAN.match(whole))


def join_lines(raw: str) -> str:
    """Return the printed lines as one: "31/10/202\\n2" is 31/10/2022, other breaks a space."""
    lines = [" ".join(line.split()) for line in raw.splitlines()]
    whole = ""
    for line in filter(None, lines):
        before = whole.rsplit(" ", 1)[-1]
        after = line.split(" ", 1)[0].rstrip(".,;:)")
        whole += ("" if not whole or _broken(before, after) else " ") + line
    return whole


def mark_phrases(raw: str) -> str:
    """Return the same with ";" where a line begins like a phrase of its own."""
    lines = [" ".join(line.split()) for line in raw.splitlines() if line.strip()]
    whole = ""
    for line in lines:
        begins = without_bullet(line)[:1].isupper() and not _ROMAN_WORD.match(line)
        own = begins and whole[-1:].isalnum()
        whole = f"{whole}; {line}" if own else join_lines(f"{whole}\n{line}")
    return whole


def part_bullets(raw: str) -> str:
    """Return the lines with ";" for the dash that begins a bullet, where the first line has one."""
    lines = [line.strip() for line in raw.splitlines() if line.strip()]
    if not lines or not bullet_end(lines[0]):
        return raw
    return "\n".join(f"; {without_bullet(line)}" if bullet_end(line) else line for line in lines)
