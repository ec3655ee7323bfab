"""Every small change of a source file that its tests have to notice: a mutant is one expression, otherwise."""

from __future__ import annotations

import ast
import enum
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from isegoria.domain import values

ENUMS: dict[str, type[enum.Enum]] = dict(
    inspect.getmembers(values, lambda x: inspect.isclass(x) and issubclass(x, enum.Enum))
)

COMPARED: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
OPPOSITE = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
"""Comparisons whose change is their negation already."""


@dataclass(frozen=True)
class Mutant:
    """One change. `text` is the line that it begins in, `change` tells it, `source` is the whole file with it."""

    file: str
    line: int
    lines: range
    text: str
    change: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it though lines move."""
        return self.file, self.text, self.change


def mutants_of(path: Path, name: str) -> Iterator[Mutant]:
    """All mutants of a file, in the order of its text, each key once for each place that has it."""
    source = path.read_text("utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    for node, parent, statement in sorted(_expressions(tree), key=lambda found: (found[0].lineno, found[0].col_offset)):
        shown = parent if isinstance(node, ast.Constant) and isinstance(parent, ast.expr | ast.keyword) else node
        before = ast.unparse(shown)
        for other in _others(node, parent):
            restore = _put(parent, node, other)
            change = f"{before} -> {ast.unparse(other if shown is node else shown)}"
            last = node.end_lineno or node.lineno
            yield Mutant(
                file=name,
                line=node.lineno,
                lines=range(min(statement.lineno, node.lineno), last + 1),
                text=lines[node.lineno - 1].strip(),
                change=change,
                source=ast.unparse(tree),
            )
            restore()


Found = tuple[ast.expr, ast.AST, ast.stmt]


def _expressions(tree: ast.Module) -> Iterator[Found]:
    """Each expression with what holds it and its statement; annotations and decorators are no rules."""
    for statement in tree.body:
        yield from _within(statement, statement)


def _within(parent: ast.AST, statement: ast.stmt) -> Iterator[Found]:
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr):
                yield child, parent, statement
            if isinstance(child, ast.AST):
                yield from _within(child, child if isinstance(child, ast.stmt) else statement)


def _put(parent: ast.AST, node: ast.expr, other: ast.expr) -> Callable[[], None]:
    """Puts another expression in the place of one; the result puts it back."""
    for field, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, field, other)
            return lambda: setattr(parent, field, node)
        if isinstance(value, list) and any(item is node for item in value):
            index = next(i for i, item in enumerate(value) if item is node)
            value[index] = other
            return lambda: value.__setitem__(index, node)
    raise AssertionError("a node is in its parent")


def _others(node: ast.expr, parent: ast.AST) -> list[ast.expr]:
    """What could stand in the place of an expression."""
    return _changed(node, parent) + ([ast.UnaryOp(ast.Not(), node)] if _is_condition(node, parent) else [])


def _changed(node: ast.expr, parent: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Compare(left, [op], operands):
            return [ast.Compare(left, [other()], operands) for other in COMPARED[type(op)]]
        case ast.Compare(left, ops, operands):
            return [
                ast.Compare(left, [*ops[:i], other(), *ops[i + 1 :]], operands)
                for i, op in enumerate(ops)
                for other in COMPARED[type(op)]
            ]
        case ast.BinOp(left, op, right) if type(op) in COMPUTED:
            return [ast.BinOp(left, COMPUTED[type(op)](), right)]
        case ast.BoolOp(op, operands):
            kept = [[x for x in operands if x is not dropped] for dropped in operands]
            parts = [some[0] if len(some) == 1 else ast.BoolOp(op, some) for some in kept]
            return [ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), operands), *parts]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            return [operand]
        case ast.Constant(value):
            return [ast.Constant(other) for other in _constants(value, parent)]
        case ast.Call(ast.Name(name), arguments, keywords) if name in CALLED:
            return [ast.Call(ast.Name(CALLED[name]), arguments, keywords)]
        case ast.Attribute(ast.Name(name) as of, member, context) if name in ENUMS:
            members = list(ENUMS[name].__members__)
            return [ast.Attribute(of, members[(members.index(member) + 1) % len(members)], context)]
        case _:
            return []


def _constants(value: object, parent: ast.AST) -> list[bool | int | float]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, float):
        return [value + 1, value / 2 or -1.0]
    return [0] if value is None and not isinstance(parent, ast.Compare) else []


def _is_condition(node: ast.expr, parent: ast.AST) -> bool:
    """Whether it decides something, and no change of it is its negation already."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], OPPOSITE):
        return False
    if isinstance(node, ast.UnaryOp) or isinstance(parent, ast.UnaryOp):
        return False
    decides = isinstance(parent, ast.If | ast.IfExp | ast.While) and parent.test is node
    return decides or (isinstance(parent, ast.comprehension) and node in parent.ifs)
