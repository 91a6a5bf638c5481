"""What a cell is made of: names, the words between them, and words that nothing explains."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.agencies.match.choice import Choice
from pipeline.agencies.match.lexicon import MOST_IN_DOUBT
from pipeline.agencies.match.places import Scope
from pipeline.agencies.match.spellings import Spelling
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.tokens import Token
from pipeline.agencies.words import AND, Phrase, Role, Side, load_words
from pipeline.language.syllables import is_syllable
from schemas.plan import AgencyKind

_LONGEST_ROLE = 6
_LONGEST_STAFF = 6
_LEAST_MISREAD = 6
_CLOSE = frozenset({"space", "none", "line"})


class Named(NamedTuple):
    """A name that was found. `score` is how well it fits, `elided` whether its head is left off.

    `unit_alone`: it is a unit that stands for the body that governs it.
    """

    options: tuple[Spelling, ...]
    choice: Choice
    place: Scope
    score: float
    part: bool = False
    elided: bool = False
    headless: bool = False
    hard: int = 0
    unit_alone: bool = False

    @property
    def entry(self) -> Entry:
        """The agency."""
        return self.choice.spelling.entry

    @property
    def decided(self) -> bool:
        """Return whether a person decided what these words mean."""
        return self.choice.spelling.method == "decision"

    @property
    def guessed(self) -> bool:
        """Return whether much of the name is not there, or not as it should be."""
        return self.headless or self.part or self.score <= MOST_IN_DOUBT

    @property
    def words(self) -> Phrase:
        """The words of the spelling that was found."""
        return self.choice.spelling.words


class Segment(NamedTuple):
    """What the tokens from `start` to `end` are; `head` is what the names of a list lack.

    `staff` are persons of the body named behind it, `rest` is what nothing explains; `left` says
    of what kind that is, where it is a person or a firm that is left as printed.
    """

    kind: Literal["name", "role", "filler", "head", "staff", "rest"]
    start: int
    end: int
    name: Named | None = None
    role: tuple[Role, Side] | None = None
    head: Phrase = ()
    left: AgencyKind | None = None


def staff_words(tokens: Sequence[Token], at: int) -> Iterator[Segment]:
    """Yield the words for persons of a body that begin at the token, "của" behind them as well."""
    if tokens[at].key not in load_words().begin_staff:
        return
    for end in range(at + 1, min(len(tokens), at + _LONGEST_STAFF) + 1):
        if any(token.kind in ("hard", "line", "colon") for token in tokens[at + 1 : end]):
            return
        if tuple(token.key for token in tokens[at:end]) in load_words().staff:
            of = end < len(tokens) and tokens[end].key == "của"
            yield Segment("staff", at, end + of)


def words_between(tokens: Sequence[Token], at: int) -> tuple[Segment, ...]:
    """Return the words of role, the fillers and the heads of lists that begin at the token."""
    inside = tokens[at : at + _LONGEST_ROLE]
    labelled = any(token.kind == "colon" for token in inside[1:])
    if not labelled and tokens[at].bare not in load_words().begin_between:
        return ()
    plain = tuple(token.bare for token in inside)
    roles = tuple(_roles(plain, at)) or tuple(_misread_roles(tokens, plain, at))
    return (*roles, *_list_heads(tokens, plain, at), *_fillers(tokens, at))


def _roles(plain: Phrase, at: int) -> Iterator[Segment]:
    roles = load_words().roles
    for length in range(1, len(plain) + 1):
        role = roles.get(plain[:length])
        if role:
            yield Segment("role", at, at + length, role=role)


def _misread_roles(tokens: Sequence[Token], plain: Phrase, at: int) -> Iterator[Segment]:
    """Yield words of role with a letter misread, or run together, before a colon ("Pbối hợp:")."""
    for length in range(1, len(plain)):
        inside = tokens[at + 1 : at + length]
        if tokens[at + length].kind == "colon" and all(t.kind in _CLOSE for t in inside):
            role = _near_role("".join(plain[:length]))
            if role:
                yield Segment("role", at, at + length, role=role)


@lru_cache(maxsize=4096)
def _near_role(run: str) -> tuple[Role, Side] | None:
    for phrase, role in load_words().roles.items():
        whole = "".join(phrase)
        long = len(whole) >= _LEAST_MISREAD and is_syllable(phrase[0])
        if long and Levenshtein.distance(run, whole, score_cutoff=1) <= 1:
            return role
    return None


def _list_heads(tokens: Sequence[Token], plain: Phrase, at: int) -> Iterator[Segment]:
    heads = load_words().list_heads
    for length in (2, 3, 4):
        head = heads.get(plain[:length])
        following = tokens[at + length : at + length + 1]
        # "Các phòng Nội vụ, …", but "Các phòng, ban: Nội vụ, …": the latter are also a group.
        bare_head = head is not None and len(head) == length - 1
        lead_on = ("colon", "space", "line") if bare_head else ("colon",)
        if head and following and following[0].kind in lead_on:
            yield Segment("head", at, at + length, head=head)


def _fillers(tokens: Sequence[Token], at: int) -> Iterator[Segment]:
    if tokens[at].key in AND:
        yield Segment("filler", at, at + 1)
        return
    fillers = load_words().fillers
    for length in (1, 2, 3, 4):
        words = tuple(token.key for token in tokens[at : at + length])
        if len(words) == length and words in fillers:
            yield Segment("filler", at, at + length)
