"""The inbox: files are sent, wait, are read; why one failed and what to do stands beside it."""

import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct.log import now
from pipeline.dataset.names import safe_stem
from pipeline.dataset.store.lists import doubts_in
from pipeline.ingest import discover, open_source, sha256_of
from pipeline.read.readers import suffixes
from schemas.failure import FailureCode, PhulucError
from web.background.queue import Sent
from web.forms import form_of, number_of
from web.lists.tabular import Field, View, in_format
from web.pages import language_of, render, site_of, words
from web.site import Site

LARGEST = 200 * 2**20  # bytes of one file
_PIECE = 2**20
_FIELDS = [
    Field(name)
    for name in (
        "number", "name", "state", "page", "pages", "message_vi", "message_en", "who", "at", "size",
        "sha256", "document",
    )
]  # fmt: skip
_STATES = ("failed", "reading", "waiting", "done")
_REFUSALS = ("inbox.too_large", "inbox.wrong_kind", "inbox.no_room")
_SHOWN = 300  # files on the page, the one that is being read first
_PART = re.compile(r"\.[0-9a-f]{16}(\.\w+)?")  # a file while it is sent


class NotTakenError(Exception):
    """A file is not taken; `status` is HTTP's, `key` names the text that says why."""

    def __init__(self, status: int, key: str) -> None:
        self.status, self.key = status, key
        super().__init__(key)


def clear(folder: Path) -> None:
    """Take away what was being sent when the server was killed."""
    for path in folder.iterdir():
        if _PART.fullmatch(path.name):
            path.unlink()


def inbox(request: Request) -> Response:
    """What was sent, and the place to send more; with `state` the files of that state alone."""
    site = site_of(request)
    every, state = site.queue.all(), request.query_params.get("state", "")
    asked = [each for each in every if state in ("", each.state)]
    answer = in_format(request, View("inbox", _FIELDS, lambda: _rows(site, asked)))
    if answer is not None:
        return answer
    sent = sorted(asked, key=lambda each: each.state != "reading")[:_SHOWN]
    return render(
        request,
        "inbox.html",
        sent=sent,
        count=len(asked),
        state=state,
        counts={state: sum(each.state == state for each in every) for state in _STATES},
        documents=_documents(site, sent),
        refusals=_REFUSALS,
        most=LARGEST // 2**20,
        suffixes=",".join(sorted(suffixes())),
        said=request.query_params.get("said", ""),
    )


def listing(request: Request) -> Response:
    """`GET /api/inbox`: the queue, the last first."""
    site = site_of(request)
    return JSONResponse(_rows(site, site.queue.all()))


def _rows(site: Site, sent: Sequence[Sent]) -> list[dict[str, Any]]:
    documents = _documents(site, sent)
    return [{**each.as_json(), "document": documents.get(each.sha256, (None,))[0]} for each in sent]


def _documents(site: Site, sent: Sequence[Sent]) -> dict[str, tuple[str, int]]:
    """The documents that the files have become, by content: id, and how much is to be reviewed."""
    with site.reading() as connection:
        return doubts_in(connection, (each.sha256 for each in sent))


