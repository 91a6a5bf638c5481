"""One mutant, one process: ``python -m tests.mutation.child MODULE NUMBER TESTS...``.

The changed module takes the place of the file when it is imported; nothing on the disk changes.
The exit code is pytest's: 0 where no test failed, so that the mutant survived.
"""

import importlib.abc
import importlib.machinery
import importlib.util
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


if __name__ == "__main__":
    module, number, *tests = sys.argv[1:]
    finder = _Finder(module, int(number))
    # Looking for the module has imported its packages, and they perhaps the module.
    for loaded in [name for name in sys.modules if name.partition(".")[0] == "pipeline"]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, finder)
    sys.exit(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]))
