"""Texts as they are compared by the measurements.

Written apart from `pipeline.language.text` on purpose: a slip there must not hide itself here.
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

MATCHED = 0.9  # least similarity of two texts that are the same
_END_LETTERS = 16
_END_HOLDS = 0.6

_PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'"})
_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"(^|\s)[-+*•]\s+")
_STOPS = re.compile(r"[\s;:.,\-]+")
_AGENCY_STOPS = re.compile(r"[\s\-;,.]+")
_OLD_STYLE = {"hoá": "hóa", "uỷ": "ủy", "oà": "òa", "thuỷ": "thủy", "toà": "tòa"}


def plain(text: str | None) -> str:
    """Return the text in NFC, one kind of dash and quote, white space made single spaces."""
    composed = unicodedata.normalize("NFC", text or "").translate(_PLAIN)
    return _SPACES.sub(" ", composed).strip()


def folded(text: str | None) -> str:
    """Return `plain` in lower case, without bullets and stops; tones are kept."""
    return _STOPS.sub(" ", _BULLET.sub(" ", plain(text).lower())).strip()


def toneless(text: str | None) -> str:
    """Return `folded` without tones and marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def agency_key(name: str | None) -> str:
    """Return what two spellings of one agency's name share: case, tone placement, stops aside."""
    key = plain(name).lower()
    for new, old in _OLD_STYLE.items():
        key = key.replace(new, old)
    return _AGENCY_STOPS.sub(" ", key).strip()


def alike(left: str | None, right: str | None) -> bool:
    """Whether two texts, folded, are as good as the same."""
    return Levenshtein.normalized_similarity(folded(left), folded(right)) >= MATCHED


def ends_hold(left: str, right: str) -> bool:
    """Whether both texts begin alike and end alike: neither lost an end."""
    ends = (
        (left[:_END_LETTERS], right[:_END_LETTERS]),
        (left[-_END_LETTERS:], right[-_END_LETTERS:]),
    )
    return all(Levenshtein.normalized_similarity(a, b) >= _END_HOLDS for a, b in ends)


def aligned(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Return index pairs of texts that are the same, in order, with the greatest sum of likeness.

    Two folded texts are the same where their normalised edit similarity is at least `MATCHED` and
    both ends hold.
    """
    likeness = [[_likeness(a, b) for b in found] for a in wanted]
    rows, columns = len(wanted), len(found)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            together = best[i + 1][j + 1] + likeness[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if likeness[i][j] and abs(best[i][j] - best[i + 1][j + 1] - likeness[i][j]) < 1e-9:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(wanted: str, found: str) -> float:
    """Return the similarity of two texts that are the same, 0.0 of any others."""
    similarity = Levenshtein.normalized_similarity(wanted, found, score_cutoff=MATCHED)
    return similarity if similarity >= MATCHED and ends_hold(wanted, found) else 0.0
