"""What is answered where something goes wrong; what was typed is never lost with it."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.access.security import HEADERS
from web.forms import fields_of
from web.pages import language_of, render, words

_log = logging.getLogger(__name__)

# Fields of forms that say where something stands, which nobody typed.
_NOT_TYPED = frozenset(
    {
        "csrf", "doubt", "at", "page", "bbox", "cell", "pass", "field", "column", "base",
        "back", "verdict", "document", "undoes", "member", "offer", "number",
    }
)  # fmt: skip


def failed(request: Request, error: Exception) -> Response:
    """Answer what cannot be done: no such page, a form that another site sent."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if _is_of_a_program(request):
        return JSONResponse({"error": status}, status)
    key = {403: "error.forbidden", 404: "error.not_found"}.get(status, "error.other")
    return render(request, "error.html", status, key=key)


async def not_saved(request: Request, error: Exception) -> Response:
    """Answer where the database cannot be used: the disk is full, somebody holds it for long.

    A form is shown with what was typed, to be sent once more.
    """
    _log.error("the database cannot be used: %s", error)
    text = words(language_of(request))("error.not_saved")
    if _is_of_a_program(request):
        return JSONResponse({"error": "not_saved", "message": text}, 503)
    known = request.scope.get("session") is not None  # else it is a password that was typed
    sent = await fields_of(request) if known and request.method == "POST" else []
    return render(request, "not_saved.html", 503, sent=sent, not_typed=_NOT_TYPED)


def broken(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Answer where the program failed."""
    text = words(language_of(request))("error.broken")
    if _is_of_a_program(request):
        return JSONResponse({"error": 500, "message": text}, 500)
    answer = render(request, "error.html", 500, key="error.broken")
    answer.headers.update(HEADERS)  # it is made outside of the guard
    return answer


def _is_of_a_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")
