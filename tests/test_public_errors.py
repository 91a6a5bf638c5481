"""No error reaches a person in words that the messages do not have in both languages."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pipeline.knowledge import load_yaml
from pipeline.messages import tell
from schemas.errors import UserError
from schemas.failure import FailureCode, PhulucError

ROOT = Path(__file__).parents[1]
ERRORS = load_yaml("messages.yaml")["errors"]
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for package in ("schemas", "pipeline", "flows", "web")
    for path in (ROOT / package).rglob("*.py")
    if path.stem != "__main__"
)


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def raised(source: str, known: dict[str, object]) -> Iterator[tuple[ast.Call, type]]:
    """The calls that make a public error in a module; `known` are the names of the module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        kind = known.get(node.func.id)
        if inspect.isclass(kind) and issubclass(kind, UserError | PhulucError):
            yield node, kind


def _faults(call: ast.Call, kind: type) -> Iterator[str]:
    """What is wrong with making an error like this."""
    if issubclass(kind, PhulucError):
        if re.search(r'"', ast.unparse(call.args[0])) if call.args else True:
            yield "its code is no FailureCode"
        return
    keys = [n.value for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant)]
    given = {keyword.arg for keyword in call.keywords}
    for key in keys:
        if key not in ERRORS:
            yield f"no words for {key}"
        elif None not in given and _places(ERRORS[key]["en"]) - given:
            yield f"{key} lacks {_places(ERRORS[key]['en']) - given}"


@pytest.mark.parametrize("module", MODULES)
def test_every_public_error_has_its_words(module):
    loaded = importlib.import_module(module)
    calls = raised(inspect.getsource(loaded), vars(loaded))
    faults = [(ast.unparse(call), fault) for call, kind in calls for fault in _faults(call, kind)]
    assert faults == []


def test_the_walk_finds_what_has_no_words():
    source = 'raise Wrong("no_such_key", path=1)\nraise Wrong("cannot_write", path=1)\nother()\n'
    calls = list(raised(source, {"Wrong": UserError, "other": print}))
    assert [next(_faults(*call)) for call in calls] == [
        "no words for no_such_key",
        "cannot_write lacks {'reason'}",
    ]


@pytest.mark.parametrize("key", ERRORS)
def test_both_languages_say_the_same(key):
    words = ERRORS[key]
    assert words.keys() == {"en", "vi"}
    assert _places(words["en"]) == _places(words["vi"])
    error = UserError(key, **dict.fromkeys(_places(words["en"]), "x"))
    assert tell(error, "vi")
    assert tell(error, "en")


def test_every_error_is_used():
    code = "\n".join(
        path.read_text("utf-8")
        for package in ("schemas", "pipeline", "flows", "web")
        for path in (ROOT / package).rglob("*.py")
    )
    assert [key for key in ERRORS if f'"{key}"' not in code] == []
    assert set(FailureCode) <= load_yaml("messages.yaml")["failures"].keys()
