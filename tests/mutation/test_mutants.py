"""The faults that are put into a module."""

import ast

import pytest

from tests.mutation.mutants import module_name, mutants_of, mutated

SOURCE = '''"""Documentation is no code."""

from typing import Literal

Kind = Literal["a", "b"]
LIMIT: int = 2


def judge(x: int, *, strict: bool = True) -> bool:
    """Nor is this."""
    if x < LIMIT and not strict:
        return any(x + 1 for _ in range(0))
    return False
'''


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "pipeline" / "judge.py"
    path.parent.mkdir()
    path.write_text(SOURCE, "utf-8")
    return path, tmp_path


def test_every_fault_that_a_run_can_show(module):
    assert [mutant.change for mutant in mutants_of(*module)] == [
        "2 -> 4",
        "True -> False",
        "x < LIMIT and (not strict) -> x < LIMIT or not strict",
        "x < LIMIT -> x >= LIMIT",
        "not strict -> strict",
        "return any((x + 1 for _ in range(0))) -> return None",
        "any((x + 1 for _ in range(0))) -> all((x + 1 for _ in range(0)))",
        "x + 1 -> x - 1",
        "1 -> 2",
        "0 -> 1",
        "False -> True",
    ]


def test_a_fault_is_put_in_and_nothing_else(module):
    path, root = module
    for mutant in mutants_of(path, root):
        changed = ast.unparse(mutated(SOURCE, mutant.number))
        before = ast.unparse(ast.parse(SOURCE)).splitlines()
        differing = [a for a, b in zip(before, changed.splitlines(), strict=True) if a != b]
        assert len(differing) == 1, mutant


def test_a_number_too_high_is_no_fault():
    with pytest.raises(IndexError):
        mutated(SOURCE, 99)


def test_keys_stay_while_their_function_does(module):
    path, root = module
    keys = {mutant.key for mutant in mutants_of(path, root)}
    assert len(keys) == len(mutants_of(path, root))
    path.write_text(SOURCE + "\n\ndef other() -> int:\n    return 1 + 2\n", "utf-8")
    assert keys < {mutant.key for mutant in mutants_of(path, root)}


def test_names_of_modules(module):
    path, root = module
    assert module_name(path, root) == "pipeline.judge"
    assert module_name(root / "pipeline" / "__init__.py", root) == "pipeline"
