"""The spellings of all names as a tree of words, and how a misread name is followed in it."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from pipeline.agencies.match.spellings import Spelling
from pipeline.agencies.words import Phrase, load_words


class Node(Struct):
    """A word, the words that may follow it, and the spellings that end with it."""

    children: "dict[str, Node]" = field(default_factory=dict)
    here: list[Spelling] = field(default_factory=list)
    official: tuple[Spelling, ...] | None = None

    def officials(self) -> tuple[Spelling, ...]:
        """Return the official names that begin as the node does."""
        if self.official is None:
            own = [spelling for spelling in self.here if spelling.method == "exact"]
            further = [s for child in self.children.values() for s in child.officials()]
            self.official = (*own, *further)
        return self.official


class Slip(NamedTuple):
    """A word that is not as it was read: where it stands in the tree, and which of the name's."""

    node: Node
    at: int


class Way(NamedTuple):
    """How a name was followed so far: where from, words taken, what was lost on the way.

    `slips` are the words that were misread, `others` how many of them are good words themselves.
    """

    start: int
    words: int
    lost: float
    tones: float
    slips: tuple[Slip, ...] = ()
    others: int = 0

    @property
    def guessed(self) -> bool:
        """Return whether one of two words is another word: "Cục trưởng" is not "Các trường"."""
        return self.others > 0 and self.words == 2

    def tells_apart(self, found: Sequence[Spelling]) -> bool:
        """Return whether a misread word is what tells the name from others of the registry.

        So is the only word behind the name's head. Such a name is never sure.
        """
        words, names = found[0].words, {spelling.entry.name for spelling in found}
        read = {slip.at for slip in self.slips}
        if read and set(range(head_length(words), len(words))) <= read:
            return True
        return any(
            follow(node, words[slip.at + 1 :]) - names
            for slip in self.slips
            for word, node in slip.node.children.items()
            if word != words[slip.at]
        )


def head_length(words: Phrase) -> int:
    """Return how many words at the beginning only say what sort of body it is."""
    heads = load_words().heads
    return next((n for n in (3, 2, 1) if words[:n] in heads and n < len(words)), 0)


def follow(node: Node, words: Phrase) -> set[str]:
    """Return the names that end with these words from the node on."""
    for word in words:
        if word not in node.children:
            return set()
        node = node.children[word]
    return {spelling.entry.name for spelling in node.here}
