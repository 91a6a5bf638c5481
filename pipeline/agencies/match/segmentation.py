"""A cell covered by names: the cheapest way to explain all of its words, and the second cheapest.

The whole cell is segmented at once (dynamic programming over its words) instead of being split at
commas first: commas, "và" and line breaks stand inside names as well as between them.
"""

from collections.abc import Iterator
from functools import cached_property
from heapq import heappop, heappush
from typing import NamedTuple

from pipeline.agencies.match.choice import IssuerContext, choose
from pipeline.agencies.match.lexicon import Hit, Lexicon, heads_shared
from pipeline.agencies.match.name_forms import (
    HEADLESS_SCORE,
    has_joint,
    head_of,
    is_body,
    is_branch,
    is_colon,
    is_joined,
    own_level,
    shared_head,
    short_form_score,
)
from pipeline.agencies.match.places import (
    begins_body,
    level_of,
    listed_name,
    places,
    said_places,
)
from pipeline.agencies.match.segments import Named, Segment, staff_words, words_between
from pipeline.agencies.match.spellings import Spelling
from pipeline.agencies.match.unlisted import left_as_printed
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.tokens import TokenizedText
from pipeline.agencies.words import AND, Phrase, load_words
from pipeline.places.gazetteer import KnownPlaces

# The costs of a way to read a cell; a word that nothing explains costs 1.
COSTS = {
    "name": 0.3,
    "decided": 0.0,  # a text about which a person decided: less than any other way to read it
    "slip": 2.0,  # times what the match's score lacks
    "hard_inside": 0.6,  # a semicolon or full stop inside a name
    "unseparated": 0.2,  # a name straight behind another
    "elided": 0.15,  # a name whose head stands only before an earlier one
    "headless": 0.6,  # a name whose head stands nowhere
    "all_levels": 0.25,  # "các cấp" read apart from a name that holds it
    "mismatch": 0.55,  # a level behind a name that has no such level
    "role": 0.05,
    "label": 0.1,  # words as before a colon ("đơn vị chủ trì") without one
    "head": 0.06,
    "filler": 0.02,
    "rest": 1.0,
    "staff": 0.25,  # persons of a body: a name that says so itself is the better reading
    "unit_alone": 0.5,  # a unit in place of the body that governs it
    "left": 0.9,  # a person or a firm that no list holds
}
ELIDED_SCORE = 0.95
_KEPT = 4
_LISTS = frozenset({"comma", "and", "colon", "hard"})


class Segmentation(NamedTuple):
    """The best way to read a cell, and what other names the next best way finds in it."""

    pieces: tuple[Segment, ...]
    rivals: tuple[Segment, ...] | None


class _Path(NamedTuple):
    """A way to read the cell up to a token; `names` are the ids that it has found.

    `owed`: a list's head, and persons, must be followed by a name.
    """

    cost: float
    before: "_Path | None"
    piece: Segment | None
    head: Phrase = ()
    last: Named | None = None
    owed: bool = False
    names: tuple[str, ...] = ()

    def pieces(self) -> tuple[Segment, ...]:
        """Return the pieces in order."""
        found, path = [], self
        while path.before is not None:
            if path.piece is not None:
                found.append(path.piece)
            path = path.before
        return tuple(reversed(found))


def segment(cell: TokenizedText, lexicon: Lexicon, context: IssuerContext) -> Segmentation:
    """Return the best reading of the cell; first by exact spellings, then with slips allowed."""
    reading = _Segmenter(cell, lexicon, context, deep=False).reading()
    if any(piece.kind == "rest" or _is_loose(piece) for piece in reading.pieces):
        reading = _Segmenter(cell, lexicon, context, deep=True).reading()
    return reading


def _is_loose(piece: Segment) -> bool:
    """Return whether the words for a place were not quite as they should be."""
    place = piece.name.place if piece.name else None
    return place is not None and place.unit is None and place.cost > 0


