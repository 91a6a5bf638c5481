"""Cells that say both who leads and who supports: "Chủ trì: …; Phối hợp: …"."""

from typing import NamedTuple

from pipeline.agencies.match.cell import cited, find_groups, once, to_agency
from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.grouping import Group
from pipeline.agencies.match.segments import Segment
from pipeline.agencies.registry.registry import Registry
from pipeline.agencies.tokens import TokenizedText, tokenize
from pipeline.agencies.words import Role, Side, bare_words, load_words
from schemas.plan import Agency


class RoleMatches(NamedTuple):
    """Who leads and who supports, in the order of the cell; one agency may be in both."""

    lead: tuple[Agency, ...]
    partners: tuple[Agency, ...]


class _Assigned(NamedTuple):
    """A reference and its role. `said` is false where no word of the cell gives it one."""

    group: Group
    role: Role
    said: bool


def match_roles(text: str, context: IssuerContext, registry: Registry) -> RoleMatches:
    """Return the agencies of a cell by role; without any word of role all of them lead.

    Where some of several names have no role said, these are flagged `role_unmarked` and left to
    review. Raises nothing.
    """
    cell = tokenize(text)
    if not cell.tokens:
        return RoleMatches((), ())
    if cell.reference:
        return RoleMatches((cited(cell),), ())
    assigned = _assign(cell, find_groups(cell, context, registry))
    unsure = len(assigned) > 1
    found: dict[Role, list[Agency]] = {"lead": [], "partner": []}
    for part in assigned:
        agency = to_agency(cell, part.group, context, registry.thresholds)
        found[part.role].append(agency if part.said or not unsure else _unmarked(agency))
    return RoleMatches(once(tuple(found["lead"])), once(tuple(found["partner"])))


def _unmarked(agency: Agency) -> Agency:
    status = "review" if agency.status == "accepted" else agency.status
    return agency.model_copy(update={"status": status, "flags": (*agency.flags, "role_unmarked")})


def _assign(cell: TokenizedText, parts: list[Group | Segment]) -> list[_Assigned]:
    """Give every reference the role of the words before or behind it."""
    assigned: list[_Assigned] = []
    standing: Role | None = None
    unread = False
    clause = 0  # where in `assigned` the clause, or what a word of role has not claimed, begins
    for at, part in enumerate(parts):
        if cell.tokens[part.start].kind in ("hard", "line") and _ends_clause(cell, part):
            clause = len(assigned)
        if isinstance(part, Group):
            remark = _role_in_brackets(cell, part)
            assigned[clause:] = _remarked(assigned[clause:], remark)
            role: Role = remark or standing or "lead"
            assigned.append(_Assigned(part, role, bool(remark or standing)))
            if (part.name is None or part.extra) and _colon_follows(cell, part):
                standing, unread = None, True  # it may have been "Phối hợp:"
            continue
        if part.role is None:
            continue
        word, side = part.role
        if len(assigned) > clause and _stands_behind(cell, parts, at, side):
            # "A chủ trì: B": of A, where the colon was a semicolon, or of B.
            assigned[clause:] = [p._replace(role=word, said=True) for p in assigned[clause:]]
            standing, unread, clause = None, True, len(assigned)
            continue
        if word == "partner" and (side == "before" or _colon_follows(cell, part)):
            assigned = _led(assigned)
        if _looks_back(cell, parts, at, side, claimed=len(assigned) > clause):
            first = _first_gathered(cell, part, assigned, clause)
            for n in range(first, len(assigned)):
                # "A chủ trì, phối hợp với B tham mưu": B supports all the same.
                if not (word == "lead" and assigned[n].said):
                    assigned[n] = assigned[n]._replace(role=word, said=True)
            clause = len(assigned)
        else:
            standing, clause = word, len(assigned)
    if unread:
        return assigned
    return (
        assigned if any(p.said and p.role == "partner" for p in assigned) else _seconded(assigned)
    )


def _remarked(clause: list[_Assigned], remark: Role | None) -> list[_Assigned]:
    """Give a clause's names the role in brackets behind the last: "A, B (phối hợp)"."""
    if remark is None:
        return clause
    return [part if part.said else part._replace(role=remark, said=True) for part in clause]


def _stands_behind(cell: TokenizedText, parts: list[Group | Segment], at: int, side: Side) -> bool:
    """Return whether a word of role stands straight behind a name, and yet before a colon."""
    before, piece = parts[at - 1], parts[at]
    straight = cell.tokens[piece.start].kind in ("space", "none")
    named = isinstance(before, Group) and before.name is not None
    return side == "either" and straight and named and _colon_follows(cell, piece)


def _led(assigned: list[_Assigned]) -> list[_Assigned]:
    """Let the names lead that stand before the first word of role: "A phối hợp với B"."""
    if any(part.said for part in assigned):
        return assigned
    return [part._replace(said=True) for part in assigned]


def _seconded(assigned: list[_Assigned]) -> list[_Assigned]:
    """Let the names without a role support where some are said to lead: "A (chủ trì); B; C"."""
    if not any(part.said for part in assigned):
        return assigned
    return [part if part.said else part._replace(role="partner") for part in assigned]


def _first_gathered(
    cell: TokenizedText, piece: Segment, assigned: list[_Assigned], clause: int
) -> int:
    """Return from which name on the words of role speak: "A chủ trì; B; C phối hợp"."""
    words = tuple(token.bare for token in cell.tokens[piece.start : piece.end])
    led = any(part.said and part.role == "lead" for part in assigned)
    if words not in load_words().gathering or not led:
        return clause
    while clause and not assigned[clause - 1].said:
        clause -= 1
    return clause


def _ends_clause(cell: TokenizedText, part: Group | Segment) -> bool:
    """Return whether a new clause begins; over a mere line's end, only with "Phối hợp:"."""
    if cell.tokens[part.start].kind == "hard":
        return True
    return isinstance(part, Segment) and part.role is not None and _colon_follows(cell, part)


def _looks_back(
    cell: TokenizedText, parts: list[Group | Segment], at: int, side: Side, *, claimed: bool
) -> bool:
    """Return whether a word of role is about the names before it rather than those behind."""
    piece = parts[at]
    if not claimed or _colon_follows(cell, piece):
        return False
    if cell.tokens[piece.start - 1].key == "là":  # "A là cơ quan chủ trì"
        return True
    if side == "before":
        return False
    if side == "after":
        return True
    rest = parts[at + 1 :]
    follows = next((p for p in rest if isinstance(p, Group) or p.role is not None), None)
    if follows is None or isinstance(follows, Segment):
        return True
    # "Sở A chủ trì, Sở B phối hợp": what follows after a mark belongs to somebody else.
    return cell.tokens[piece.end].kind not in ("space", "none") or (
        cell.tokens[piece.start].kind == "space"
    )


def _colon_follows(cell: TokenizedText, piece: Group | Segment) -> bool:
    return piece.end < len(cell.tokens) and cell.tokens[piece.end].kind == "colon"


def _role_in_brackets(cell: TokenizedText, group: Group) -> Role | None:
    """Return the role that brackets behind the name say: "Phòng Nội vụ (chủ trì)"."""
    end = cell.tokens[group.end - 1].end
    for first, last in cell.remarks:
        if first >= end and not cell.text[end:first].strip():
            said = load_words().roles.get(bare_words(cell.text[first:last]))
            if said:
                return said[0]
    return None
