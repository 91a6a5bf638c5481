"""Names of communes and districts: the province of a plan knows those that no sentence tells."""

from collections.abc import Iterator, Sequence

from pipeline.letters.candidates import Option, voted
from pipeline.letters.counts import BOUNDARY, MARK
from pipeline.letters.phrases import Names
from pipeline.letters.tokens import ContextToken
from pipeline.places.gazetteer import names_of_places
from pipeline.places.kinds import LEVEL_OF_KIND

# Log-odds of a name behind a kind of unit that its province has against one that no province has.
# It also makes up for what speaks against changes of names (`name` among the weights, the higher
# threshold), for both suppose that nothing is known of them.
_VOTE = 8.0
_SHORTEST = 2  # syllables; of one alone a letter is too much
_LONGEST_KIND = 2
_KINDS = frozenset(tuple(kind.split()) for kind in LEVEL_OF_KIND)


def with_units(
    options: Sequence[Sequence[Option]], tokens: Sequence[ContextToken], units: frozenset[Names]
) -> list[list[Option]]:
    """Return the options of each token, those preferred that make a name of a unit.

    `units` are the names that there are in the province, with their kinds. Capitals behind a kind
    ("xã Nghĩa An", "các xã Nghĩa An, Nghĩa Bình") that are such a name stay; those that are the
    name of no unit of any province become the one of this province that they may be.
    """
    made = [list(many) for many in options]
    for kind, run in _printed(tokens) if units else ():
        name = _name(kind, [options[at] for at in run], units)
        for at, syllable in zip(run, name, strict=True) if name else ():
            made[at] = voted(options[at], [_VOTE * (o.text == syllable) for o in options[at]])
    return made


def _printed(tokens: Sequence[ContextToken]) -> Iterator[tuple[Names, range]]:
    """Yield capitals behind a kind, and where they stand; lists go on behind commas and "và"."""
    kind: Names = ()
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].name and tokens[end].text:
            end += 1
        if kind and end - at >= _SHORTEST:
            yield kind, range(at, end)
        if end > at:
            at = end
        elif tokens[at].id == BOUNDARY:
            kind, at = (), at + 1
        elif tokens[at].id == MARK or tokens[at].text == "và":
            at += 1
        else:
            kind = _kind_at(tokens, at)
            at += max(len(kind), 1)


def _kind_at(tokens: Sequence[ContextToken], at: int) -> Names:
    texts = tuple(token.text for token in tokens[at : at + _LONGEST_KIND])
    return next((texts[:n] for n in range(_LONGEST_KIND, 0, -1) if texts[:n] in _KINDS), ())


def _name(kind: Names, options: Sequence[Sequence[Option]], units: frozenset[Names]) -> Names:
    """The name that some capitals are, or the only one that they may be; () where there is none."""
    read = tuple(many[0].text for many in options)
    if (*kind, *read) in units:
        return read
    if " ".join(read) in names_of_places():
        return ()
    may_be = [{option.text for option in many} for many in options]
    near = [
        unit[len(kind) :]
        for unit in units
        if len(unit) == len(kind) + len(read)
        and unit[: len(kind)] == kind
        and all(name in texts for name, texts in zip(unit[len(kind) :], may_be, strict=True))
    ]
    return near[0] if len(near) == 1 else ()
