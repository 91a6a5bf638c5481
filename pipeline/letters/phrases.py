"""What is surely called so: agencies and times, which the table of counts knows little of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from pipeline.agencies.registry.registry import Registry
from pipeline.knowledge import load_yaml
from pipeline.language.text import toneless
from pipeline.letters import WEIGHTS
from pipeline.letters.candidates import Option, voted
from pipeline.letters.counts import Counts
from pipeline.letters.tokens import PARTS, name_of

_VOTE = 2.0  # log-odds
_SHORTEST_NAME = 3  # tokens; "hội nông" and the like stand in other words, too

Names = tuple[str, ...]  # of tokens of the table


class Phrases(Struct, frozen=True):
    """Phrases as names of tokens, each after its names without marks, by the first two of these."""

    by_start: dict[Names, list[tuple[Names, Names]]]

    def said(self, bare: Sequence[str], at: int) -> list[Names]:
        """Return the phrases that may stand from a token on, marks and tones aside."""
        return [
            phrase
            for plain, phrase in self.by_start.get(tuple(bare[at : at + 2]), ())
            if plain == tuple(bare[at : at + len(plain)])
        ]


@lru_cache(maxsize=16)
def phrases_in(registry: Registry) -> Phrases:
    """Return the times of `letters.yaml` and the names of a registry of agencies."""
    times = [tuple(phrase.split()) for phrase in load_yaml(WEIGHTS)["phrases"]]
    return phrases_of([*times, *_agencies(registry)])


def phrases_of(phrases: Iterable[Names]) -> Phrases:
    """Return phrases, each of two tokens or more, to be looked up."""
    by_start: dict[Names, list[tuple[Names, Names]]] = defaultdict(list)
    for phrase in dict.fromkeys(phrases):
        plain = _bare(phrase)
        by_start[plain[:2]].append((plain, phrase))
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
    made = [list(many) for many in options]
    for at, said in whole.items():
        names = (read[at], *(option.text for option in options[at][1:]))
        made[at] = voted(options[at], [_VOTE * (name in said) for name in names])
    return made


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
