"""What the result says, against gold: items, their texts, agencies, times, and the title block.

**Item F1.** An item counts as found only where one result item and one gold item hold the same
whole content (title, lead-in and tasks; see `text.aligned`), in the same order: a row left split
across pages, one that lost its remainder, and two rows run together fail on both sides.

**CER.** Edit distance of the folded content of all gold items by its length; an item that was
not found counts with all of its letters. The same without tones and marks.

**Agencies** are compared by canonical name, lead and partners apart. *Accepted* are references
with status "accepted"; their precision is the share that is right.

**Timeframe, section, marker, tasks** are shares of all gold items; one not found has none of
them right. **Exact** are rows in which everything is right, the title, the lead-in and every
task each by itself. (Where the title stands in the task cell, template T2, title or lead-in are
both right places for it.)

**Title block**: number, day, month, year of issue, unit; a fifth each, of documents that hold
items.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from tests.benchmarks.measure.tally import Hits, Sureness, Tally
from tests.benchmarks.measure.text import agency_key, aligned, alike, folded, plain, toneless

Record = Mapping[str, Any]

_TITLE_IN_TASKS = "T2"
_TIME_FIELDS = ("kind", "start", "end", "recurrence")
_ROLES = (("lead", "lead_names"), ("partners", "partner_names"))


def content_tally(gold: Record, plan: Record) -> Tally:
    """Return the counts of a plan (`plans/*.json`) against its gold (`*.gold.json`)."""
    wanted, found = gold["items"], plan.get("items", [])
    wanted_texts = [content_of(item) for item in wanted]
    found_texts = [content_of(item) for item in found]
    pairs = dict(
        aligned([folded(text) for text in wanted_texts], [folded(text) for text in found_texts])
    )
    titles = {section["id"]: section["title"] for section in plan.get("sections", [])}
    total = Tally(items=len(wanted), found=len(found), matched=len(pairs))
    for i, item in enumerate(wanted):
        if i not in pairs:
            total += _missed(item, wanted_texts[i])
            continue
        answer = found[pairs[i]]
        section = gold["sections"][item["section"]] if item.get("section") is not None else None
        pair = _Pair(
            item,
            answer,
            folded(wanted_texts[i]) == folded(found_texts[pairs[i]]),
            alike(titles.get(answer.get("section_id")), section["title"] if section else ""),
            title_apart=gold.get("template") != _TITLE_IN_TASKS,
        )
        total += _errors(wanted_texts[i], found_texts[pairs[i]]) + pair.tally()
    return total + _meta(gold, plan.get("document", {})) if wanted else total


def content_of(item: Record) -> str:
    """Return title, lead-in and tasks of an item, of gold or of a plan, as one text."""
    return " ".join([item.get("title") or "", item.get("lead_in") or "", *(item["tasks"] or [])])


def _missed(item: Record, text: str) -> Tally:
    names = sum(len(_keys(item[names])) for _, names in _ROLES)
    letters, bare = len(folded(text)), len(toneless(text))
    return Tally(
        letters=letters,
        errors=letters,
        letters_toneless=bare,
        errors_toneless=bare,
        agencies=Hits(missed=names),
    )


def _errors(wanted: str, found: str) -> Tally:
    return Tally(
        letters=len(folded(wanted)),
        errors=Levenshtein.distance(folded(wanted), folded(found)),
        letters_toneless=len(toneless(wanted)),
        errors_toneless=Levenshtein.distance(toneless(wanted), toneless(found)),
    )


def _keys(names: Iterable[str | None]) -> set[str]:
    return {agency_key(name) for name in names} - {""}


class _Pair(Struct, frozen=True):
    """A gold item and the result's item that is the same."""

    wanted: Record
    found: Record
    same_text: bool
    section_right: bool
    title_apart: bool

    def tally(self) -> Tally:
        agencies, accepted, accepted_right, names_right = Hits(), 0, 0, True
        for role, names in _ROLES:
            right, references = _keys(self.wanted[names]), self.found.get(role) or []
            given = _keys(r.get("name") or r.get("raw") for r in references)
            sure = [r for r in references if r.get("status", "accepted") == "accepted"]
            agencies += Hits.of(right, given)
            accepted += len(sure)
            accepted_right += sum(agency_key(r.get("name")) in right for r in sure)
            names_right = names_right and right == given
        time = self.found.get("timeframe") or {}
        time_right = all(
            (time.get(name) or None) == self.wanted["timeframe"][name] for name in _TIME_FIELDS
        )
        marker_right = (self.found.get("marker") or "").strip(" .)") == self.wanted["marker"]
        tasks_right = len(self.found["tasks"]) == len(self.wanted["tasks"])
        others = (self.section_right, time_right, marker_right, tasks_right, names_right)
        return Tally(
            agencies=agencies,
            accepted=accepted,
            accepted_right=accepted_right,
            timeframe=time_right,
            section=self.section_right,
            marker=marker_right,
            task_count=tasks_right,
            exact=all(others) and self.same_text and self._parts_same(),
            same_text=self.same_text,
            silent=not self.same_text and not self.found.get("flags"),
            sureness=Sureness.of(self.found.get("confidence", 0.0), right=self.same_text),
        )

    def _parts_same(self) -> bool:
        parts = list(zip(self.wanted["tasks"], self.found["tasks"], strict=False))
        if self.title_apart:
            parts += [(self.wanted.get(k), self.found.get(k)) for k in ("title", "lead_in")]
        return all(folded(wanted) == folded(found) for wanted, found in parts)


def _meta(gold: Record, document: Record) -> Tally:
    on = document.get("issued_on") or {}
    digits = re.match(r"\d*", (document.get("plan_number") or "").strip())
    unit = plain(document.get("unit") or document.get("issuer")).lower()
    right = (
        digits is not None and digits[0] == gold["number"],
        (on.get("day") or "") == gold["day"],
        (on.get("month") or "") == gold["month"],
        (on.get("year") or "") == gold.get("issued_year", gold["year"]),
        plain(gold["unit"]).lower() in unit,
    )
    return Tally(meta=len(right), meta_right=sum(right))
