"""Faults that a module may have: one expression changed at a time, told by the syntax tree."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What says nothing that a run of the code shows.
_UNSEEN_FIELDS = {"annotation", "returns", "decorator_list"}
_UNSEEN_KEYWORDS = {"frozen", "strict"}


@dataclass(frozen=True)
class Mutant:
    """The `number`-th fault of a module; `key` stays the same while its own function does."""

    module: str
    number: int
    line: int
    change: str
    key: str


class _Site:
    """A place in the tree where one expression may stand for another."""

    def __init__(self, owner: ast.AST, field: str, index: int | None, new: ast.AST) -> None:
        self.owner, self.field, self.index, self.new = owner, field, index, new

    @property
    def old(self) -> ast.AST:
        value = getattr(self.owner, self.field)
        found: ast.AST = value if self.index is None else value[self.index]
        return found

    def change(self) -> None:
        """Put the new expression into the tree."""
        ast.copy_location(self.new, self.old)
        if self.index is None:
            setattr(self.owner, self.field, self.new)
        else:
            getattr(self.owner, self.field)[self.index] = self.new


def module_name(path: Path, root: Path) -> str:
    """Return the dotted name of a module file beneath `root`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """Return every fault that a module may have, in the order of its text."""
    module = module_name(path, root)
    seen: dict[str, int] = {}
    mutants = []
    for number, (scope, site) in enumerate(_sites(ast.parse(path.read_text("utf-8")))):
        change = f"{ast.unparse(site.old)} -> {ast.unparse(site.new)}"
        name = f"{module}:{scope}:{change}"
        seen[name] = seen.get(name, 0) + 1
        key = hashlib.sha256(f"{name}:{seen[name]}".encode()).hexdigest()
        line: int = getattr(site.old, "lineno", 0)
        mutants.append(Mutant(module, number, line, change, key))
    return mutants


def mutated(source: str, number: int) -> ast.Module:
    """Return the tree of a module with its `number`-th fault."""
    tree = ast.parse(source)
    for i, (_, site) in enumerate(_sites(tree)):
        if i == number:
            site.change()
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


def _sites(node: ast.AST, scope: str = "") -> Iterator[tuple[str, _Site]]:
    for field, value in ast.iter_fields(node):
        if field in _UNSEEN_FIELDS or (field == "value" and _is_documentation(node)):
            continue
        children = value if isinstance(value, list) else [value]
        for i, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_guard(child):
                continue
            for new in _replacements(child, node, field):
                yield scope, _Site(node, field, i if isinstance(value, list) else None, new)
            named = isinstance(child, ast.FunctionDef | ast.ClassDef)
            yield from _sites(child, f"{scope}.{child.name}" if named else scope)


def _is_documentation(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):  # `__all__`, and the members of a Literal
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        return "__all__" in names or "Literal" in ast.unparse(node.value)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_guard(node: ast.AST) -> bool:
    """Whether it only guards against slips of the programmer: `frozen=True`, `strict=True`."""
    return isinstance(node, ast.keyword) and node.arg in _UNSEEN_KEYWORDS


def _replacements(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [op, *ops], rest) if type(op) in _COMPARISONS:
            yield ast.Compare(left, [_COMPARISONS[type(op)](), *ops], rest)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in _OPERATIONS:
            yield ast.BinOp(left, _OPERATIONS[type(op)](), right)
        case ast.Call(ast.Name(name), args, keywords) if name in _FUNCTIONS:
            yield ast.Call(ast.Name(_FUNCTIONS[name], ast.Load()), args, keywords)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value * 2 if abs(value) > 1 else value + 1)
        case ast.Constant(str(value)) if value and not isinstance(parent, ast.JoinedStr):
            yield ast.Constant(f"{value}#")
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case _ if field == "test" and isinstance(node, ast.expr):
            yield ast.UnaryOp(ast.Not(), node)
