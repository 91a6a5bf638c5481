"""One mutant, one process.

The changed module takes the place of the file when it is imported; nothing on the disk changes.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutation.mutants import mutated


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return self._code


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module: str, number: int) -> None:
        spec = importlib.util.find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        self._module, self._spec = module, spec
        path = Path(spec.origin)
        code = compile(mutated(path.read_text("utf-8"), number), str(path), "exec")
        self._spec.loader = _Loader(module, str(path), code)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target
        return self._spec if name == self._module else None


def run(module: str, number: int, tests: str) -> None:
    """Run tests with the `number`-th fault of a module and leave with the exit code of pytest: 0
    where no test failed, so that the mutant survived. Only for a process of its own."""
    finder = _Finder(module, number)
    # Looking for the module has imported its packages, and they perhaps the module.
    for loaded in [name for name in sys.modules if name.partition(".")[0] == "pipeline"]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, finder)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    sys.exit(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", tests]))
