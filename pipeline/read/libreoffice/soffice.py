"""Runs LibreOffice on files of strangers: a profile of its own, no macros, no links, no network.

It ends with 0 where it could not load a file, drops arguments beyond some 255 in silence, and a
file that makes it crash takes those behind it along: what came out is counted, never believed.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.files.atomic import write_atomic

TO_DOCX = ("docx", "docx:MS Word 2007 XML")
# A tagged PDF says which cell of which table each text belongs to.
TO_TAGGED_PDF = (
    "pdf",
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
)

_AT_ONCE = 100  # files a call; beyond about 255 arguments are dropped
_SECONDS = 90  # for a file; the start takes 3 s, and 230 pages 10 s
_LOOK_EVERY = 0.5  # seconds
_MEMORY = 4 << 30  # bytes of addresses
_LARGEST_OUTPUT = 1 << 30
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")
# Nothing is fetched, nothing is run: by default linked pictures come from the network.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


@cache
def find() -> str | None:
    """Return the command of LibreOffice, None where the machine has none."""
    return shutil.which("soffice") or next((p for p in _PLACES if Path(p).is_file()), None)


def convert(files: Mapping[str, Path], form: tuple[str, str], folder: Path) -> dict[str, Path]:
    """Convert files (key: path, its suffix true to its content) into `folder`, named by their keys.

    Returns what came out, by key; a file that cannot be converted is missing from it. The first
    that is missing after a call is tried once more alone, since it may have taken along those
    behind it, which are then gone on with.
    """
    made: dict[str, Path] = {}
    todo = list(files)
    while todo:
        part, todo = todo[:_AT_ONCE], todo[_AT_ONCE:]
        made |= _called({key: files[key] for key in part}, form, folder)
        missing = [key for key in part if key not in made]
        if missing and len(part) > 1:
            made |= _called({missing[0]: files[missing[0]]}, form, folder)
            todo = missing[1:] + todo
    return made


def _called(files: Mapping[str, Path], form: tuple[str, str], folder: Path) -> dict[str, Path]:
    suffix, export = form
    made = {}
    with tempfile.TemporaryDirectory(prefix="phuluc-") as temporary:
        given, out, profile = (Path(temporary, name) for name in ("in", "out", "profile"))
        for each in (given, out, profile / "user"):
            each.mkdir(parents=True)
        copies = []
        for number, path in enumerate(files.values()):
            copies.append(given / f"{number}{path.suffix.lower()}")
            shutil.copyfile(path, copies[-1])
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
        _run(export, copies, out, profile, Path(temporary))
        for number, key in enumerate(files):
            result = out / f"{number}.{suffix}"
            if result.is_file() and result.stat().st_size:
                made[key] = folder / f"{key}.{suffix}"
                write_atomic(made[key], result.read_bytes())
    return made


def _run(export: str, files: Sequence[Path], out: Path, profile: Path, home: Path) -> None:
    command = [
        find() or "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", export, "--outdir", str(out), *map(str, files),
    ]  # fmt: skip
    nowhere = "http://127.0.0.1:9"
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(home),
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": "0",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    with subprocess.Popen(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        _limit(process.pid)
        try:
            _wait(process, out)
        finally:
            _kill_group(process.pid)


def _wait(process: subprocess.Popen[bytes], out: Path) -> None:
    """Wait for its end, or until it has made nothing for a while: a file can make it hang."""
    made, since = 0, time.monotonic()
    while time.monotonic() - since < _SECONDS:
        try:
            process.wait(_LOOK_EVERY)
            return
        except subprocess.TimeoutExpired:
            count = len(list(out.iterdir()))
            if count > made:
                made, since = count, time.monotonic()


def _limit(process: int) -> None:
    """Limit a script that starts the program a little later, which inherits it; Linux only."""
    if not hasattr(resource, "prlimit"):
        return
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ProcessLookupError):
            resource.prlimit(process, what, (most, most))


def _kill_group(leader: int) -> None:
    """End soffice and the program that it starts; they are a group of their own."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _settings() -> str:
    rows = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{rows}</oor:items>'
    )
