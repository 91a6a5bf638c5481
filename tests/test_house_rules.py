"""What every change has to keep: documented commands, layers, small modules, no machine's paths."""

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from flows import agency_commands
from flows.cli import app

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "pipeline", "schemas", "web")


def _kept_files() -> list[Path]:
    """The files of the repository, new ones included."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [
        path for name in listing.decode().split("\0") if name and (path := ROOT / name).is_file()
    ]


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _kept_files():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a PDF, a picture


def _commands() -> Iterator[str]:
    group = typer.main.get_command(app)
    for name in group.commands:
        yield f"phuluc {name}"
    for name in typer.main.get_command(agency_commands.app).commands:
        yield f"phuluc agencies {name}"


@pytest.mark.parametrize("readme", sorted(path.name for path in ROOT.glob("README*.md")))
def test_every_command_is_documented(readme: str):
    text = (ROOT / readme).read_text("utf-8")
    assert [command for command in _commands() if command not in text] == []


def test_make_targets_of_the_readme_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text("utf-8")))
    assert named - targets == set()


def test_no_path_of_a_machine():
    here = re.compile(r"/(work|root|home/[a-z]+|tmp/v\d?)/|file://" + "/")
    ours = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path, text in _texts()
        if path != ours and (hit := here.search(text))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("package", "never"),
    [
        ("web", ("prefect",)),
        ("pipeline", ("flows", "prefect", "web")),
        ("schemas", ("flows", "pipeline", "prefect", "web")),
    ],
)
def test_layers(package: str, never: tuple[str, ...]):
    """Also inside functions, where imports are late for the sake of the start-up."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for name in _imported(path)
        if name.partition(".")[0] in never
    ]
    assert found == []


def _imported(path: Path, *, at_once: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_only_the_modules_of_the_batch_import_prefect_at_once():
    """Everything else may be imported by `phuluc extract`, which must not pay for it."""
    found = {
        path.name
        for path in (ROOT / "flows").glob("*.py")
        for name in _imported(path, at_once=True)
        if name.partition(".")[0] == "prefect"
    }
    assert found == {"batch.py", "deployment.py"}


def test_modules_stay_small():
    long = {
        str(path.relative_to(ROOT)): lines
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_public_function_says_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        # The help of a command is its documentation, and is data.
        and not any("command" in ast.unparse(each) for each in node.decorator_list)
    ]
    assert silent == []


@pytest.mark.parametrize("path", sorted((ROOT / "pipeline" / "knowledge").glob("*.[cy]*")))
def test_knowledge_is_composed_unicode(path):
    # What is looked up in it is; a name in another form would never be found.
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


# What takes longer to load than a page to read, or is not there on every machine; and modules of
# ours that load it.
HEAVY = (
    "PIL", "cv2", "lxml", "olefile", "openpyxl", "packaging", "pdfminer", "pdfplumber", "prefect",
    "pyarrow", "pypdfium2", "pytesseract", "rich", "xlrd",
    "pipeline.dataset", "pipeline.debug", "pipeline.letters.known", "pipeline.letters.mend",
    "pipeline.read",
    "web",
)  # fmt: skip
# The command line, which answers `--help` before a command's modules are loaded.
COMMANDS = {"cli.py", "entry.py", "agency_commands.py", "run_batch.py", "serve.py"}


def _late(path: Path) -> Iterator[str]:
    """The modules that are imported inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import):
                    yield from (alias.name for alias in inner.names)
                elif isinstance(inner, ast.ImportFrom) and inner.module:
                    yield inner.module


def test_late_imports_are_of_heavy_modules_or_of_the_command_line():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for package in (*PACKAGES, "web")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name not in COMMANDS
        for name in _late(path)
        if not any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)
    ]
    assert found == []
