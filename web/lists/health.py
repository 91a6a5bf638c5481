"""Whether the machine is well: disk, versions, language data, what waits, what was last done."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline import __version__, messages
from pipeline.correct.log import STORE
from pipeline.dataset.known_files import KNOWN_FILES
from pipeline.dataset.store.backup import last_backup
from pipeline.dataset.store.lists import count_documents
from web.pages import language_of, render, site_of

_TIMES = frozenset({"published", "store_changed", "last_batch", "last_backup"})


def health(request: Request) -> Response:
    """What the person who looks after the machine asks first."""
    site = site_of(request)
    disk = shutil.disk_usage(site.out)
    sent = site.queue.all()
    states = {
        state: sum(each.state == state for each in sent)
        for state in ("waiting", "reading", "failed", "done")
    }
    with site.reading() as connection:
        documents = count_documents(connection, {})
    facts = {
        "version": __version__,
        "disk_free_gb": round(disk.free / 1e9, 1),
        "disk_total_gb": round(disk.total / 1e9, 1),
        "documents": documents,
        "published": _changed(site.out / "dataset" / "datapackage.json"),
        # Written ahead first, so that the database itself is often the older one.
        "store_changed": _changed(site.out / STORE, site.out / f"{STORE}-wal"),
        "last_batch": _changed(site.out / KNOWN_FILES),
        "last_backup": last_backup(site.out),
        **states,
    }
    checks = site.machine.checks(language_of(request))
    if request.query_params.get("format") == "json":
        named = [{"name": c.name, "ok": c.ok, "found": c.found, "mend": c.mend} for c in checks]
        return JSONResponse({**facts, "ok": all(c.ok for c in checks), "checks": named})
    lang = language_of(request)
    labelled = [(messages.text(f"doctor.{check.name}", lang), check) for check in checks]
    return render(request, "health.html", facts=facts, checks=labelled, times=_TIMES)


def _changed(*paths: Path) -> str | None:
    """When one of the files that are there was changed last (ISO 8601, UTC)."""
    times = [path.stat().st_mtime for path in paths if path.exists()]
    if not times:
        return None
    changed = datetime.fromtimestamp(max(times), UTC)
    return changed.isoformat(timespec="seconds").replace("+00:00", "Z")


ROUTES = [Route("/health", health)]
