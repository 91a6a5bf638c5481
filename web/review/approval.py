"""How far the review of a document has come, up to the approval by a second person.

An approval is an entry of the log that tells the content that was approved: when a later reading,
decision or correction changes the content, the document waits for approval once more.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from pipeline.correct.approval import approval_in, content_of
from pipeline.correct.standing import live
from schemas.correction import Correction
from schemas.plan import Plan

Stage = Literal["to-review", "reviewed", "approved", "changed"]
FIELD = "document"


class Approval(Struct, frozen=True):
    """How far a document is; `content` is what an approval would be about.

    `said` is the approval that stands, be it of another content (`changed`). `refusal` names the
    text that says why this person cannot approve it now, "" where they can.
    """

    stage: Stage
    content: str
    said: Correction | None
    refusal: str


def approval_of(plan: Plan, open_doubts: int, entries: Sequence[Correction], who: str) -> Approval:
    """Return how far a document is, for one person; `entries` are its log."""
    standing = live(entries)
    content = content_of(plan)
    said = approval_in(standing)
    stage: Stage = "to-review" if open_doubts else "reviewed"
    if said is not None:
        stage = "approved" if said.value == content and not open_doubts else "changed"
    return Approval(stage, content, said, _refusal(open_doubts, standing, who))


def _refusal(open_doubts: int, standing: Sequence[Correction], who: str) -> str:
    if open_doubts:
        return "approval.open"
    if any(e.who == who and e.verdict not in ("approve", "postpone") for e in standing):
        return "approval.same_person"
    return ""
