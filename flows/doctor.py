"""`phuluc doctor`: what is installed, what is missing, and how to mend it."""

import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from flows.messages import message_and_hint, say
from flows.prefect_environment import prefect_home
from pipeline.files.lock import can_lock
from pipeline.messages import failure_from
from pipeline.read.libreoffice import soffice
from pipeline.settings import Settings
from schemas.errors import ExitCode
from schemas.failure import EnvironmentLacks, FailureCode

_OLDEST_PYTHON = (3, 11)
_NAMED = ("prefect", "fastapi", "sqlalchemy")


class Check(Struct, frozen=True):
    """One thing that was looked at: what was found, and how to mend it where it is not `ok`."""

    name: str
    ok: bool
    found: str
    mend: str | None = None


def doctor(out: Path | None = None, *, as_json: bool = False) -> ExitCode:
    """Look at this machine, and at `out`; print what was found to stdout, return 0 or 3."""
    checks = list(examine(out))
    well = all(check.ok for check in checks)
    if as_json:
        answer = {"ok": well, "checks": [asdict(check) for check in checks]}
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _show(checks)
    return ExitCode.OK if well else ExitCode.ENVIRONMENT


def examine(out: Path | None = None) -> Iterator[Check]:
    """Yield all checks, the machine's before the program's."""
    yield _python()
    yield _packages()
    yield from _ocr()
    yield _libreoffice()
    yield _folder("data_folder", prefect_home())
    yield _folder("temp_folder", Path(tempfile.gettempdir()))
    if out is not None:
        folder = _folder("out_folder", out)
        yield folder
        if folder.ok:
            yield _locks(out)


def _python() -> Check:
    fine = sys.version_info >= _OLDEST_PYTHON
    found = f"{platform.python_version()} ({sys.executable})"
    return Check("python", fine, found, None if fine else say("doctor.python.mend"))


def _packages() -> Check:
    """Whether every requirement of the distribution is met by what is installed."""
    from packaging.requirements import Requirement  # noqa: PLC0415

    try:
        stated = metadata.requires("phuluc") or []
    except metadata.PackageNotFoundError:
        return Check("packages", False, say("doctor.packages.bare"), say("doctor.packages.mend"))
    requirements = [each for each in map(Requirement, stated) if each.marker is None]
    wrong = [each for each in requirements if not each.specifier.contains(_version(each.name))]
    if wrong:
        found = ", ".join(f"{each.name} {_version(each.name)} (≠ {each})" for each in wrong)
        return Check("packages", False, found, say("doctor.packages.mend"))
    versions = ", ".join(f"{name} {_version(name)}" for name in ("phuluc", *_NAMED))
    found = say("doctor.packages.fine", count=len(requirements), versions=versions)
    return Check("packages", True, found)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0"  # in no range of ours


def _ocr() -> Iterator[Check]:
    try:
        from pipeline.read.ocr.tesseract import Tesseract, language_data  # noqa: PLC0415
    except ImportError as error:
        yield Check("tesseract", False, str(error), say("doctor.packages.mend"))
        return
    wanted = Settings.of_environment().ocr_language
    try:
        engine, _, digest = Tesseract(wanted).describe().rpartition(f" {wanted} ")
    except EnvironmentLacks as error:
        has_engine = error.code == FailureCode.LANGUAGE_MISSING
        _, hint = message_and_hint(failure_from(error, ""))
        if has_engine:
            yield Check("tesseract", True, say("doctor.installed"))
        found = say("doctor.missing")
        yield Check("language" if has_engine else "tesseract", False, found, hint)
        return
    import pytesseract  # noqa: PLC0415

    yield Check("tesseract", True, engine)
    others = ", ".join(sorted(set(pytesseract.get_languages()) - {wanted})) or "-"
    found = say("doctor.language.fine", language=wanted, path=language_data(wanted), others=others)
    yield Check("language", True, f"{found} ({digest})")


def _libreoffice() -> Check:
    """Whether old Word files can be read and places shown; nothing else needs it."""
    found = soffice.find()
    if found is None:
        return Check("libreoffice", True, say("doctor.libreoffice.none"))
    return Check("libreoffice", True, say("doctor.libreoffice.fine", path=found))


def _folder(name: str, folder: Path) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        found = say("doctor.folder.bad", path=folder, reason=error)
        return Check(name, False, found, say(f"doctor.{name}.mend"))
    return Check(name, True, say("doctor.folder.fine", path=folder))


def _locks(out: Path) -> Check:
    if can_lock(out):
        return Check("locks", True, say("doctor.locks.fine", path=out))
    return Check("locks", False, say("doctor.locks.none", path=out), say("doctor.locks.mend"))


def _show(checks: list[Check]) -> None:
    for check in checks:
        print(f"{'✓' if check.ok else '✗'} {say(f'doctor.{check.name}')}: {check.found}")
        if check.mend is not None:
            print(f"  {say('doctor.mend', how=check.mend)}")
    well = all(check.ok for check in checks)
    print(say("doctor.all_well" if well else "doctor.something_missing"))
