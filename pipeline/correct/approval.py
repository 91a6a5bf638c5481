"""The approval of a document by a second person: an entry that tells the content they approved.

When a later reading, decision or correction changes the content, it stands for nothing any more.
"""

import hashlib
from collections.abc import Sequence

from schemas.correction import Correction
from schemas.plan import Plan


def content_of(plan: Plan) -> str:
    """Return a digest of all that a plan says, whichever program made it, as 16 hex digits."""
    text = plan.model_dump_json(exclude={"produced_by"})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def approval_in(standing: Sequence[Correction]) -> Correction | None:
    """Return the last approval of what stands about a document, be it of another content."""
    return next((entry for entry in reversed(standing) if entry.verdict == "approve"), None)


def approver_of(plan: Plan, standing: Sequence[Correction]) -> str | None:
    """Return who approved a plan as it is now, None where nobody did."""
    said = approval_in(standing)
    return said.who if said is not None and said.value == content_of(plan) else None