async def put(request: Request) -> Response:
    """`PUT /api/inbox/{name}`: take a file as it comes; 201, or 200 where its content is there."""
    length = request.headers.get("content-length", "")
    try:
        if length.isdecimal() and int(length) > LARGEST:
            raise NotTakenError(413, "inbox.too_large")
        name, new = await _take(request, request.path_params["name"], request.stream())
    except NotTakenError as error:
        text = words(language_of(request))(error.key, most=LARGEST // 2**20)
        return JSONResponse({"error": error.key, "message": text}, error.status)
    except ClientDisconnect:
        return JSONResponse({"error": "cut_short"}, 400)
    return JSONResponse({"name": name, "state": "waiting" if new else "known"}, 201 if new else 200)


async def post(request: Request) -> Response:
    """The form of the page, where no script sends the files."""
    form = await form_of(request)
    said = "inbox.taken"
    for each in form.getlist("file"):
        if isinstance(each, UploadFile) and each.filename:
            try:
                await _take(request, each.filename, _pieces(each))
            except NotTakenError as error:
                said = error.key
    return RedirectResponse(f"/inbox?said={said}", 303)


async def again(request: Request) -> Response:
    """Try a file that failed once more."""
    form = await form_of(request)
    site = site_of(request)
    await run_in_threadpool(site.queue.again, number_of(form, "number"))
    site.reader.wake()
    return RedirectResponse("/inbox", 303)


async def look(request: Request) -> Response:
    """Take in what lies in the folder and was not sent through the page."""
    await form_of(request)
    await run_in_threadpool(_look, site_of(request), request.scope["session"].user)
    return RedirectResponse("/inbox", 303)


def _look(site: Site, who: str) -> None:
    for found in discover([site.inbox]):
        sha256 = sha256_of(found.path)
        if site.queue.find(sha256) is None and site.library.of_content(sha256) is None:
            site.queue.add(found.name, sha256, found.path.stat().st_size, who, now())
    site.reader.wake()


async def _take(request: Request, given: str, pieces: AsyncIterator[bytes]) -> tuple[str, bool]:
    """Put a file into the inbox and the queue; returns its name there and whether it is new."""
    site = site_of(request)
    name = _safe(given)
    part = site.inbox / f".{secrets.token_hex(8)}{PurePosixPath(name).suffix}"  # as _PART
    try:
        digest, size = await _write(part, pieces)
        return await run_in_threadpool(
            _keep, site, part, name, digest, size, request.scope["session"].user
        )
    finally:
        part.unlink(missing_ok=True)


async def _write(part: Path, pieces: AsyncIterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > LARGEST:
                    raise NotTakenError(413, "inbox.too_large")
                digest.update(piece)
                file.write(piece)
            await run_in_threadpool(_flush, file.fileno(), file)
    except OSError as error:
        raise NotTakenError(507, "inbox.no_room") from error
    return digest.hexdigest(), size


def _flush(descriptor: int, file: object) -> None:
    file.flush()  # type: ignore[attr-defined]
    os.fsync(descriptor)


def _keep(  # noqa: PLR0913, PLR0917  what is known of a file
    site: Site, part: Path, name: str, sha256: str, size: int, who: str
) -> tuple[str, bool]:
    known = site.queue.find(sha256)
    if known is not None:
        if known.state == "failed":
            site.queue.again(known.number)
            site.reader.wake()
        return known.name, False
    held = site.library.of_content(sha256)
    if held is not None:
        return held.row.source_file, False
    _check(part, name, sha256)
    target = site.inbox / name
    if target.exists():
        stem, dot, suffix = name.rpartition(".")
        target = site.inbox / f"{stem}-{sha256[:8]}{dot}{suffix}"
    part.replace(target)
    site.queue.add(target.name, sha256, size, who, now())
    site.reader.wake()
    return target.name, True


def _check(part: Path, name: str, sha256: str) -> None:
    """Refuse what no reader knows; a fault inside of a file is told when it is read."""
    try:
        open_source(part, name, sha256)
    except PhulucError as error:
        if error.code in (FailureCode.UNSUPPORTED_FILE, FailureCode.EMPTY_FILE):
            raise NotTakenError(415, "inbox.wrong_kind") from error


def _safe(given: str) -> str:
    """A name without folders that every file system takes, with its suffix."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    suffix = PurePosixPath(last).suffix.lower()
    return safe_stem(last) + (suffix if suffix in suffixes() else "")


async def _pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(_PIECE):
        yield piece


ROUTES = [
    Route("/inbox", inbox),
    Route("/inbox", post, methods=["POST"]),
    Route("/inbox/again", again, methods=["POST"]),
    Route("/inbox/look", look, methods=["POST"]),
    Route("/api/inbox", listing),
    Route("/api/inbox/{name:path}", put, methods=["PUT"]),
]
