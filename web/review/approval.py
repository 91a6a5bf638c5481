"""How far the review of a document has come, up to the approval by a second person.

An approval is an entry of the log that tells the content that was approved: when a later reading,
decision or correction changes the content, the document waits for approval once more.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

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


def content_of(plan: Plan) -> str:
    """Return a digest of all that a plan says, whichever program made it, as 16 hex digits."""
    text = plan.model_dump_json(exclude={"produced_by"})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def approval_of(plan: Plan, open_doubts: int, entries: Sequence[Correction], who: str) -> Approval:
    """Return how far a document is, for one person; `entries` are its log."""
    standing = live(entries)
    content = content_of(plan)
    said = next((e for e in standing[::-1] if e.verdict == "approve"), None)
    stage: Stage = "to-review" if open_doubts else "reviewed"
    if said is not None:
        stage = "approved" if said.value == content and not open_doubts else "changed"
    return Approval(stage, content, said, _refusal(open_doubts, standing, who))


def approved(entries: Iterable[Correction]) -> set[str]:
    """Return the contents (SHA-256) about which nothing was said since they were approved.

    `entries` are those of many documents. What a newer reading changed shows on the document alone.
    """
    last: dict[str, Correction] = {}
    for entry in live(entries):
        if entry.verdict != "postpone":
            last[entry.sha256] = entry
    return {sha256 for sha256, entry in last.items() if entry.verdict == "approve"}


def _refusal(open_doubts: int, standing: Sequence[Correction], who: str) -> str:
    if open_doubts:
        return "approval.open"
    if any(e.who == who and e.verdict not in ("approve", "postpone") for e in standing):
        return "approval.same_person"
    return ""
