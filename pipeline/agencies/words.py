"""The words around the names of agencies: levels, roles, remarks (`agencies_words.yaml`)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, Literal

from msgspec import Struct

from pipeline.knowledge import load_yaml
from pipeline.language.text import bare, fold
from pipeline.places.kinds import KIND_OF_SHORT, LEVEL_OF_KIND, UnitLevel

Phrase = tuple[str, ...]
Role = Literal["lead", "partner"]
Side = Literal["before", "after", "either"]

WORD = re.compile(r"[^\W_]+")
# "và", also with its tone lost or misread; "vă" and "vâ" begin other words.
AND = frozenset({"và", "va", "vá", "vả", "vã", "vạ", "vä", "yà"})


def words_of(text: str) -> Phrase:
    """Return the folded words of a text; marks, "&" and "và" between them do not count."""
    plain = unicodedata.normalize("NFC", text).translate(LOOKALIKES)
    return tuple(word for word in map(fold, WORD.findall(plain)) if word not in AND)


# The Icelandic eth is what many fonts and keyboards give for Đ.
LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ"})


class AgencyWords(Struct, frozen=True, dict=True):
    """What `agencies_words.yaml` says. Heads, fillers and the like are folded, others bare.

    `cited`, `shortened` and `run_together` are as printed, for regular expressions.
    """

    levels: dict[Phrase, UnitLevel]
    level_prefixes: frozenset[Phrase]
    all_levels: frozenset[Phrase]
    plural: frozenset[Phrase]
    tails: frozenset[Phrase]
    fillers: frozenset[Phrase]
    list_heads: dict[Phrase, Phrase]
    shared_heads: frozenset[Phrase]
    heads: frozenset[Phrase]
    bare_heads: frozenset[Phrase]
    inner_heads: frozenset[Phrase]
    outer_heads: frozenset[Phrase]
    nested_heads: frozenset[Phrase]
    roles: dict[Phrase, tuple[Role, Side]]
    gathering: frozenset[Phrase]
    numbered: frozenset[Phrase]
    parts_of: dict[str, Phrase]
    staff: frozenset[Phrase]
    unit_bodies: dict[str, str]
    companies: frozenset[Phrase]
    owned: frozenset[Phrase]
    body_parts: frozenset[Phrase]
    common: frozenset[Phrase]
    titles: frozenset[Phrase]
    addressed: frozenset[Phrase]
    surnames: frozenset[str]
    cited: dict[str, list[str]]
    shortened: list[str]
    run_together: list[str]
    party_bodies: frozenset[str]
    governing_bodies: frozenset[Phrase]

    @cached_property
    def begin_between(self) -> frozenset[str]:
        """The bare words that a role, a filler or the head of a list begins with."""
        phrases = (*self.roles, *self.list_heads, *self.fillers, *((word,) for word in AND))
        return frozenset(bare(phrase[0]) for phrase in phrases)

    @cached_property
    def begin_staff(self) -> frozenset[str]:
        """The folded words that persons of a body begin with."""
        return frozenset(phrase[0] for phrase in self.staff)

    @cached_property
    def begin_unlisted(self) -> frozenset[str]:
        """The folded words that the name of a person or a firm begins with."""
        phrases = (*self.titles, *self.companies)
        return self.surnames | frozenset(phrase[0] for phrase in phrases)

    def begins_unlisted(self, key: str) -> bool:
        """Return whether persons, a firm or a unit alone may begin with the folded word."""
        return key in self.begin_staff or key in self.begin_unlisted or key in self.begin_unit

    @cached_property
    def begin_unit(self) -> frozenset[str]:
        """The folded words that a unit, or several, may begin with."""
        words = (word.split()[0] for word in (*LEVEL_OF_KIND, *KIND_OF_SHORT))
        return frozenset(map(fold, words)) | {"các", "những"}

    @cached_property
    def begin_behind(self) -> frozenset[str]:
        """The bare words that what stands behind a name begins with."""
        return self.begin_between | self.begin_level

    @cached_property
    def begin_level(self) -> frozenset[str]:
        """The bare words that words for a level begin with ("các", "cấp", "huyện")."""
        phrases = (*self.levels, *self.level_prefixes, *self.all_levels, *self.plural)
        return frozenset(phrase[0] for phrase in phrases)

    @cached_property
    def of_level(self) -> frozenset[str]:
        """All bare words of the words for a level."""
        phrases = (*self.levels, *self.level_prefixes, *self.all_levels, *self.plural)
        return frozenset(word for phrase in phrases for word in phrase)

    @cached_property
    def begin_tail(self) -> frozenset[str]:
        """The bare words that a tail begins with."""
        return frozenset(phrase[0] for phrase in self.tails)

    @cached_property
    def begin_head(self) -> frozenset[str]:
        """The bare words that the name of a body begins with."""
        return frozenset(phrase[0] for phrase in self.bare_heads)


@lru_cache(maxsize=1)
def load_words() -> AgencyWords:
    """Return the words; they are read once."""
    data: dict[str, Any] = load_yaml("agencies_words.yaml")
    return AgencyWords(
        levels=_levels(),
        level_prefixes=_bares(data["level_prefixes"]),
        all_levels=_bares(data["all_levels"]),
        plural=_bares(data["plural"]),
        tails=_bares(data["tails"]),
        fillers=_folds(data["fillers"]),
        list_heads={bare_words(k): words_of(v) for k, v in data["list_heads"].items()},
        shared_heads=_folds(data["shared_heads"]),
        heads=_folds(data["heads"]),
        bare_heads=_bares(data["heads"]),
        inner_heads=_folds(data["inner_heads"]),
        outer_heads=_folds(data["outer_heads"]),
        nested_heads=_folds(data["nested_heads"]),
        roles={
            bare_words(phrase): (role, side)
            for role, sides in data["roles"].items()
            for side, phrases in sides.items()
            for phrase in phrases
        },
        gathering=_bares(data["gathering"]),
        numbered=_bares(data["numbered"]),
        parts_of={identifier: words_of(head) for identifier, head in data["parts_of"].items()},
        staff=_folds(data["staff"]),
        unit_bodies=data["unit_bodies"],
        companies=_folds(data["companies"]),
        owned=_folds(data["owned"]),
        body_parts=_folds(data["body_parts"]),
        common=_folds(data["common"]),
        titles=_folds(data["titles"]),
        addressed=_folds(data["addressed"]),
        surnames=frozenset(map(fold, data["surnames"])),
        cited=data["cited"],
        shortened=data["shortened"],
        run_together=data["run_together"],
        party_bodies=frozenset(map(fold, data["party_bodies"])),
        governing_bodies=_folds(data["governing_bodies"]),
    )


def _levels() -> dict[Phrase, UnitLevel]:
    """Return the words for kinds of unit and their short forms; one letter alone is none."""
    short = {word: LEVEL_OF_KIND[kind] for word, kind in KIND_OF_SHORT.items() if len(word) > 1}
    return {bare_words(word): level for word, level in (LEVEL_OF_KIND | short).items()}


def _plain_words(text: str) -> Phrase:
    return tuple(map(fold, WORD.findall(text)))


def bare_words(text: str) -> Phrase:
    """Return the words of a text without tones and marks, all of them."""
    return tuple(map(bare, WORD.findall(text)))


def _folds(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(map(_plain_words, texts))


def _bares(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(map(bare_words, texts))
