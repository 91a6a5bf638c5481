"""Who may ask, and what a browser may do with the answer."""

import hashlib
import hmac
import secrets
import time
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.accounts import Accounts, SlowDown

COOKIE = "phuluc"
OPEN = ("/login", "/static/")  # what is shown to whom is not known
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_FILES = ("/inbox", "/api/inbox/", "/history", "/agencies/decisions")
_LARGEST = 4 * 2**20  # bytes of any other form
_SESSION = 30 * 24 * 3600  # seconds
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # Not no-referrer: forms would be posted with the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Session(Struct, frozen=True):
    """Who is asking; `csrf` is the token that every form of theirs carries."""

    user: str
    csrf: str


class Access:
    """Sessions as signed cookies: they outlive a restart for as long as the secret does.

    On the loopback interface whoever has the token of the printed address is `user`; with accounts
    it is who logged in.
    """

    def __init__(
        self, secret: bytes, user: str, token: str | None, accounts: Accounts | None = None
    ) -> None:
        self._secret, self.user, self.token = secret, user, token
        self.accounts = accounts
        self.tries = SlowDown()

    def enter(self, token: str) -> str | None:
        """Return the cookie of a session for the token of the address, None for another one."""
        if self.token is None or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        return self.cookie(self.user)

    def cookie(self, user: str) -> str:
        """Return the cookie of a session of that user."""
        said = f"{user.encode().hex()}.{int(time.time()) + _SESSION}.{secrets.token_hex(8)}"
        return f"{said}.{self._sign(said)}"

    def session(self, cookie: str | None) -> Session | None:
        """Return who the cookie belongs to; None where it is none of ours, or has run out."""
        said, _, signature = (cookie or "").rpartition(".")
        if not said or not hmac.compare_digest(signature.encode(), self._sign(said).encode()):
            return None
        user, until, _ = said.split(".")
        if int(until) < time.time():
            return None
        name = bytes.fromhex(user).decode()
        if self.accounts is not None and not self.accounts.holds(name):
            return None  # the account was taken away
        return Session(name, self._sign(f"csrf {said}")[:32])

    def _sign(self, said: str) -> str:
        return hmac.new(self._secret, said.encode(), hashlib.sha256).hexdigest()


class Guard:
    """Refuses who is not known and what another site sends; puts the policy on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with `scope["session"]` set."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refusal(request)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, request: Request) -> Response | None:
        """What is answered in place of the page; None where the request may pass."""
        path = request.url.path
        if request.method == "GET" and "token" in request.query_params:
            return self._entered(request)
        session = self._access.session(request.cookies.get(COOKIE))
        request.scope["session"] = session
        if request.method in _CHANGES and not same_origin(request.headers, request.url.netloc):
            return JSONResponse({"error": "cross_origin"}, 403)
        if request.method in _CHANGES and not _is_short(request.headers, path):
            return JSONResponse({"error": "too_large"}, 413)
        if session is not None or path.startswith(OPEN):
            return None
        if path.startswith("/api/") or request.method not in ("GET", "POST"):
            return JSONResponse({"error": "no_session"}, 401)
        if request.method == "POST":  # a form without the script, whose page is still behind it
            asked = {"next": urlsplit(request.headers.get("referer", "")).path, "unsaved": "1"}
        else:
            asked = {"next": f"{path}?{request.url.query}".rstrip("?")}
        return RedirectResponse(f"/login?{urlencode(asked)}", 303)

    def _entered(self, request: Request) -> Response | None:
        cookie = self._access.enter(request.query_params["token"])
        rest = [(k, v) for k, v in parse_qsl(request.url.query) if k != "token"]
        address = request.url.path + (f"?{urlencode(rest)}" if rest else "")
        if cookie is None:
            return RedirectResponse("/login?wrong=1", 303)
        answer = RedirectResponse(address, 303)
        give(answer, cookie, secure=request.url.scheme == "https")
        return answer


def give(answer: Response, cookie: str, *, secure: bool) -> None:
    """Put the cookie of a session on an answer."""
    answer.set_cookie(
        COOKIE, cookie, max_age=_SESSION, httponly=True, samesite="strict", secure=secure, path="/"
    )


def _is_short(headers: Headers, path: str) -> bool:
    """Whether a request says beforehand that memory holds it; files are written as they come."""
    length = headers.get("content-length", "")
    return path.startswith(_FILES) or (length.isdecimal() and int(length) <= _LARGEST)


def same_origin(headers: Headers, host: str) -> bool:
    """Whether a change comes from a page of ours, or from a program that is no browser."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "private, no-cache")
        await send(message)

    return sent
