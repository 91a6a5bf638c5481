"""Forms of pages: their fields, and the token that shows that a page of ours sent them."""

import hmac

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

_DIGITS = 15


async def form_of(request: Request) -> FormData:
    """Return the fields of a form; raises HTTPException (403) without the session's token."""
    form = await request.form()
    session = request.scope.get("session")
    csrf = str(form.get("csrf", ""))
    if session is None or not hmac.compare_digest(csrf.encode(), session.csrf.encode()):
        raise HTTPException(403)
    return form


async def fields_of(request: Request) -> list[tuple[str, str]]:
    """Return all fields of a form that hold text, in their order, whoever sent it."""
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def text_of(form: FormData, name: str) -> str:
    """Return a field's text, "" where the form has none."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def number_of(form: FormData, name: str) -> int:
    """Return a field's whole number, 0 where it holds none that a page of ours would send."""
    text = text_of(form, name)
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


def back_of(form: FormData, usual: str) -> str:
    """Return the page of ours that a form wants to go back to, else the usual one."""
    wanted = text_of(form, "back")
    return wanted if wanted.startswith(("/documents/", "/review/", "/history")) else usual
