"""What the form of a name tells: its head, its level, whether it joins parts, what it is worth."""

from collections.abc import Sequence
from datetime import date

from pipeline.agencies.match.segments import Named
from pipeline.agencies.match.spellings import Spelling
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.tokens import Token, TokenizedText
from pipeline.agencies.words import AND, Phrase, load_words
from pipeline.places.kinds import LEVEL_OF_KIND

# What a name is worth whose head stands nowhere, or a short form that may be anything.
HEADLESS_SCORE = 0.85


def is_body(options: Sequence[Spelling]) -> bool:
    """Return whether the name is that of a body, which can stand in a list without its head."""
    return options[0].entry.kind not in ("collective", "person")


def is_branch(options: Sequence[Spelling], on: date | None) -> bool:
    """Return whether the name is only of bodies whose level has ended: one of several branches."""
    entries = [spelling.entry for spelling in options]
    return all(entry.level is not None and entry.level_on(on) is None for entry in entries)


def is_colon(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a colon stands before the token."""
    return at < len(tokens) and tokens[at].kind == "colon"


def is_joined(cell: TokenizedText, start: int, end: int) -> bool:
    """Return whether "và", "&" or a bullet joins parts between the tokens."""
    tokens = cell.tokens
    for at in range(start + 1, end):
        between = cell.text[tokens[at - 1].end : tokens[at].start]
        bullet = between.rpartition("\n")[1:]
        if tokens[at].key in AND or "&" in between or (bullet[0] and bullet[1].strip()):
            return True
    return False


def head_of(named: Named) -> Phrase:
    """Return the head that a name shares with those after it in a list, () where it shares none."""
    words = named.words
    heads = load_words().shared_heads
    if words[0] == "bộ" and named.entry.level != "central":  # "Bộ CHQS tỉnh, Công an tỉnh"
        return ()
    return next((words[:n] for n in (2, 1) if words[:n] in heads), ())


def has_joint(entry: Entry) -> bool:
    """Return whether any name of the agency joins parts, by "và", a comma or a hyphen."""
    texts = (entry.name, *entry.aliases, *entry.abbreviations)
    return any(joint in text for text in texts for joint in (" và ", "&", "-", ","))


def shared_head(key: str) -> Phrase:
    """Return the head that a name beginning with the word shares with those after it."""
    return (key,) if (key,) in load_words().shared_heads else ()


def own_level(options: Sequence[Spelling]) -> str:
    """Return the word for a level that the name itself holds at an end ("Huyện ủy")."""
    if not is_body(options):  # "Hợp tác xã Đồng Tiến" is none of the commune Đồng Tiến
        return ""
    words = options[0].words
    return words[0] if words[0] in _LEVEL_WORDS else words[-1] if words[-1] in _LEVEL_WORDS else ""


_LEVEL_WORDS = frozenset(kind.split()[0] for kind in LEVEL_OF_KIND if kind != "đặc khu")
_LEAST_LOWER = 4
_LEAST_ELIDED = 3


def short_form_score(
    tokens: Sequence[Token], options: Sequence[Spelling], *, elided: bool
) -> float:
    """Return what a short form is worth: two letters without their head may be anything.

    So may a few letters that are no capitals.
    """
    if any(s.method != "abbreviation" for s in options):
        return 1.0
    letters = sum(len(t.key) for t in tokens)
    if elided and letters < _LEAST_ELIDED:
        return HEADLESS_SCORE
    if any(t.upper for t in tokens):
        return 1.0
    return 1.0 if letters >= _LEAST_LOWER else HEADLESS_SCORE
