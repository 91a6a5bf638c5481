"""`phuluc agencies serve`: the registry for OpenRefine, over HTTP on the loopback interface.

Starlette and uvicorn, which Prefect brings along, do the HTTP; what is answered is made in
`pipeline.agencies.reconcile`.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from flows.messages import tell
from flows.sockets import LOOPBACK
from pipeline import __version__
from pipeline.agencies import Office, RegistryError
from pipeline.agencies import reconcile as service
from pipeline.agencies.reconcile import Json, ReconcileError
from schemas.errors import UserError

# What a browser may run: the name of a function, perhaps within an object (jQuery's, OpenRefine's).
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)

_COUNT = re.compile(r"[0-9]{1,9}")


def application(office: Office) -> Starlette:
    """Return the service as an ASGI application; what changes in the office's files is seen."""
    served = Starlette(
        routes=[
            Route("/", _endpoint, methods=["GET", "POST"]),
            Route("/suggest/entity", _entities),
            Route("/suggest/type", _suggestion(service.suggest_types)),
            Route("/suggest/property", _suggestion(service.suggest_properties)),
            Route("/properties", _proposal),
            Route("/preview", _preview),
            Route("/flyout", _flyout),
        ],
        middleware=[
            # A page elsewhere cannot reach it under a name of its own that leads to 127.0.0.1.
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"]),
        ],
        exception_handlers={ReconcileError: _refused, RegistryError: _unusable},
    )
    served.state.office = office
    return served


def _office(request: Request) -> Office:
    """Return the office as its files are now; raises RegistryError where one cannot be used."""
    office: Office = request.app.state.office.current()
    request.app.state.office = office
    return office


def manifest(base: str) -> Json:
    """Return what the service offers; `base` is its address without a slash at the end."""
    return {
        "versions": ["0.1", "0.2"],
        "name": "phuluc: cơ quan trong kế hoạch / agencies of Vietnamese plans",
        "identifierSpace": "urn:phuluc:agency",
        "schemaSpace": "http://www.w3.org/ns/org#Organization",
        "serviceVersion": __version__,
        "defaultTypes": service.suggest_types("")["result"],
        "view": {"url": f"{base}/preview?id={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": 400, "height": 250},
        "suggest": {
            "entity": {
                "service_url": base,
                "service_path": "/suggest/entity",
                "flyout_service_path": "/flyout?id=${id}",
            },
            "type": {"service_url": base, "service_path": "/suggest/type"},
            "property": {"service_url": base, "service_path": "/suggest/property"},
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [],
        },
    }


async def _endpoint(request: Request) -> Response:
    """Answer queries or an extension, given in the address or as a form; else the manifest."""
    asked = dict(request.query_params)
    if request.method == "POST":
        body = (await request.body()).decode("utf-8", "replace")
        asked |= dict(parse_qsl(body, keep_blank_values=True))
    if "queries" in asked:
        return _json(request, service.reconcile(_office(request), _parsed(asked["queries"])))
    if "extend" in asked:
        return _json(request, service.extend(_office(request), _parsed(asked["extend"])))
    return _json(request, manifest(str(request.base_url).rstrip("/")))


def _suggestion(suggest: Callable[[str, int], Json]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        prefix = request.query_params.get("prefix", "")
        return _json(request, suggest(prefix, _count(request, "cursor") or 0))

    return endpoint


async def _entities(request: Request) -> Response:
    prefix = request.query_params.get("prefix", "")
    cursor = _count(request, "cursor") or 0
    return _json(request, service.suggest_entities(_office(request), prefix, cursor))


async def _proposal(request: Request) -> Response:
    of_type = request.query_params.get("type", "")
    return _json(request, service.propose_properties(of_type, _count(request, "limit")))


async def _preview(request: Request) -> Response:
    page = service.preview(_office(request), request.query_params.get("id", ""))
    return HTMLResponse(page or "", status_code=200 if page else 404)


async def _flyout(request: Request) -> Response:
    identifier = request.query_params.get("id", "")
    page = service.preview(_office(request), identifier)
    return _json(request, {"id": identifier, "html": page or ""}, 200 if page else 404)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReconcileError("asked_no_json", reason=error) from error


def _count(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    if text and not _COUNT.fullmatch(text):
        raise ReconcileError("asked_no_number", what=name)
    return int(text) if text else None


def _json(request: Request, content: Json, status: int = 200) -> Response:
    """Return JSON, as a call of the function that `callback` names where it is asked for so."""
    callback = request.query_params.get("callback")
    if callback is None:
        return JSONResponse(content, status)
    if not _CALLBACK.fullmatch(callback):
        return JSONResponse(_error("callback must be the name of a function"), 400)
    # In ASCII, for two line ends that JSON allows end a text in older scripts.
    text = json.dumps(content, ensure_ascii=True)
    return Response(f"/**/{callback}({text});", status, media_type="application/javascript")


def _error(message: str) -> Json:
    return {"status": "error", "message": message}


def _words(error: Exception) -> str:
    return tell(error) if isinstance(error, UserError) else str(error)


async def _refused(request: Request, error: Exception) -> Response:
    return _json(request, _error(_words(error)), 400)


async def _unusable(request: Request, error: Exception) -> Response:
    return _json(request, _error(_words(error)), 500)
