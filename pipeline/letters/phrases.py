"""What is surely called so: agencies and times, which the table of counts knows little of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agencies.registry.registry import Registry
from pipeline.knowledge import load_yaml
from pipeline.language.text import toneless
from pipeline.letters import WEIGHTS
from pipeline.letters.candidates import Option
from pipeline.letters.counts import Counts
from pipeline.letters.tokens import PARTS, name_of

_VOTE = 2.0  # log-odds
_SHORTEST_NAME = 3  # tokens; "hội nông" and the like stand in other words, too

Names = tuple[str, ...]  # of tokens of the table


class Phrases(Struct, frozen=True):
    """Phrases as names of tokens, by the first two of these without marks."""

    by_start: dict[Names, list[Names]]

    def said(self, bare: Sequence[str], at: int) -> list[Names]:
        """Return the phrases that may stand from a token on, marks and tones aside."""
        return [
            phrase
            for phrase in self.by_start.get(tuple(bare[at : at + 2]), ())
            if _bare(phrase) == tuple(bare[at : at + len(phrase)])
        ]


@lru_cache(maxsize=16)
def phrases_in(registry: Registry) -> Phrases:
    """Return the times of `letters.yaml` and the names of a registry of agencies."""
    times = [tuple(phrase.split()) for phrase in load_yaml(WEIGHTS)["phrases"]]
    return phrases_of([*times, *_agencies(registry)])


def phrases_of(phrases: Iterable[Names]) -> Phrases:
    """Return phrases, each of two tokens or more, to be looked up."""
    by_start: dict[Names, list[Names]] = defaultdict(list)
    for phrase in dict.fromkeys(phrases):
        by_start[_bare(phrase[:2])].append(phrase)
    return Phrases(dict(by_start))


def with_phrases(
    options: Sequence[Sequence[Option]], counts: Counts, phrases: Phrases
) -> list[list[Option]]:
    """Return the options of each token, those preferred that make a phrase whole."""
    read = [counts.names[o[0].id] if o[0].id < counts.unseen else o[0].text for o in options]
    bare = _bare(read)
    whole: dict[int, set[str]] = defaultdict(set)
    for at in range(len(options) - 1):
        for phrase in phrases.said(bare, at):
            parts = range(at, at + len(phrase))
            if all(
                name == read[i] or any(o.text == name for o in options[i])
                for i, name in zip(parts, phrase, strict=True)
            ):
                for i, name in zip(parts, phrase, strict=True):
                    whole[i].add(name)
    return [
        voted(many, whole[at], read[at], _VOTE) if at in whole and len(many) > 1 else list(many)
        for at, many in enumerate(options)
    ]


def voted(options: Sequence[Option], names: set[str], read: str, vote: float) -> list[Option]:
    """Return the options of a token, those that are one of these names with a vote more."""
    base = vote if read in names else 0.0
    votes = (vote if option.text in names else 0.0 for option in options[1:])
    changed = [
        replace(option, cost=option.cost + vote - base)
        for option, vote in zip(options[1:], votes, strict=True)
    ]
    return [options[0], *changed]


def names_in(text: str) -> Names:
    """Return the names of the tokens of a text."""
    return tuple(name_of(part.strip()) for part in PARTS.findall(text) if part.strip())


def _agencies(registry: Registry) -> Iterable[Names]:
    for entry in registry.entries.values():
        for name in (entry.name, *entry.aliases):
            if len(parts := names_in(name)) >= _SHORTEST_NAME:
                yield parts


def _bare(names: Iterable[str]) -> Names:
    return tuple(map(toneless, names))
