"""Pages of HTML: templates, the language of who asks, and the words in it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline import __version__, messages
from pipeline.correct.head import FIELDS
from pipeline.messages import Language
from web.site import Site

LANGUAGE = "phuluc_lang"
NAVIGATION = (
    ("/", "nav.start"),
    ("/inbox", "nav.inbox"),
    ("/documents", "nav.documents"),
    ("/review", "nav.review"),
    ("/groups", "nav.groups"),
    ("/tasks", "nav.tasks"),
    ("/calendar", "nav.calendar"),
    ("/agencies", "nav.agencies"),
    ("/coverage", "nav.coverage"),
    ("/missing", "nav.missing"),
    ("/compare", "nav.compare"),
    ("/history", "nav.history"),
    ("/health", "nav.health"),
)
_DIGITS = 9  # of the number of a page
_FOLDER = Path(__file__).parent / "templates"
_VIETNAM = timezone(timedelta(hours=7))  # the whole year round, wherever the server stands


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["head_fields"] = frozenset(FIELDS)
    made.filters["query"] = lambda values: urlencode({k: v for k, v in values.items() if v})
    made.filters["moment"] = moment
    made.filters["sentences"] = _sentences
    made.filters["day"] = day
    return made


def moment(at: str) -> str:
    """Return a moment (ISO 8601, with its offset) as the clock in Vietnam shows it."""
    return f"{datetime.fromisoformat(at).astimezone(_VIETNAM):%d/%m/%Y %H:%M}"


def day(at: str) -> str:
    """Return a day (ISO 8601) as Vietnamese write it: 31/12/2026."""
    return f"{date.fromisoformat(at):%d/%m/%Y}"


def today() -> date:
    """Return the day that it is in Vietnam."""
    return datetime.now(_VIETNAM).date()


def _sentences(told: str, lang: Language) -> str:
    """What was said of a doubt: its text, or its reasons as sentences where these are told."""
    codes = told.split("; ")
    if not all(map(messages.has_text, codes)):
        return told
    return " ".join(messages.explain(code, lang) for code in codes)


def site_of(request: Request) -> Site:
    """Return the site that the request is for."""
    site: Site = request.app.state.site
    return site


def language_of(request: Request) -> Language:
    """Return the language that was chosen: in this address, else before; Vietnamese at first."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE)
    return "en" if chosen == "en" else "vi"


def words(lang: Language) -> Callable[..., str]:
    """Return what gives the texts of pages in that language."""

    def text(key: str, **values: object) -> str:
        return messages.page_text(key, lang, **values)

    return text


def page_of(request: Request) -> int:
    """Return which page of a list is asked for, from 1."""
    text = request.query_params.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < _DIGITS else 1


def told_by(request: Request) -> str:
    """Return the key of the text that the address has a page tell, "" where it names none."""
    said = request.query_params.get("said", "")
    if said.startswith(("correction.", "approval.")) and messages.is_page_text(said):
        return said
    return "saved" if said == "saved" else ""


def fragment(lang: Language, template: str, **values: Any) -> Markup:
    """Return a part of pages that is the same for everybody, and so may be remembered."""
    made = _environment().get_template(template)
    return Markup(made.render(t=words(lang), lang=lang, **values))


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; `t` gives its words."""
    lang = language_of(request)
    session = request.scope.get("session")
    content = (
        _environment()
        .get_template(template)
        .render(
            t=words(lang),
            lang=lang,
            other="vi" if lang == "en" else "en",
            path=request.url.path,
            here=dict(request.query_params),
            user=session.user if session else "",
            csrf=session.csrf if session else "",
            version=__version__,
            nav=NAVIGATION,
            accounts=site_of(request).access.accounts is not None,
            explain=messages.explain,
            **values,
        )
    )
    answer = HTMLResponse(content, status)
    if request.query_params.get("lang") in ("vi", "en"):
        answer.set_cookie(
            LANGUAGE, lang, max_age=365 * 24 * 3600, samesite="strict", httponly=True, path="/"
        )
    return answer
