"""The mutants themselves: what is changed, and that each excuse in harmless.toml is still of one that exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.__main__ import FILES, PACKAGE, harmless
from tests.mutants.changes import Mutant, mutants_of


def mutants(tmp_path: Path, source: str) -> list[Mutant]:
    path = tmp_path / "rules.py"
    path.write_text(source, "utf-8")
    return list(mutants_of(path, "rules.py"))


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("x = a < b", {"a < b -> a <= b", "a < b -> a >= b"}),
        ("x = a is b", {"a is b -> a is not b"}),
        ("x = a not in b", {"a not in b -> a in b"}),
        ("x = a + b", {"a + b -> a - b"}),
        ("x = a // b", {"a // b -> a * b"}),
        ("x = -a", {"-a -> a"}),
        ("x = min(a)", {"min(a) -> max(a)"}),
        ("x = a and b", {"a and b -> a or b", "a and b -> a", "a and b -> b"}),
        ("x = f(True)", {"f(True) -> f(False)"}),
        ("x = f(7)", {"f(7) -> f(8)", "f(7) -> f(6)"}),
        ("x = f(a=None)", {"a=None -> a=0"}),
        ("x = a is None", {"a is None -> a is not None"}),
        ("x = Ending.CLOSED", {"Ending.CLOSED -> Ending.INTERRUPTED"}),
        ("x = Ending.INTERRUPTED", {"Ending.INTERRUPTED -> Ending.YIELDED"}),
        ("if a: pass", {"a -> not a"}),
        ("if not a: pass", {"not a -> a"}),
        ("if a == b: pass", {"a == b -> a != b"}),
        ("x = [a for a in b if a]", {"a -> not a"}),
        ("x = 'words'", set()),
        ("x: list[1 + 1]", set()),
        ("@f(True)\ndef x(y: 1) -> 2: pass", set()),
        ("match x:\n case 1: pass", {"1 -> 2", "1 -> 0"}),
    ],
)
def test_each_comparison_sign_constant_and_condition_is_changed(tmp_path: Path, source: str, changes: set[str]) -> None:
    assert {mutant.change for mutant in mutants(tmp_path, source)} == changes


def test_one_thing_at_a_time(tmp_path: Path) -> None:
    source = "def f(a, b):\n    if a < 1:\n        return b + 2\n    return None\n"
    found = mutants(tmp_path, source)
    assert {mutant.line for mutant in found} == {2, 3, 4}
    for mutant in found:
        before, after = ast.unparse(ast.parse(source)).splitlines(), mutant.source.splitlines()
        assert [i for i, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]] == [mutant.line]
        assert source.splitlines()[mutant.line - 1].strip() == mutant.text


def test_a_mutant_knows_the_lines_of_its_statement(tmp_path: Path) -> None:
    found = mutants(tmp_path, "x = f(\n    a,\n    b + c,\n)\n")
    assert [(mutant.line, list(mutant.lines)) for mutant in found] == [(3, [1, 2, 3])]


def test_each_harmless_mutant_still_exists_and_is_excused_with_a_reason() -> None:
    excused = harmless()
    files = [path for path in FILES if str(path.relative_to(PACKAGE)) in {file for file, _, _ in excused}]
    keys = {mutant.key for path in files for mutant in mutants_of(path, str(path.relative_to(PACKAGE)))}
    assert excused.keys() - keys == set()
    assert all(excused.values())