class _Segmenter:
    """One pass over one cell; `deep` allows slips, beginnings of names and missing heads."""

    def __init__(
        self, cell: TokenizedText, lexicon: Lexicon, context: IssuerContext, *, deep: bool
    ) -> None:
        self._cell = cell
        self._tokens = cell.tokens
        self._lexicon = lexicon
        self._context = context
        self._deep = deep
        self._found: dict[tuple[int, Phrase], tuple[Segment, ...]] = {}
        self._found_unlisted: dict[int, tuple[Segment, ...]] = {}

    @cached_property
    def _known(self) -> KnownPlaces:
        return KnownPlaces.of(self._context.unit, self._context.province)

    def reading(self) -> Segmentation:
        """Return the best reading of the cell: the cheapest ways are followed first.

        So no way is followed that is dearer than the best one and what is in doubt beside it.
        """
        queue: list[tuple[float, int, int, _Path]] = [(0.0, 0, 0, _Path(0.0, None, None))]
        kept = [_Kept() for _ in range(len(self._tokens) + 1)]
        count = 0
        best: _Path | None = None
        while queue:
            cost, _, at, path = heappop(queue)
            if best is not None and cost - best.cost >= _DOUBTFUL:
                break
            if at == len(self._tokens):
                if best is None and not path.owed:
                    best = path
                elif best is not None and not path.owed and path.names != best.names:
                    return Segmentation(best.pieces(), path.pieces())
            elif kept[at].takes(path):
                for end, further in self._further(path, at):
                    count += 1
                    heappush(queue, (further.cost, count, end, further))
        assert best is not None  # that nothing is explained is always a way
        return Segmentation(best.pieces(), None)

    def _further(self, path: _Path, at: int) -> Iterator[tuple[int, _Path]]:
        if path.piece is not None and path.piece.kind == "staff":
            yield from self._with_staff(path, at)
            return
        if not path.owed:
            yield from self._of_no_list(path, at)
            for piece in self._names(at, ()):
                yield piece.end, self._named(path, piece)
            rest = Segment("rest", at, at + 1)
            cost = path.cost + COSTS["rest"]
            yield at + 1, _Path(cost, path, rest, path.head, path.last, False, path.names)
        for piece in words_between(self._tokens, at):
            cost = path.cost + COSTS[piece.kind]
            if piece.role and piece.role[1] == "before" and not is_colon(self._tokens, piece.end):
                cost += COSTS["label"]
            if piece.kind == "head":
                if not path.owed:
                    yield piece.end, _Path(cost, path, piece, piece.head, None, True, path.names)
            elif piece.kind == "filler" or not path.owed:
                yield (
                    piece.end,
                    _Path(cost, path, piece, path.head, path.last, path.owed, path.names),
                )
        if path.head and (path.owed or self._listed(at)):
            for piece in self._names(at, path.head):
                yield piece.end, self._named(path, piece)
        if path.last and self._listed(at):
            for further in self._further_places(path, at):
                assert further.piece is not None
                yield further.piece.end, further

    def _with_staff(self, path: _Path, at: int) -> Iterator[tuple[int, _Path]]:
        """Yield the body whose persons are named before it, if only at the end of the line."""
        if self._tokens[at].kind in ("space", "line", "none"):
            for piece in self._names(at, ()):
                if piece.name and not piece.name.guessed and self._has_staff(piece.name):
                    yield piece.end, self._named(path, piece)

    def _has_staff(self, named: Named) -> bool:
        """Return whether it is a body, or the bodies that govern units."""
        governs = any(
            named.entry.id == body.entry.id for body in self._lexicon.unit_bodies.values()
        )
        return governs or is_body(named.options)

    def _of_no_list(self, path: _Path, at: int) -> Iterator[tuple[int, _Path]]:
        """Yield what is no name of the registry and yet no unknown words: see `Segment`."""
        for piece in self._unlisted(at):
            if piece.kind == "staff":
                cost = path.cost + COSTS["staff"]
                yield piece.end, _Path(cost, path, piece, path.head, None, True, path.names)
            elif piece.name is not None:
                yield piece.end, self._named(path, piece)
            else:
                yield piece.end, _Path(path.cost + COSTS["left"], path, piece, names=path.names)

    def _unlisted(self, at: int) -> tuple[Segment, ...]:
        """Return the persons, the firms and the units alone that begin at the token."""
        if not load_words().begins_unlisted(self._tokens[at].key):
            return ()
        if at not in self._found_unlisted:
            found = [p for p in staff_words(self._tokens, at) if p.end < len(self._tokens)]
            if at == 0 or self._separated(at):
                found += [*left_as_printed(self._tokens, at), *self._units(at)]
            self._found_unlisted[at] = tuple(found)
        return self._found_unlisted[at]

    def _units(self, at: int) -> Iterator[Segment]:
        """Yield the body that governs the unit named at the token ("Xã Đơn Dương")."""
        for scope in said_places(self._cell, at, self._known, alone=True):
            level = level_of(scope.unit) if scope.unit and scope.certain else None
            body = self._lexicon.unit_bodies.get(level or "")
            if body is not None:
                choice = choose((body,), scope, self._context)
                dearer = scope._replace(cost=scope.cost + COSTS["unit_alone"])
                named = Named((body,), choice, dearer, 1.0, unit_alone=True)
                yield Segment("name", at, scope.end, named)

    def _named(self, path: _Path, piece: Segment) -> _Path:
        named = piece.name
        assert named is not None
        own = COSTS["decided" if named.decided else "name"]
        cost = path.cost + own + COSTS["slip"] * (1 - named.score) + named.place.cost
        cost += COSTS["hard_inside"] * named.hard
        if named.place.level == "all":
            cost += COSTS["all_levels"]
        if "level_mismatch" in named.choice.doubts:
            cost += COSTS["mismatch"]
        if named.elided:
            cost += COSTS["elided"] - COSTS["slip"] * (1 - ELIDED_SCORE)
            head = path.head
        else:
            # Where the head itself is a guess, nothing is guessed from it.
            head = () if named.headless or named.part else head_of(named)
            follows = path.piece is not None and path.piece.kind == "name"
            if follows and not self._separated(piece.start):
                cost += COSTS["unseparated"]
        if named.headless:
            cost += COSTS["headless"] - COSTS["slip"] * (1 - HEADLESS_SCORE)
        return _Path(cost, path, piece, head, named, names=(*path.names, named.entry.id))

    def _further_places(self, path: _Path, at: int) -> Iterator[_Path]:
        """Yield the name before with another place ("UBND phường X, xã Y")."""
        last = path.last
        assert last is not None
        found = list(listed_name(self._cell, at, last.place, self._known))
        if last.place.level:
            found += said_places(self._cell, at, self._known)
        for place in found:
            choice = choose(last.options, place, self._context)
            if "level_mismatch" not in choice.doubts:
                named = Named(last.options, choice, place, ELIDED_SCORE, elided=True)
                yield self._named(path, Segment("name", at, place.end, named))

    def _names(self, at: int, head: Phrase) -> tuple[Segment, ...]:
        key = (at, head)
        if key not in self._found:
            self._found[key] = tuple(self._find_names(at, head))
        return self._found[key]

    def _find_names(self, at: int, head: Phrase) -> Iterator[Segment]:
        for hit in self._look_up(at, head):
            if head and (hit.part or not is_body(hit.spellings)):
                continue
            if hit.part and self._goes_on(hit.end):
                continue
            score = hit.score * (ELIDED_SCORE if head else 1)
            yield from self._placed(at, hit, score, head=head)
        if self._deep and not head:
            for hit in self._headless(at):
                score = hit.score * HEADLESS_SCORE
                yield from self._placed(at, hit, score, headless=True)

    def _goes_on(self, at: int) -> bool:
        """Return whether other words follow straight: what they follow is not merely cut off."""
        if at >= len(self._tokens) or self._tokens[at].kind not in ("space", "none", "dash"):
            return False
        token = self._tokens[at]
        return token.bare not in load_words().begin_level and not begins_body(self._tokens, at)

    def _names_inside(self, at: int, hit: Hit, head: Phrase) -> int:
        """Return how strongly commas inside the name speak for names of their own: 0, 1 or 2.

        So does the comma in "Ban Tổ chức, Huyện ủy", and the one in "Phòng LĐ-TB&XH, Dân tộc",
        where either part is a name as well; less where there are others inside a part. So does
        an "và" in a name that has none ("Đảng ủy và UBND tỉnh").
        """
        if hit.spellings[0].entry.kind != "agency" or hit.spellings[0].method == "decision":
            return 0
        commas = [n for n in range(at + 1, hit.end) if self._tokens[n].kind == "comma"]
        if not has_joint(hit.spellings[0].entry) and is_joined(self._cell, at, hit.end):
            return 2
        for comma in commas:
            if self._is_name(at, comma, head):
                shared = head or shared_head(self._tokens[at].key)
                if self._is_name(comma, hit.end, ()) or self._is_name(comma, hit.end, shared):
                    return 2 if len(commas) == 1 else 1
        return 0

    def _is_name(self, start: int, end: int, head: Phrase) -> bool:
        return any(hit.end == end and not hit.part for hit in self._look_up(start, head))

    def _headless(self, at: int) -> Iterator[Hit]:
        """Yield names whose head is left off, those with different heads together."""
        by_end: dict[int, list[Hit]] = {}
        for shared in heads_shared():
            for hit in self._lexicon.exact(self._tokens, at, shared):
                said = tuple(token.key for token in self._tokens[at : hit.end])
                if not is_body(hit.spellings) or said in load_words().common:
                    continue
                by_end.setdefault(hit.end, []).append(hit)
        for hits in by_end.values():
            together = tuple(spelling for hit in hits for spelling in hit.spellings)
            yield hits[0]._replace(spellings=together)

    def _look_up(self, at: int, head: Phrase) -> Iterator[Hit]:
        if not head:
            yield from self._lexicon.decided(self._tokens, at)
        yield from self._lexicon.exact(self._tokens, at, head)
        if self._deep:
            yield from self._lexicon.toneless(self._tokens, at, head)
            yield from self._lexicon.misread(self._tokens, at, head)
            if not head:
                yield from self._lexicon.misread_short(self._tokens, at)

    def _placed(
        self, at: int, hit: Hit, score: float, *, head: Phrase = (), headless: bool = False
    ) -> Iterator[Segment]:
        elided = bool(head)
        own = own_level(hit.spellings)
        tokens = self._tokens[at : hit.end]
        score = min(score, short_form_score(tokens, hit.spellings, elided=elided))
        hard = hit.hard + self._names_inside(at, hit, head)
        branch = is_branch(hit.spellings, self._context.issued)
        for place in places(self._cell, hit.end, self._known, own, branch=branch):
            options = self._allowed(hit.spellings, at, place.end)
            if not options:
                continue
            choice = choose(options, place, self._context)
            named = Named(options, choice, place, score, hit.part, elided, headless, hard)
            # "Công an" was decided on; "Công an xã" of another level was not.
            if not (named.decided and "level_mismatch" in choice.doubts):
                yield Segment("name", at, place.end, named)

    def _allowed(self, options: tuple[Spelling, ...], at: int, end: int) -> tuple[Spelling, ...]:
        """Return the agencies of which nobody said that these words never mean them."""
        refused = self._lexicon.refused
        if not refused:
            return options
        run = run_of(self._cell, at, end)
        return tuple(s for s in options if (run, s.entry.id) not in refused)

    def _separated(self, at: int) -> bool:
        """Return whether something before the token, if only the end of a line, parts two names."""
        return self._tokens[at].kind == "line" or self._listed(at)

    def _listed(self, at: int) -> bool:
        """Return whether a comma, an "và" or the like before the token may go on with a list."""
        if self._tokens[at].kind in _LISTS or self._tokens[at].key in AND:
            return True
        return at > 0 and self._tokens[at - 1].key in AND


_DOUBTFUL = 0.2


class _Kept:
    """The ways that were followed from a token: the first few, of the same names only one."""

    def __init__(self) -> None:
        self._seen: set[tuple[object, ...]] = set()
        self._count = [0, 0]

    def takes(self, path: _Path) -> bool:
        """Return whether the path is to be followed, and remember it."""
        if self._count[path.owed] >= _KEPT:
            return False
        signature = (path.names, path.head, path.owed, path.last.place if path.last else None)
        if signature in self._seen:
            return False
        self._seen.add(signature)
        self._count[path.owed] += 1
        return True
