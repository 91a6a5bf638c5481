"""Printed lines of a cell into one: what a narrow column broke inside a token is put together."""

import re

_DATE_HEAD = re.compile(r"\d{1,2}/(?:\d{1,2}/?)?$|\d{1,2}/\d{1,2}/\d{1,3}$")
_DATE = re.compile(r"(?:\d{1,2}/)?\d{1,2}/\d{4}$")
_QUARTER_YEAR = re.compile(r"(?:[IVX]+|\d)/\d{4}$", re.IGNORECASE)
_ROMAN = re.compile(r"(?:I{1,3}|IV|V?I{0,3})(?:/\d{4})?$")
_NUMBER = re.compile(r"\d+$")
_UPPER = re.compile(r"(?:[-+*•] *)?[^\W\d_]")
# A second phrase starts a line with a capital; these start one that only goes on.
_GOES_ON = re.compile(r"(?:[IVX]+|Q(?:uý|uí)?|T(?:háng)?|N(?:ăm|gày)|Kế)\b")


def _broken(before: str, after: str) -> bool:
    """Whether the line break between the two tokens fell inside one."""
    whole = before + after
    if before.endswith("/") or after.startswith("/"):
        return bool(re.search(r"\w/?$", before) and re.match(r"/?\w", after))
    if re.search(r"\w-$", before) and re.match(r"\w", after):
        return True
    if _NUMBER.match(before) and re.match(r"\d", after):
        # 202|4, 20|24, and 1|2/2024; two numbers side by side mean nothing else.
        return bool(_NUMBER.match(whole) and len(whole) == 4) or bool(_DATE.match(whole))
    if "/" in before and not _DATE.match(before) and not _QUARTER_YEAR.match(before):
        return bool(_DATE.match(whole) or _QUARTER_YEAR.match(whole)) or bool(
            _DATE_HEAD.match(before) and _DATE.match(whole)
        )
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
    whole = ""
    for line in filter(None, (" ".join(part.split()) for part in raw.splitlines())):
        begins = _UPPER.match(line) and line.lstrip("-+*• ")[:1].isupper()
        mark = whole and begins and not _GOES_ON.match(line) and whole[-1].isalnum()
        whole = join_lines(f"{whole}\n{line}") if not mark else f"{whole}; {line}"
    return whole
