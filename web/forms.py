"""Forms of pages: their fields, and the token that shows that a page of ours sent them."""

import hmac

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(request: Request) -> FormData:
    """Return the fields of a form; raises HTTPException (403) without the session's token."""
    form = await request.form()
    session = request.scope.get("session")
    csrf = str(form.get("csrf", ""))
    if session is None or not hmac.compare_digest(csrf.encode(), session.csrf.encode()):
        raise HTTPException(403)
    return form


def text_of(form: FormData, name: str) -> str:
    """Return a field's text, "" where the form has none."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def back_of(form: FormData, usual: str) -> str:
    """Return the page of ours that a form wants to go back to, else the usual one."""
    wanted = text_of(form, "back")
    return wanted if wanted.startswith(("/documents/", "/review/", "/history")) else usual
